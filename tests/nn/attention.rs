//! Attention with its projections, whole and by a cache, against loops; and the blocks made of it, against their parts.

use cotangent::fastrand::Rng;
use cotangent::prelude::*;

graph! {
    use cotangent::nn::{
        FeedForward, GatedFeedForward, GroupedQueryAttention, KeyValueCache, LayerNorm, MultiHeadAttention, TransformerBlock,
        cached_grouped_rotary_self_attention, cached_pre_norm_block, cached_rotary_pre_norm_block, cached_rotary_self_attention,
        cached_self_attention, causal_post_norm_block, causal_pre_norm_block, causal_self_attention, cross_attention,
        feed_forward, gated_feed_forward, grouped_causal_self_attention, grouped_rotary_self_attention, grouped_self_attention,
        layer_norm, post_norm_block, pre_norm_block, rotary_pre_norm_block, rotary_self_attention, self_attention,
    };

    fn to_all(x: [1, 5, 6], p: MultiHeadAttention<6, 2, 4>) -> [1, 5, 6] { self_attention(x, p) }
    fn causal(x: [1, 5, 6], p: MultiHeadAttention<6, 2, 4>) -> [1, 5, 6] { causal_self_attention(x, p) }
    fn turned(x: [1, 5, 6], p: MultiHeadAttention<6, 2, 4>) -> [1, 5, 6] { rotary_self_attention(x, p) }
    fn across(x: [1, 5, 6], memory: [1, 3, 6], p: MultiHeadAttention<6, 2, 4>) -> [1, 5, 6] { cross_attention(x, memory, p) }
    fn grouped(x: [1, 5, 6], p: GroupedQueryAttention<6, 2, 3, 4>) -> ([1, 5, 6], [1, 5, 6], [1, 5, 6]) {
        (grouped_self_attention(x, p), grouped_causal_self_attention(x, p), grouped_rotary_self_attention(x, p))
    }

    fn plain_step<T: Dim, C: Dim>(x: [1, T, 6], past: KeyValueCache<1, C, 2, 4>, p: MultiHeadAttention<6, 2, 4>; at: [] < 9)
        -> ([1, T, 6], KeyValueCache<1, C, 2, 4>)
    where T: Dim<Plus<C> = cotangent::dim::Sum<C, T>>
    {
        cached_self_attention(x, past, p, at)
    }
    fn turned_step<T: Dim, C: Dim>(x: [1, T, 6], past: KeyValueCache<1, C, 2, 4>, p: MultiHeadAttention<6, 2, 4>; at: [] < 9)
        -> ([1, T, 6], KeyValueCache<1, C, 2, 4>)
    where T: Dim<Plus<C> = cotangent::dim::Sum<C, T>>
    {
        cached_rotary_self_attention(x, past, p, at)
    }
    fn grouped_step(x: [1, 1, 6], past: KeyValueCache<1, 4, 2, 4>, p: GroupedQueryAttention<6, 2, 3, 4>; at: [] < 9)
        -> ([1, 1, 6], KeyValueCache<1, 4, 2, 4>)
    {
        cached_grouped_rotary_self_attention(x, past, p, at)
    }

    fn blocks(x: [2, 4, 6], p: TransformerBlock<6, 2, 4, 5>)
        -> ([2, 4, 6], [2, 4, 6], [2, 4, 6], [2, 4, 6], [2, 4, 6])
    {
        (
            pre_norm_block(x, p), causal_pre_norm_block(x, p), rotary_pre_norm_block(x, p), post_norm_block(x, p),
            causal_post_norm_block(x, p),
        )
    }
    /// What blocks are made of.
    fn parts(x: [2, 4, 6], norm: LayerNorm<6>, attention: MultiHeadAttention<6, 2, 4>, feed: FeedForward<6, 5>)
        -> ([2, 4, 6], [2, 4, 6], [2, 4, 6], [2, 4, 6], [2, 4, 6])
    {
        (
            layer_norm(x, norm), self_attention(x, attention), causal_self_attention(x, attention),
            rotary_self_attention(x, attention), feed_forward(x, feed),
        )
    }
    fn block_steps(x: [2, 1, 6], plain: KeyValueCache<2, 3, 2, 4>, turned: KeyValueCache<2, 3, 2, 4>, p: TransformerBlock<6, 2, 4, 5>;
        at: [] < 4) -> ([2, 1, 6], KeyValueCache<2, 3, 2, 4>, [2, 1, 6], KeyValueCache<2, 3, 2, 4>)
    {
        let (y, plain) = cached_pre_norm_block(x, plain, p, at);
        let (z, turned) = cached_rotary_pre_norm_block(x, turned, p, at);
        (y, plain, z, turned)
    }

    fn gated(x: [2, 4, 6], p: GatedFeedForward<6, 5>) -> [2, 4, 6] { gated_feed_forward(x, p) }
}

type Heads = Parameters<f64, MultiHeadAttention<N<6>, N<2>, N<4>>>;
type Groups = Parameters<f64, GroupedQueryAttention<N<6>, N<2>, N<3>, N<4>>>;
type Text = Tensor<f64, shape![1, 5, 6]>;

/// The widths of rows and of heads.
const D: usize = 6;
const K: usize = 4;

/// Matrices and biases of queries, keys, values and of what comes out; heads of keys, and of queries for each.
struct Plain<'p> {
    layers: [(&'p [f64], &'p [f64]); 4],
    heads: usize,
    group: usize,
}

fn plain(p: &Heads) -> Plain<'_> {
    let of = [&p.query, &p.key, &p.value].map(|p| (p.weight.as_slice(), p.bias.as_slice()));
    let out = (p.out.weight.as_slice(), p.out.bias.as_slice());
    Plain {
        layers: [of[0], of[1], of[2], out],
        heads: 2,
        group: 1,
    }
}

fn plain_groups(p: &Groups) -> Plain<'_> {
    let query = (p.query.weight.as_slice(), p.query.bias.as_slice());
    let [key, value] = [&p.key, &p.value].map(|p| (p.weight.as_slice(), p.bias.as_slice()));
    let out = (p.out.weight.as_slice(), p.out.bias.as_slice());
    Plain {
        layers: [query, key, value, out],
        heads: 2,
        group: 3,
    }
}

impl Plain<'_> {
    fn head(&self, layer: usize, x: &[f64], head: usize) -> [f64; K] {
        let (weight, bias) = self.layers[layer];
        let heads = bias.len() / K;
        std::array::from_fn(|k| {
            let sum: f64 = (0..D)
                .map(|d| x[d] * weight[(d * heads + head) * K + k])
                .sum();
            sum + bias[head * K + k]
        })
    }

    /// The layer in loops: what rows make of the rows of `memory` that they see. Queries and keys are turned if `is_turned`.
    fn attend(
        &self,
        x: &[f64],
        memory: &[f64],
        is_turned: bool,
        sees: impl Fn(usize, usize) -> bool,
    ) -> Vec<f64> {
        let at = |x: [f64; K], time: usize| if is_turned { turn(x, time) } else { x };
        let (out, bias) = self.layers[3];
        let mut y = Vec::new();
        for (t, row) in x.chunks(D).enumerate() {
            let mut joined = Vec::new();
            for head in 0..self.heads * self.group {
                let q = at(self.head(0, row, head), t);
                let (mut total, mut mixed) = (0.0, [0.0; K]);
                for (u, other) in memory.chunks(D).enumerate().filter(|(u, _)| sees(t, *u)) {
                    let k = at(self.head(1, other, head / self.group), u);
                    let score: f64 = q.iter().zip(k).map(|(q, k)| q * k).sum();
                    let weight = (score / (K as f64).sqrt()).exp();
                    total += weight;
                    let v = self.head(2, other, head / self.group);
                    mixed
                        .iter_mut()
                        .zip(v)
                        .for_each(|(sum, v)| *sum += weight * v);
                }
                joined.extend(mixed.map(|sum| sum / total));
            }
            y.extend((0..D).map(|d| {
                let sum: f64 = joined
                    .iter()
                    .enumerate()
                    .map(|(j, x)| x * out[j * D + d])
                    .sum();
                sum + bias[d]
            }));
        }
        y
    }
}

/// Rotary positions: the pairs `i` and `i + K / 2`.
fn turn(x: [f64; K], time: usize) -> [f64; K] {
    let mut y = [0.0; K];
    for i in 0..K / 2 {
        let angle = time as f64 * 10000_f64.powf(-2.0 * i as f64 / K as f64);
        y[i] = x[i] * angle.cos() - x[i + K / 2] * angle.sin();
        y[i + K / 2] = x[i + K / 2] * angle.cos() + x[i] * angle.sin();
    }
    y
}

/// Sums of some ten numbers near 1, in another order.
#[track_caller]
fn assert_close(got: &[f64], expected: &[f64]) {
    assert_eq!(got.len(), expected.len());
    let close = got.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(close, "{got:?}\n{expected:?}");
}

fn before(t: usize, u: usize) -> bool {
    u <= t
}

#[test]
fn attention_with_projections_is_its_loops() {
    let rng = &mut Rng::with_seed(1);
    let p: Heads = Vector::normal(0.0, 0.7, rng);
    let x: Text = Vector::normal(0.0, 1.0, rng);
    let memory: Tensor<f64, shape![1, 3, 6]> = Vector::normal(0.0, 1.0, rng);
    let (hand, rows) = (plain(&p), x.as_slice());
    let all = |_, _| true;
    let inputs = (&x, &p);
    assert_close(
        to_all().value(inputs, ()).as_slice(),
        &hand.attend(rows, rows, false, all),
    );
    assert_close(
        causal().value(inputs, ()).as_slice(),
        &hand.attend(rows, rows, false, before),
    );
    assert_close(
        turned().value(inputs, ()).as_slice(),
        &hand.attend(rows, rows, true, before),
    );
    let y = across().value((&x, &memory, &p), ());
    assert_close(
        y.as_slice(),
        &hand.attend(rows, memory.as_slice(), false, all),
    );
}

#[test]
fn groups_of_queries_share_keys_and_values() {
    let rng = &mut Rng::with_seed(2);
    let p: Groups = Vector::normal(0.0, 0.7, rng);
    let x: Text = Vector::normal(0.0, 1.0, rng);
    let (hand, rows) = (plain_groups(&p), x.as_slice());
    let (to_all, causal, turned) = grouped().value((&x, &p), ());
    assert_close(
        to_all.as_slice(),
        &hand.attend(rows, rows, false, |_, _| true),
    );
    assert_close(causal.as_slice(), &hand.attend(rows, rows, false, before));
    let expected = hand.attend(rows, rows, true, before);
    assert_close(turned.as_slice(), &expected);

    let (step, mut past) = (grouped_step(), Vector::normal(0.0, 1.0, rng));
    for t in 0..5 {
        let (y, after) = step.value((&times::<N<1>>(&x, t), &past, &p), &place(t));
        assert_close(y.as_slice(), &expected[t * D..(t + 1) * D]);
        past = after;
    }
}

/// `T` times of a text.
fn times<T: Dim>(x: &Text, from: usize) -> Tensor<f64, (N<1>, T, N<6>)> {
    Tensor::from_fn(|[_, t, d]| x[[0, from + t, d]])
}

fn place(at: usize) -> Labels<9, shape![]> {
    Labels::new([at]).expect("below 9")
}

/// One time after the other, and several at once: the same as the whole text, whatever was in the cache before it.
#[test]
fn a_cache_gives_what_the_whole_text_gives() {
    let rng = &mut Rng::with_seed(3);
    let p: Heads = Vector::normal(0.0, 0.7, rng);
    let x: Text = Vector::normal(0.0, 1.0, rng);
    let causal = plain(&p).attend(x.as_slice(), x.as_slice(), false, before);
    let turned = plain(&p).attend(x.as_slice(), x.as_slice(), true, before);
    let garbage: Parameters<f64, KeyValueCache<N<1>, N<4>, N<2>, N<4>>> =
        Vector::normal(0.0, 100.0, rng);

    let (mut past, mut turned_past) = (garbage.clone(), garbage.clone());
    for t in 0..5 {
        let x = times::<N<1>>(&x, t);
        let (y, after) = plain_step().value((&x, &past, &p), &place(t));
        let (z, turned_after) = turned_step().value((&x, &turned_past, &p), &place(t));
        assert_close(y.as_slice(), &causal[t * D..(t + 1) * D]);
        assert_close(z.as_slice(), &turned[t * D..(t + 1) * D]);
        (past, turned_past) = (after, turned_after);
    }

    let (y, past) = turned_step().value((&times::<N<3>>(&x, 0), &garbage, &p), &place(0));
    assert_close(y.as_slice(), &turned[..3 * D]);
    let (y, _) = turned_step().value((&times::<N<2>>(&x, 3), &past, &p), &place(3));
    assert_close(y.as_slice(), &turned[3 * D..]);
}

/// Of a cache of two times, each attends to the two before it.
#[test]
fn a_cache_forgets_the_earliest() {
    let rng = &mut Rng::with_seed(4);
    let p: Heads = Vector::normal(0.0, 0.7, rng);
    let x: Text = Vector::normal(0.0, 1.0, rng);
    let near = |t, u| u <= t && t - u <= 2;
    let expected = plain(&p).attend(x.as_slice(), x.as_slice(), true, near);
    let mut past: Parameters<f64, KeyValueCache<N<1>, N<2>, N<2>, N<4>>> =
        KeyValueCache::init(Key::new(0));
    assert_eq!(past, Algebra::zeros());
    for t in 0..5 {
        let (y, after) = turned_step().value((&times::<N<1>>(&x, t), &past, &p), &place(t));
        assert_close(y.as_slice(), &expected[t * D..(t + 1) * D]);
        past = after;
    }
}

#[test]
fn blocks_are_sums_of_their_parts() {
    let rng = &mut Rng::with_seed(5);
    let p: Parameters<f64, TransformerBlock<N<6>, N<2>, N<4>, N<5>>> =
        Vector::normal(0.0, 0.7, rng);
    let x: Tensor<f64, shape![2, 4, 6]> = Vector::normal(0.0, 1.0, rng);
    let g = parts();
    let of = |x: &Tensor<f64, shape![2, 4, 6]>, second: bool| {
        let norm = if second { &p.second_norm } else { &p.norm };
        g.value((x, norm, &p.attention, &p.feed_forward), ())
    };
    let pre = |which: usize| {
        let (_, to_all, causal, turned, _) = of(&of(&x, false).0, false);
        let y = &x + &[to_all, causal, turned][which];
        &y + &of(&of(&y, true).0, true).4
    };
    let post = |which: usize| {
        let (_, to_all, causal, ..) = of(&x, false);
        let y = of(&(&x + &[to_all, causal][which]), false).0;
        of(&(&y + &of(&y, true).4), true).0
    };
    let (a, b, c, d, e) = blocks().value((&x, &p), ());
    for (got, expected) in [
        (a, pre(0)),
        (b, pre(1)),
        (c, pre(2)),
        (d, post(0)),
        (e, post(1)),
    ] {
        assert_close(got.as_slice(), expected.as_slice());
    }

    // And time after time.
    let (plain, turned) = (pre(1), pre(2));
    let mut past = (
        KeyValueCache::init(Key::new(0)),
        KeyValueCache::init(Key::new(0)),
    );
    for t in 0..4 {
        let now = Tensor::from_fn(|[b, _, d]| x[[b, t, d]]);
        let at = Labels::new([t]).expect("below 4");
        let (y, first, z, second) = block_steps().value((&now, &past.0, &past.1, &p), &at);
        let row = |all: &Tensor<f64, shape![2, 4, 6]>| {
            Tensor::<f64, shape![2, 1, 6]>::from_fn(|[b, _, d]| all[[b, t, d]])
        };
        assert_close(y.as_slice(), row(&plain).as_slice());
        assert_close(z.as_slice(), row(&turned).as_slice());
        past = (first, second);
    }
}

/// Without weights nothing is added to what goes in, at any width.
#[test]
fn blocks_are_generic() {
    macro_rules! passes {
        ($B:literal $T:literal $D:literal $H:literal $K:literal $F:literal) => {{
            let g = pre_norm_block::<f64, N<$B>, N<$T>, N<$D>, N<$H>, N<$K>, N<$F>>();
            let x = Tensor::<f64, shape![$B, $T, $D]>::from_fn(|[b, t, d]| (b + t * d) as f64);
            let p: Parameters<f64, TransformerBlock<N<$D>, N<$H>, N<$K>, N<$F>>> = Algebra::zeros();
            assert_eq!(g.value((&x, &p), ()), x);
        }};
    }
    passes!(1 2 4 1 4 16);
    passes!(2 3 6 2 5 1);
    passes!(1 1 9 3 3 7);
}

#[test]
fn feed_forward_layers_are_of_each_time() {
    let rng = &mut Rng::with_seed(6);
    let x: Tensor<f64, shape![2, 4, 6]> = Vector::normal(0.0, 1.0, rng);
    let norm = LayerNorm::of(Tensor::zeros(), Tensor::zeros());
    let attention: Heads = Algebra::zeros();
    let p: Parameters<f64, FeedForward<N<6>, N<5>>> = Vector::normal(0.0, 0.7, rng);
    let q: Parameters<f64, GatedFeedForward<N<6>, N<5>>> = Vector::normal(0.0, 0.7, rng);
    let (.., y) = parts().value((&x, &norm, &attention, &p), ());
    let z = gated().value((&x, &q), ());
    let erf = graph!(|x: []| erf(x));
    for (b, t) in [(0, 0), (1, 3)] {
        let product = |w: &Tensor<f64, shape![6, 5]>, f: usize| {
            (0..6).map(|d| x[[b, t, d]] * w[[d, f]]).sum::<f64>()
        };
        let gelu = |x: f64| {
            let erf: Tensor<f64, shape![]> = erf.value(&Tensor::scalar(x / 2_f64.sqrt()), ());
            0.5 * x * (1.0 + erf.item())
        };
        let silu = |x: f64| x / (1.0 + (-x).exp());
        for d in 0..6 {
            let of_gelu = (0..5)
                .map(|f| gelu(product(&p.up.weight, f) + p.up.bias[[f]]) * p.down.weight[[f, d]]);
            assert!((y[[b, t, d]] - (of_gelu.sum::<f64>() + p.down.bias[[d]])).abs() < 1e-13);
            let of_gate =
                (0..5).map(|f| silu(product(&q.gate, f)) * product(&q.up, f) * q.down[[f, d]]);
            assert!((z[[b, t, d]] - of_gate.sum::<f64>()).abs() < 1e-13);
        }
    }
}
