//! Causal self-attention with several heads.

use crate::dim::{Dim, N};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Contract, Literal, Reduction, primitives};
use crate::scalar::{Binary, Unary, levels};
use crate::shape::{If, SameShape, Shape};
use crate::tensor::Dims;

/// `(T, H, K)` or `(B, T, H, K)`: times, heads and the width of a head.
#[diagnostic::on_unimplemented(
    message = "attention does not take the shape `{Self}`",
    label = "expected times, heads and the width of a head, `(T, H, K)`, or `(B, T, H, K)` for a batch",
    note = "docs/errors.md#h01"
)]
pub trait HasHeads: Shape {
    /// The same shape. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type Checked: Shape;
    /// `T`.
    type Time: Dim;
    /// `(.., H, T, K)`: one matrix for each head.
    type Stacked: Shape;
    /// `(.., H, T, T)`: one number for each pair of times.
    type Scores: Shape;
    /// `(.., H, T, 1)`: the first of each row of the scores.
    type First: Shape;
    /// `(.., H, T)`: one number for each row of the scores.
    type Rows: Shape;
}

// The cases are in a table of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: ByHeads> HasHeads for S {
    type Checked = S;
    type Time = S::T;
    type Stacked = S::PerHead;
    type Scores = S::Pairs;
    type First = S::OfOne;
    type Rows = S::OfTime;
}

/// The cases of [`HasHeads`].
pub trait ByHeads: Shape {
    /// `T`.
    type T: Dim;
    /// `(.., H, T, K)`.
    type PerHead: Shape;
    /// `(.., H, T, T)`.
    type Pairs: Shape;
    /// `(.., H, T, 1)`.
    type OfOne: Shape;
    /// `(.., H, T)`.
    type OfTime: Shape;
}

macro_rules! by_heads {
    ($($B:ident)?) => {
        impl<$($B: Dim,)? T: Dim, H: Dim, K: Dim> ByHeads for ($($B,)? T, H, K) {
            type T = T;
            type PerHead = ($($B,)? H, T, K);
            type Pairs = ($($B,)? H, T, T);
            type OfOne = ($($B,)? H, T, N<1>);
            type OfTime = ($($B,)? H, T);
        }
    };
}

by_heads!();
by_heads!(B);

/// The op of [`causal_attention`].
#[derive(Clone, Copy, Debug)]
pub struct CausalAttention;

/// `y = softmax(q kᵀ / √K) v` for each head, where no time attends to a later one. Real scalars.
///
/// `q`, `k`, `v` and `y` have the shape `(T, H, K)`, or `(B, T, H, K)` for a batch: times, heads and the width of a head.
/// Projections are the caller's, by `einsum!` or `matmul`; [`split_axis`](crate::op::split_axis) makes heads of a width `D`,
/// `[T, H, D / H]`. From each row of scores its maximum is subtracted, so that large
/// scores do not overflow, and the scores of later times are never read, however large they are. A
/// later entry of `v` has the weight 0, so one that is infinite or NaN makes earlier times NaN.
/// Source: Vaswani et al., *Attention Is All You Need* (2017), 3.2.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|q: [2, 1, 2], k: [2, 1, 2], v: [2, 1, 2]| causal_attention(q, k, v));
/// let v = Tensor::from([[[1.0, 2.0]], [[3.0, 6.0]]]);
/// let y = g.value(&tlist![Tensor::zeros(), Tensor::zeros(), v], ()); // equal scores: means of v so far
/// assert_eq!(y, Tensor::from([[[1.0, 2.0]], [[2.0, 4.0]]]));
/// ```
pub fn causal_attention<S: Shape, T: Shape, U: Shape>(
    q: Var<S>,
    k: Var<T>,
    v: Var<U>,
) -> Call<CausalAttention, (Var<S>, Var<T>, Var<U>)> {
    Call::new(CausalAttention, (q, k, v))
}

/// `1 / √size`, exact for a square.
fn inverse_root(size: usize) -> Literal {
    let root = size.isqrt();
    match root * root == size {
        true => Literal::ratio(1, root as u64),
        false => Literal::real(1.0 / (size as f64).sqrt()),
    }
}

/// 1 where the column is past the row.
fn later<T: Dim>(r: &Recorder) -> Var<(T, T)> {
    // Running sums of ones number the rows and the columns from 1.
    let ones = r.full::<(T, T)>(1);
    let count = |axis| {
        let reverse = false;
        r.prim::<(T, T)>(primitives::CumSum { axis, reverse }, (ones,))
    };
    r.prim(Unary::Step, (r.sub_same(count(1), count(0)),))
}

impl<S, T, U> Op<(S, T, U)> for CausalAttention
where
    S: HasHeads + SameShape<T> + SameShape<U>,
    T: Shape,
    U: Shape,
{
    type Out = If<
        (
            <S as HasHeads>::Checked,
            <S as SameShape<T>>::Checked,
            <S as SameShape<U>>::Checked,
        ),
        S,
    >;
    type Level = levels::Real;
    const NAME: &'static str = "causal_attention";

    fn forward(&self, r: &Recorder, (q, k, v): (Var<S>, Var<T>, Var<U>)) -> Var<S> {
        let (k, v) = (r.typed(k.id()), r.typed(v.id()));
        if S::SIZE == 0 {
            // No time, so no largest score either.
            return r.zeros();
        }
        let rank = S::Scores::RANK; // 3, or 4 with a batch
        let swap: Vec<usize> = match rank {
            3 => vec![1, 0, 2],
            _ => vec![0, 2, 1, 3],
        };
        let stacked = |x: Var<S>| r.prim::<S::Stacked>(primitives::Permute(swap.clone()), (x,));
        let scores = Dims::of::<S::Scores>();
        let rows = primitives::Broadcast(scores.clone(), (0..rank - 1).collect());
        let along_row = |x: Var<S::Rows>| r.prim::<S::Scores>(rows.clone(), (x,));
        let zeros = r.zeros::<S::Scores>();
        let later = r.prim::<S::Scores>(
            primitives::Broadcast(scores, vec![rank - 2, rank - 1]),
            (later::<S::Time>(r),),
        );
        let unless_later = |other: Var<S::Scores>, x: Var<S::Scores>| {
            r.prim::<S::Scores>(primitives::Select, (later, other, x))
        };

        let width = S::Stacked::DIMS[rank - 1];
        let q = stacked(r.scale(q, inverse_root(width)));
        let scores = r.prim::<S::Scores>(Contract::matmul(rank - 2, false, true), (q, stacked(k)));

        // The first time is later than none, so its score can stand for those that do not count. The maximum is a
        // constant for the derivatives: the result does not depend on what is subtracted from a whole row.
        let (axis, start, len) = (rank - 1, 0, 1);
        let first = r.prim::<S::First>(primitives::Slice { axis, start, len }, (scores,));
        let first = r.prim::<S::Rows>(primitives::Reshape(Dims::of::<S::Rows>()), (first,));
        let largest = primitives::Reduce(Reduction::Max, vec![rank - 1]);
        let largest = r.prim::<S::Rows>(largest, (unless_later(along_row(first), scores),));
        let largest = r.prim::<S::Rows>(Unary::Stop, (largest,));

        let below = r.sub_same(scores, along_row(largest));
        // Before and after exp: a later score may be so large that exp, and its derivative, would be infinite.
        let e = unless_later(zeros, r.exp(unless_later(zeros, below)));
        let total = r.prim::<S::Rows>(primitives::Reduce(Reduction::Sum, vec![rank - 1]), (e,));
        let weights = r.prim::<S::Scores>(Binary::Div, (e, along_row(total)));
        let heads = Contract::matmul(rank - 2, false, false);
        let heads = r.prim::<S::Stacked>(heads, (weights, stacked(v)));
        r.prim(primitives::Permute(swap.clone()), (heads,))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        causal_attention:
        small(|q: [2, 3, 2], k: [2, 3, 2], v: [2, 3, 2]| causal_attention(q, k, v));
        small(|q: [3, 2, 4], k: [3, 2, 4], v: [3, 2, 4]| causal_attention(q, k, v));
        middle(|q: [2, 4, 3, 5], k: [2, 4, 3, 5], v: [2, 4, 3, 5]| causal_attention(q, k, v));
        like_axes("seven different sizes are 60 elements a tensor and more");
        ranks("of one sequence, or of a batch of them");
    }

    type X = Tensor<f64, shape![2, 4, 3, 2]>;

    fn random(rng: &mut fastrand::Rng) -> X {
        X::from_fn(|_| 2.0 * rng.f64() - 1.0)
    }

    fn attention(q: &X, k: &X, v: &X) -> X {
        let g =
            graph!(|q: [2, 4, 3, 2], k: [2, 4, 3, 2], v: [2, 4, 3, 2]| causal_attention(q, k, v));
        g.value(&tlist![q.clone(), k.clone(), v.clone()], ())
    }

    /// The definition, in loops.
    #[test]
    fn as_written_by_hand() {
        let rng = &mut fastrand::Rng::with_seed(1);
        let (q, k, v) = (random(rng), random(rng), random(rng));
        let y = attention(&q, &k, &v);
        for [batch, time, head, column] in places() {
            let score = |past: usize| {
                let product = (0..2).map(|c| q[[batch, time, head, c]] * k[[batch, past, head, c]]);
                (product.sum::<f64>() / 2.0_f64.sqrt()).exp()
            };
            let total: f64 = (0..=time).map(score).sum();
            let expected: f64 = (0..=time)
                .map(|past| score(past) / total * v[[batch, past, head, column]])
                .sum();
            let got = y[[batch, time, head, column]];
            assert!((got - expected).abs() < 1e-14, "{got} and {expected}"); // a few roundings of numbers below 1
        }
    }

    fn places() -> impl Iterator<Item = [usize; 4]> {
        (0..48).map(|i| [i / 24, i / 6 % 4, i / 2 % 3, i % 2])
    }

    /// Other inputs from time 2 on leave times 0 and 1 as they are, to the last bit.
    #[test]
    fn the_future_is_not_read() {
        let rng = &mut fastrand::Rng::with_seed(2);
        let past = [random(rng), random(rng), random(rng)];
        let other = past
            .clone()
            .map(|x| X::from_fn(|i| if i[1] < 2 { x[i] } else { 1e6 * rng.f64() }));
        let y = attention(&past[0], &past[1], &past[2]);
        let z = attention(&other[0], &other[1], &other[2]);
        for i in places() {
            assert_eq!(y[i] == z[i], i[1] < 2, "{i:?}");
        }
    }

    #[test]
    fn one_time_attends_to_itself() {
        let g = graph!(|q: [1, 2, 1], k: [1, 2, 1], v: [1, 2, 1]| causal_attention(q, k, v));
        let v = Tensor::from([[[3.0], [-4.0]]]);
        let x = tlist![
            Tensor::from([[[1.0], [2.0]]]),
            Tensor::from([[[5.0], [6.0]]]),
            v.clone()
        ];
        assert_eq!(g.value(&x, ()), v);
    }

    /// Of no time there is no largest score.
    #[test]
    fn of_no_time() {
        let g = graph!(|q: [0, 2, 1], k: [0, 2, 1], v: [0, 2, 1]| causal_attention(q, k, v));
        let x = tlist![Tensor::<f64, _>::zeros(), Tensor::zeros(), Tensor::zeros()];
        assert_eq!(g.value(&x, ()), Tensor::zeros());
    }

    /// Scores up to a million, both of the past and of the future: no infinity, and no gradient that is NaN.
    #[test]
    fn large_scores() {
        let g = graph!(|q: [3, 1, 1], k: [3, 1, 1], v: [3, 1, 1]| causal_attention(q, k, v));
        let x = tlist![
            Tensor::<f32, _>::from([[[1e3]], [[1e3]], [[-1e3]]]),
            Tensor::from([[[-1e3]], [[1e3]], [[1e3]]]),
            Tensor::from([[[1.0]], [[2.0]], [[3.0]]])
        ];
        let (y, dx) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, Tensor::from([[[1.0]], [[2.0]], [[1.0]]]));
        let tlist![dq, dk, dv] = dx;
        assert_eq!((dq, dk), (Tensor::zeros(), Tensor::zeros()));
        assert_eq!(dv, Tensor::from([[[2.0]], [[1.0]], [[0.0]]]));
    }
}
