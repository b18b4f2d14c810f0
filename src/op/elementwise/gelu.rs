//! The Gaussian error linear unit: exact, and approximated by a hyperbolic tangent.

use super::clamp::clamp;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::Literal;
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`gelu`].
#[derive(Clone, Copy, Debug)]
pub struct Gelu;

/// The op of [`gelu_tanh`].
#[derive(Clone, Copy, Debug)]
pub struct GeluTanh;

/// `1/√2`, a convergent of its continued fraction: 1e-32 off. Numerator and denominator are doubles, so the quotient of
/// doubles is the double nearest to the number.
const INVERSE_ROOT_2: Literal = Literal::Ratio(4_217_293_152_016_490, 5_964_153_172_084_899);

/// `2 √(2/π)`, likewise: 2e-32 off.
const TWICE_ROOT_2_OVER_PI: Literal = Literal::Ratio(5_128_586_298_955_651, 3_213_864_856_461_848);

/// `y = x Φ(x)`, element by element, where `Φ(x) = (1 + erf(x / √2)) / 2` is the distribution function of the normal
/// distribution. Real scalars.
///
/// Value and derivative are finite for every finite `x`; at `-∞` both are NaN, as in PyTorch.
/// JVP `(Φ(x) + x φ(x)) dx` with the density `φ(x) = exp(-x²/2) / √(2π)`; VJP likewise.
/// Source: Hendrycks and Gimpel, *Gaussian Error Linear Units* (2016).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| gelu(x));
/// let (y, dx) = g.vjp(&Tensor::from([0.0, 50.0, -50.0]), (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([0.0, 50.0, 0.0]));
/// assert_eq!(dx, Tensor::from([0.5, 1.0, 0.0]));
/// ```
pub fn gelu<S: Shape>(x: Var<S>) -> Call<Gelu, (Var<S>,)> {
    Call::new(Gelu, (x,))
}

/// `y = x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))`, element by element: the approximation of [`gelu`] that GPT-2 and BERT
/// were trained with. Real scalars.
///
/// It is computed as `x sigmoid(2u)`, which is the same, `u` being what the tangent is taken of. Beyond 100, where the sigmoid is
/// 0 or 1 in every float, `u` is taken of 100, so that `x³` does not overflow. At `-∞` value and derivative are NaN, as in
/// PyTorch. JVP `s (1 + 2 x (1 - s) u'(x)) dx` with the sigmoid `s`; VJP likewise.
/// Source: Hendrycks and Gimpel, *Gaussian Error Linear Units* (2016).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| gelu_tanh(x));
/// let (y, dx) = g.vjp(&Tensor::from([0.0, 50.0, -50.0]), (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([0.0, 50.0, 0.0]));
/// assert_eq!(dx, Tensor::from([0.5, 1.0, 0.0]));
/// ```
pub fn gelu_tanh<S: Shape>(x: Var<S>) -> Call<GeluTanh, (Var<S>,)> {
    Call::new(GeluTanh, (x,))
}

impl<S: Shape> Op<(S,)> for Gelu {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "gelu";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S> {
        let erf = r.prim::<S>(Unary::Erf, (r.scale(x, INVERSE_ROOT_2),));
        let twice = r.offset(erf, Literal::from(1));
        r.mul_same(x, r.scale(twice, Literal::ratio(1, 2)))
    }
}

impl<S: Shape> Op<(S,)> for GeluTanh {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "gelu_tanh";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S> {
        let inner = r.record(clamp(x, -100, 100));
        let square = r.mul_same(inner, inner);
        let factor = r.offset(
            r.scale(square, Literal::ratio(44_715, 1_000_000)),
            Literal::from(1),
        );
        let twice_u = r.mul_same(r.scale(inner, TWICE_ROOT_2_OVER_PI), factor);
        r.mul_same(x, r.sigmoid(twice_u))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        gelu:
        small(|x: [4]| gelu(x));
        small(|x: [2, 3]| gelu(x));
        middle(|x: [3, 4, 2]| gelu(x));
    }

    law_tests! {
        gelu_tanh:
        small(|x: [4]| gelu_tanh(x));
        small(|x: [2, 3]| gelu_tanh(x));
        middle(|x: [3, 4, 2]| gelu_tanh(x));
    }

    /// The squares and cubes of these are infinite.
    #[test]
    fn large_inputs() {
        let x = [1e30, -1e30, f32::MAX, f32::MIN];
        let y = [1e30, 0.0, f32::MAX, 0.0];
        let dx = Tensor::from([1.0, 0.0, 1.0, 0.0]);
        let exact = graph!(|x: [4]| gelu(x));
        let approximate = graph!(|x: [4]| gelu_tanh(x));
        let result = (Tensor::from(y), dx);
        assert_eq!(exact.vjp(&Tensor::from(x), (), &Tensor::ones()), result);
        assert_eq!(
            approximate.vjp(&Tensor::from(x), (), &Tensor::ones()),
            result
        );
        let x = Tensor::from([1e300, -1e300, f64::MAX, f64::MIN]);
        let result = (
            Tensor::from([1e300, 0.0, f64::MAX, 0.0]),
            Tensor::from([1.0, 0.0, 1.0, 0.0]),
        );
        let (y, dx) = graph!(|x: [4]| gelu(x)).vjp(&x, (), &Tensor::ones());
        assert_eq!((y, dx), result);
        let (y, dx) = graph!(|x: [4]| gelu_tanh(x)).vjp(&x, (), &Tensor::ones());
        assert_eq!((y, dx), result);
    }

    /// The two differ by less than 5e-4 everywhere, and by more than 4e-4 somewhere: each is itself.
    #[test]
    fn the_approximation_is_one() {
        let g = graph!(|x: [601]| gelu(x) - gelu_tanh(x));
        let x: Tensor<f64, shape![601]> = Tensor::from_fn(|[i]| (i as f64 - 300.0) / 50.0);
        let y = g.value(&x, ());
        let largest = y.as_slice().iter().fold(0.0, |m: f64, y| m.max(y.abs()));
        assert!(4e-4 < largest && largest < 5e-4, "{largest}");
    }
}
