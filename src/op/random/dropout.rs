//! Dropout.

use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::{Literal, primitives};
use crate::scalar::levels;
use crate::shape::Shape;
use crate::tensor::Key;

/// The op of [`dropout`]: where the key is, and how much is dropped.
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    key: Discrete<Key>,
    keep: f64,
    factor: Literal,
}

/// Each element of `y` is 0 with probability `p`, and else that of `x` over `1 - p`: its expectation is `x`.
///
/// Any ordered field. What is dropped does not count, even where it is NaN or infinite: its value and its cotangent are
/// 0. The mask is a function of the key and of the place of the op in the graph: value, JVP and VJP have the same one; two
/// dropouts with one key differ, and so do two calls of a graph, two layers of a `repeat` and two steps of a `scan`. For
/// the next step of a training, change the key: [`Key::fold_in`], or [`next_key`](super::next_key()) in the graph. The factor `1 / (1 - p)` is
/// exact for the decimal `p` that was written, `10/9` for `0.1`. At inference, leave the op out.
/// Source: Srivastava et al., *Dropout* (2014); inverted, as in PyTorch.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [4]; key| dropout(x, key, { 0.5 }));
/// let y = g.value(&tlist![Tensor::<f64, _>::ones()], &tlist![Key::new(1)]);
/// assert!(y.as_slice().iter().all(|&y| y == 0.0 || y == 2.0));
/// ```
///
/// # Panics
/// If `p` is not at least 0 and below 1.
#[track_caller]
pub fn dropout<S: Shape>(x: Var<S>, key: Discrete<Key>, p: f64) -> Call<Dropout, (Var<S>,)> {
    assert!(
        (0.0..1.0).contains(&p),
        "dropout with p = {p}: expected a probability that is at least 0 and below 1"
    );
    let (keep, factor) = (1.0 - p, inverse_of_rest(p));
    Call::new(Dropout { key, keep, factor }, (x,))
}

/// `1 / (1 - p)`: exact where `p` has at most 18 decimal digits, as every `p` has that was written by hand.
fn inverse_of_rest(p: f64) -> Literal {
    // The shortest digits that mean `p`, never in scientific notation.
    let digits = p.to_string();
    let digits = digits.split_once('.').map_or("", |(_, digits)| digits);
    let exact = || -> Option<Literal> {
        let size = u32::try_from(digits.len())
            .ok()
            .filter(|&size| size <= 18)?;
        let one = 10_i64.pow(size);
        let dropped = if size == 0 { 0 } else { digits.parse().ok()? };
        let kept = one - dropped;
        let common = gcd(one, kept);
        Some(Literal::ratio(one / common, (kept / common).unsigned_abs()))
    };
    exact().unwrap_or_else(|| Literal::real(1.0 / (1.0 - p)))
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl<S: Shape> Op<(S,)> for Dropout {
    type Out = S;
    type Level = levels::OrderedField;
    const NAME: &'static str = "dropout";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S> {
        // Not a product with the mask: 0 times an infinity is NaN.
        let mask = r.mask::<S>(self.key, self.keep);
        r.prim(
            primitives::Select,
            (mask, r.scale(x, self.factor), r.zeros::<S>()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::inverse_of_rest;
    use crate::prelude::*;
    use crate::program::Literal;
    use num_bigint::BigInt;
    use num_rational::BigRational;

    law_tests! {
        dropout:
        small(|x: [2, 4]; key| dropout(x, key, { 0.5 }));
        small(|x: [3]; key| dropout(x, key, { 0.1 }));
        middle(|x: [3, 2, 4]; key| dropout(x, key, { 0.2 }));
    }

    #[test]
    fn the_factor_is_exact() {
        assert_eq!(inverse_of_rest(0.0), Literal::ratio(1, 1));
        assert_eq!(inverse_of_rest(0.1), Literal::ratio(10, 9));
        assert_eq!(inverse_of_rest(0.5), Literal::ratio(2, 1));
        assert_eq!(inverse_of_rest(0.125), Literal::ratio(8, 7));
        assert_eq!(inverse_of_rest(1e-30), Literal::real(1.0));
    }

    /// The expectation of the mask times the factor is 1, for each probability in thousandths: the threshold is the nearest
    /// of the 2^32 to the probability that the factor is the inverse of. In whole numbers.
    #[test]
    fn the_mask_has_the_probability_of_the_factor() {
        for dropped in 0..1000_u32 {
            let p = f64::from(dropped) / 1000.0;
            let g: GraphData<f64, _, _, _> = graph!(|x: [2]; key| dropout(x, key, { p }));
            let text = g.program().expect("an op").to_string();
            let (_, rest) = text.split_once("mask([2], ").expect("a mask");
            let (threshold, _) = rest.split_once(')').expect("its end");
            let threshold: i64 = threshold.parse().expect("a number");
            let kept = i64::from(1000 - dropped);
            let distance = (1000 * threshold - (kept << 32)).abs();
            assert!(2 * distance <= 1000, "{p}: {threshold}");
            let common = super::gcd(1000, kept);
            let inverse = Literal::ratio(1000 / common, (kept / common).unsigned_abs());
            assert_eq!(inverse_of_rest(p), inverse);
        }
    }

    /// 10,000 elements: the share of zeros is within four standard deviations of `p`, and so the mean of `x`.
    #[test]
    fn share_and_expectation() {
        let g = graph!(|x: [10000]; key| dropout(x, key, { 0.2 }));
        let y = g.value(&tlist![Tensor::<f64, _>::ones()], &tlist![Key::new(3)]);
        let zeros = y.as_slice().iter().filter(|&&y| y == 0.0).count();
        assert!((1840..=2160).contains(&zeros), "{zeros} zeros");
        assert!(y.as_slice().iter().all(|&y| y == 0.0 || y == 1.25));
        let mean = y.as_slice().iter().sum::<f64>() / 1e4;
        assert!((mean - 1.0).abs() < 0.02, "{mean}");
    }

    /// One mask in the value and both derivatives, another for another key; exact over rationals.
    #[test]
    fn one_mask() {
        let g = graph!(|x: [32]; key| dropout(x, key, { 0.1 }));
        let x = tlist![Tensor::<BigRational, _>::ones()];
        let run = |key| {
            let env = tlist![key];
            let (y, tlist![dx]) = g.vjp(&x, &env, &Tensor::ones());
            let tlist![_, dy] = g.jvp(&x, &x, &env);
            assert_eq!((&y, &y), (&dx, &dy));
            y
        };
        let key = Key::new(5);
        let y = run(key);
        let kept = BigRational::new(BigInt::from(10), BigInt::from(9));
        assert!(y.as_slice().contains(&kept));
        assert_eq!(y, run(key));
        assert_ne!(y, run(Key::new(6)));
        assert_ne!(y, run(key.fold_in(1)));
    }

    #[test]
    fn of_nothing_is_the_identity() {
        let g = graph!(|x: [3]; key| dropout(x, key, { 0.0 }));
        let x = Tensor::from([1.0, -2.5, 0.1]);
        assert_eq!(g.value(&x, &tlist![Key::new(9)]), x);
    }

    #[test]
    #[should_panic(
        expected = "dropout with p = 1: expected a probability that is at least 0 and below 1"
    )]
    fn everything_is_refused() {
        let _ = graph!(|x: [3]; key| dropout(x, key, { 1.0 }))
            .value(&tlist![Tensor::<f64, _>::ones()], &tlist![Key::new(0)]);
    }

    #[test]
    #[should_panic(expected = "dropout with p = NaN")]
    fn nan_is_refused() {
        let _ = graph!(|x: [3]; key| dropout(x, key, { f64::NAN }))
            .value(&tlist![Tensor::<f64, _>::ones()], &tlist![Key::new(0)]);
    }
}
