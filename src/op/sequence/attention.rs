//! Causal self-attention with several heads.

use crate::dim::{Dim, N, SplitHeads};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Contract, Literal, Reduction, primitives};
use crate::scalar::{Binary, Unary, levels};
use crate::shape::{If, SameShape, Shape};
use crate::tensor::Dims;

/// The number of heads of an attention: `Heads::<4>`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3, 8]| causal_attention(x, x, x, { Heads::<4> })); // 4 heads of width 2
/// assert_eq!(g.value(&tlist![Tensor::<f64, _>::ones()], ()), Tensor::ones());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Heads<const H: usize>;

/// `(T, D)` or `(B, T, D)`, where the heads divide `D`.
#[diagnostic::on_unimplemented(
    message = "attention with `{H}` does not take the shape `{Self}`",
    label = "the heads must divide the last dim of `(T, D)`, or of `(B, T, D)` for a batch",
    note = "docs/errors.md#h01"
)]
pub trait HasHeads<H>: Shape {
    /// The same shape. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type Checked: Shape;
    /// `T`.
    type Time: Dim;
    /// `(.., T, H, D / H)`: the columns of each head.
    type Split: Shape;
    /// `(.., H, T, D / H)`: one matrix for each head.
    type Stacked: Shape;
    /// `(.., H, T, T)`: one number for each pair of times.
    type Scores: Shape;
    /// `(.., H, T, 1)`: the first of each row of the scores.
    type First: Shape;
    /// `(.., H, T)`: one number for each row of the scores.
    type Rows: Shape;
}

macro_rules! has_heads {
    ($($B:ident)?) => {
        #[diagnostic::do_not_recommend]
        impl<$($B: Dim,)? T: Dim, D: Dim, const H: usize> HasHeads<Heads<H>> for ($($B,)? T, D)
        where
            N<H>: Dim,
            D: SplitHeads<N<H>>,
        {
            type Checked = Self;
            type Time = T;
            type Split = ($($B,)? T, N<H>, <D as SplitHeads<N<H>>>::Width);
            type Stacked = ($($B,)? N<H>, T, <D as SplitHeads<N<H>>>::Width);
            type Scores = ($($B,)? N<H>, T, T);
            type First = ($($B,)? N<H>, T, N<1>);
            type Rows = ($($B,)? N<H>, T);
        }
    };
}

has_heads!();
has_heads!(B);

/// The op of [`causal_attention`].
#[derive(Clone, Copy, Debug)]
pub struct CausalAttention<H>(H);

/// `y = softmax(q kᵀ / √(D / H)) v` for each head, where no time attends to a later one. Real scalars.
///
/// `q`, `k`, `v` and `y` have the shape `(T, D)`, or `(B, T, D)` for a batch. Head `h` has the `h`-th `D / H` columns
/// of each. Projections are the caller's, by `matmul`. From each row of scores its maximum is subtracted, so that large
/// scores do not overflow, and the scores of later times are never read, however large they are. A
/// later entry of `v` has the weight 0, so one that is infinite or NaN makes earlier times NaN.
/// Source: Vaswani et al., *Attention Is All You Need* (2017), 3.2.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|q: [2, 2], k: [2, 2], v: [2, 2]| causal_attention(q, k, v, { Heads::<1> }));
/// let v = Tensor::from([[1.0, 2.0], [3.0, 6.0]]);
/// let y = g.value(&tlist![Tensor::zeros(), Tensor::zeros(), v], ()); // equal scores: means of v so far
/// assert_eq!(y, Tensor::from([[1.0, 2.0], [2.0, 4.0]]));
/// ```
pub fn causal_attention<const H: usize, S: Shape, T: Shape, U: Shape>(
    q: Var<S>,
    k: Var<T>,
    v: Var<U>,
    heads: Heads<H>,
) -> Call<CausalAttention<Heads<H>>, (Var<S>, Var<T>, Var<U>)> {
    Call::new(CausalAttention(heads), (q, k, v))
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

impl<H, S, T, U> Op<(S, T, U)> for CausalAttention<H>
where
    H: Clone + Send + Sync + 'static,
    S: HasHeads<H> + SameShape<T> + SameShape<U>,
    T: Shape,
    U: Shape,
{
    type Out = If<
        (
            <S as HasHeads<H>>::Checked,
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
        let stacked = |x: Var<S>| -> Var<S::Stacked> {
            let split = r.prim::<S::Split>(primitives::Reshape(Dims::of::<S::Split>()), (x,));
            r.prim(primitives::Permute(swap.clone()), (split,))
        };
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
        let split = r.prim::<S::Split>(primitives::Permute(swap.clone()), (heads,));
        r.prim(primitives::Reshape(Dims::of::<S>()), (split,))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        causal_attention:
        small(|q: [2, 3], k: [2, 3], v: [2, 3]| causal_attention(q, k, v, { Heads::<1> }));
        small(|q: [2, 3, 4], k: [2, 3, 4], v: [2, 3, 4]| causal_attention(q, k, v, { Heads::<2> }));
        middle(|q: [2, 4, 6], k: [2, 4, 6], v: [2, 4, 6]| causal_attention(q, k, v, { Heads::<3> }));
        like_axes("five different sizes are 60 elements a tensor");
        ranks("of one sequence, or of a batch of them");
    }

    type X = Tensor<f64, shape![2, 4, 6]>;

    fn random(rng: &mut fastrand::Rng) -> X {
        X::from_fn(|_| 2.0 * rng.f64() - 1.0)
    }

    fn attention(q: &X, k: &X, v: &X) -> X {
        let g = graph!(|q: [2, 4, 6], k: [2, 4, 6], v: [2, 4, 6]| {
            causal_attention(q, k, v, { Heads::<3> })
        });
        g.value(&tlist![q.clone(), k.clone(), v.clone()], ())
    }

    /// The definition, in loops.
    #[test]
    fn as_written_by_hand() {
        let rng = &mut fastrand::Rng::with_seed(1);
        let (q, k, v) = (random(rng), random(rng), random(rng));
        let y = attention(&q, &k, &v);
        for (batch, time, column) in triples() {
            let head = column / 2 * 2;
            let score = |past: usize| {
                let product = (head..head + 2).map(|c| q[[batch, time, c]] * k[[batch, past, c]]);
                (product.sum::<f64>() / 2.0_f64.sqrt()).exp()
            };
            let total: f64 = (0..=time).map(score).sum();
            let expected: f64 = (0..=time)
                .map(|past| score(past) / total * v[[batch, past, column]])
                .sum();
            let got = y[[batch, time, column]];
            assert!((got - expected).abs() < 1e-14, "{got} and {expected}"); // a few roundings of numbers below 1
        }
    }

    fn triples() -> impl Iterator<Item = (usize, usize, usize)> {
        (0..48).map(|i| (i / 24, i / 6 % 4, i % 6))
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
        for (batch, time, column) in triples() {
            let i = [batch, time, column];
            assert_eq!(y[i] == z[i], time < 2, "{i:?}");
        }
    }

    #[test]
    fn one_time_attends_to_itself() {
        let g = graph!(|q: [1, 2], k: [1, 2], v: [1, 2]| causal_attention(q, k, v, { Heads::<2> }));
        let v = Tensor::from([[3.0, -4.0]]);
        let x = tlist![
            Tensor::from([[1.0, 2.0]]),
            Tensor::from([[5.0, 6.0]]),
            v.clone()
        ];
        assert_eq!(g.value(&x, ()), v);
    }

    /// Of no time there is no largest score.
    #[test]
    fn of_no_time() {
        let g = graph!(|q: [0, 2], k: [0, 2], v: [0, 2]| causal_attention(q, k, v, { Heads::<2> }));
        let x = tlist![Tensor::<f64, _>::zeros(), Tensor::zeros(), Tensor::zeros()];
        assert_eq!(g.value(&x, ()), Tensor::zeros());
    }

    /// Scores up to a million, both of the past and of the future: no infinity, and no gradient that is NaN.
    #[test]
    fn large_scores() {
        let g = graph!(|q: [3, 1], k: [3, 1], v: [3, 1]| causal_attention(q, k, v, { Heads::<1> }));
        let x = tlist![
            Tensor::<f32, _>::from([[1e3], [1e3], [-1e3]]),
            Tensor::from([[-1e3], [1e3], [1e3]]),
            Tensor::from([[1.0], [2.0], [3.0]])
        ];
        let (y, dx) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, Tensor::from([[1.0], [2.0], [1.0]]));
        let tlist![dq, dk, dv] = dx;
        assert_eq!((dq, dk), (Tensor::zeros(), Tensor::zeros()));
        assert_eq!(dv, Tensor::from([[2.0], [1.0], [0.0]]));
    }
}
