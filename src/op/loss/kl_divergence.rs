//! The Kullback-Leibler divergence of rows.

use crate::op::reduce::mean::over;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Compare, Select, ToScalar};
use crate::scalar::{Comparison, levels};
use crate::shape::{If, LastAxis, SameShape, Shape};

/// The op of [`kl_divergence`].
#[derive(Clone, Copy, Debug)]
pub struct KlDivergence;

/// `y = Σ p (log p - log q) / n`, a scalar: the divergence `KL(p ‖ q)` of each row from its target, in nats, as a mean over the `n`
/// rows. Real scalars.
///
/// It takes log probabilities `log q: (.., C)`, such as [`log_softmax`](crate::op::log_softmax) gives, and targets `p` of the same
/// shape, which are probabilities. So it is PyTorch's `kl_div(log_q, p, reduction="batchmean")` for `[B, C]`; of more axes,
/// PyTorch divides by `B` alone. The rows are not made to sum to 1.
///
/// Where `p = 0` a term is 0, whatever `q` is, and so are its derivatives (that by `p` would be infinite). Where `q = 0`, and `p` is
/// not, it is infinite. VJP of `log q`: `-p dy / n`; of `p`: `(log p + 1 - log q) dy / n`.
/// Source: Kullback and Leibler, *On Information and Sufficiency* (1951).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|log_q: [2, 2]; p: [2, 2]| kl_divergence(log_q, p));
/// let log_q = Tensor::from([[0.5, 0.5], [1.0, 0.0]]).map(|x: &f64| x.ln());
/// let p = Tensor::from([[1.0, 0.0], [1.0, 0.0]]);
/// let (y, dq) = g.value_and_vjp(&log_q, &p);
/// assert_eq!(y.item(), 2f64.ln() / 2.0); // the second row is its target
/// assert_eq!(dq, Tensor::from([[-0.5, 0.0], [-0.5, 0.0]]));
/// ```
pub fn kl_divergence<S: Shape, T: Shape>(
    log_q: Var<S>,
    p: Var<T>,
) -> Call<KlDivergence, (Var<S>, Var<T>)> {
    Call::new(KlDivergence, (log_q, p))
}

impl<S: SameShape<T> + LastAxis, T: Shape> Op<(S, T)> for KlDivergence {
    type Out = If<S::Checked, If<S::Last, ()>>;
    type Level = levels::Real;
    const NAME: &'static str = "kl_divergence";

    fn forward(&self, r: &Recorder, (log_q, p): (Var<S>, Var<T>)) -> Var<()> {
        let p: Var<S> = r.typed(p.id());
        let zero = r.zeros::<S>();
        // Not where it is positive: a NaN, or a negative number, is no probability, and shall be seen.
        let is_zero = r.untyped(Compare(Comparison::Equal), &[p.id(), zero.id()]);
        let is_zero: Var<S> = r.typed(r.untyped(ToScalar, &[is_zero]));
        // What is not chosen is no infinity, since zero times one is NaN.
        let where_p = |x, otherwise| r.prim::<S>(Select, (is_zero, otherwise, x));
        let log_p = r.log(where_p(p, r.ones()));
        let log_q = where_p(log_q, zero);
        let total = r.sum(r.mul_same(p, r.sub_same(log_p, log_q)));
        r.scale(total, over(1, S::Front::SIZE))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        kl_divergence:
        small(|log_q: [4], p: [4]| kl_divergence(log_q, p));
        small(|log_q: [2, 3], p: [2, 3]| kl_divergence(log_q, p));
        middle(|log_q: [2, 3, 4], p: [2, 3, 4]| kl_divergence(log_q, p));
        on(positive);
    }

    /// The mean is over rows, not over elements.
    #[test]
    fn rows_of_two_axes() {
        let two = graph!(|log_q: [2, 3, 2], p: [2, 3, 2]| kl_divergence(log_q, p));
        let one = graph!(|log_q: [6, 2], p: [6, 2]| kl_divergence(log_q, p));
        let flat = |x: &Tensor<f64, shape![2, 3, 2]>| Tensor::from_vec(x.as_slice().to_vec());
        let log_q = Tensor::from_fn(|[i, j, k]| -((1 + i + 2 * j + k) as f64));
        let p = Tensor::from_fn(|[i, j, k]| (i + j + 2 * k) as f64);
        let expected = one.value(&tlist![flat(&log_q).unwrap(), flat(&p).unwrap()], ());
        assert_eq!(two.value(&tlist![log_q, p], ()), expected);
    }

    /// A target of 0 excuses everything; a `q` of 0 excuses nothing, and what is no probability is seen.
    #[test]
    fn zeros() {
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let g = graph!(|log_q: [3], p: [3]| kl_divergence(log_q, p));
        let log_q = Tensor::from([-inf, -1.0, -2.0]);
        let p = Tensor::from([0.0, 0.0, 1.0]);
        let (y, tlist![dq, dp]) = g.value_and_vjp(&tlist![log_q.clone(), p], ());
        assert_eq!(y.item(), 2.0);
        assert_eq!(dq, Tensor::from([0.0, 0.0, -1.0]));
        assert_eq!(dp, Tensor::from([0.0, 0.0, 3.0]));
        let value = |p| g.value(&tlist![log_q.clone(), Tensor::from(p)], ()).item();
        assert_eq!(value([0.5, 0.5, 0.0]), inf);
        assert!(value([0.0, nan, 0.0]).is_nan());
        assert!(value([0.0, -0.5, 1.5]).is_nan());
    }
}
