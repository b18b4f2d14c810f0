//! Powers, by a tensor and by a natural number.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Binary, levels};
use crate::shape::{BroadcastsWith, Combined, Shape};

/// The op of [`pow`].
#[derive(Clone, Copy, Debug)]
pub struct Pow;

/// The op of [`powi`]: the exponent.
#[derive(Clone, Copy, Debug)]
pub struct Powi(pub u32);

/// `y = aᵇ`, element by element. Shapes: equal, or one a suffix of the other. Real scalars.
///
/// JVP `b aᵇ⁻¹ da + y log(a) db`; VJP `(b aᵇ⁻¹ dy, y log(a) dy)`, summed over the axes that were repeated. The
/// derivative by `a` is 0 where `b = 0`, as in PyTorch (JAX has NaN at `0⁰`). The one by `b` is 0 where `a = 0`: for `b ≥ 0`
/// as in both; for `b < 0`, where the value is infinite, PyTorch has `-∞` and JAX NaN. Below 0 the power
/// is NaN but for whole exponents, and the derivative by `b` is NaN. An input that is NaN counts as 0 in
/// these two rules, and as in C anything to the 0 is 1.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [3], b: [3]| sum(pow(a, b)));
/// let x = tlist![Tensor::from([1.0, 4.0, 0.0]), Tensor::from([3.0, 0.5, 0.0])];
/// let (y, tlist![da, db]) = g.value_and_vjp(&x, ());
/// assert_eq!((y.item(), da), (4.0, Tensor::from([3.0, 0.25, 0.0])));
/// assert_eq!(db, Tensor::from([0.0, 2.0 * 4.0_f64.ln(), 0.0]));
/// ```
pub fn pow<S: Shape, R: Shape>(a: Var<S>, b: Var<R>) -> Call<Pow, (Var<S>, Var<R>)> {
    Call::new(Pow, (a, b))
}

/// `y = xⁿ`, element by element, for a natural number `n`. Any semiring. By repeated squaring.
///
/// JVP `n xⁿ⁻¹ dx`; VJP `n xⁿ⁻¹ dy`. `x⁰` is 1 everywhere, and its derivative 0.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(powi(x, 3)));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([-1.0, 2.0]), ());
/// assert_eq!((y.item(), dx), (7.0, Tensor::from([3.0, 12.0])));
/// ```
pub fn powi<S: Shape>(x: Var<S>, n: u32) -> Call<Powi, (Var<S>,)> {
    Call::new(Powi(n), (x,))
}

impl<S: Shape + BroadcastsWith<R>, R: Shape> Op<(S, R)> for Pow {
    type Out = Combined<S, R>;
    type Level = levels::Real;
    const NAME: &'static str = "pow";

    fn forward(&self, r: &Recorder, (a, b): (Var<S>, Var<R>)) -> Var<Combined<S, R>> {
        let (a, b) = r.combined(a, b);
        r.prim(Binary::Pow, (a, b))
    }
}

impl<S: Shape> Op<(S,)> for Powi {
    type Out = S;
    type Level = levels::Semiring;
    const NAME: &'static str = "powi";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S> {
        let Powi(mut n) = *self;
        let (mut square, mut power) = (x, None);
        while n > 0 {
            if n % 2 == 1 {
                power = Some(power.map_or(square, |power| r.mul_same(power, square)));
            }
            n /= 2;
            if n > 0 {
                square = r.mul_same(square, square);
            }
        }
        power.unwrap_or_else(|| r.ones())
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    /// At a base of 0: what the documents say. JAX 0.10.2 has `da` NaN at `0⁰`, and `db` NaN below.
    #[test]
    fn derivatives_at_zero() {
        let g = graph!(|a: [5], b: [5]| pow(a, b));
        let x = tlist![Tensor::zeros(), Tensor::from([2.0, 0.5, 0.0, -0.5, -1.0])];
        let (y, tlist![da, db]) = g.vjp(&x, (), &Tensor::ones());
        let inf = f64::INFINITY;
        assert_eq!(y, Tensor::from([0.0, 0.0, 1.0, inf, inf]));
        assert_eq!(da, Tensor::from([0.0, inf, 0.0, -inf, -inf]));
        assert_eq!(db, Tensor::zeros());
    }

    law_tests! {
        pow:
        small(|a: [4], b: [4]| pow(a, b));
        small(|a: [3], b: [2, 3]| pow(a, b));
        middle(|a: [3, 4, 5], b: [5]| pow(a, b));
        on(positive);
    }

    law_tests! {
        powi:
        small(|x: [4]| powi(x, 3));
        small(|x: [2, 3]| powi(x, 0));
        middle(|x: [3, 4, 2]| powi(x, 6));
    }

    /// Powers of negative numbers, and both conventions at 0.
    #[test]
    fn below_and_at_zero() {
        let g = graph!(|a: [4], b: [4]| pow(a, b));
        let x = tlist![
            Tensor::from([-2.0, 0.0, 0.0, -2.0]),
            Tensor::from([3.0, 2.0, 1.0, 0.5])
        ];
        let (y, tlist![da, db]) = g.vjp(&x, (), &Tensor::<f64, _>::ones());
        assert_eq!(y.as_slice()[..3], [-8.0, 0.0, 0.0]);
        assert!(y.as_slice()[3].is_nan());
        assert_eq!(da.as_slice()[..3], [12.0, 0.0, 1.0]);
        assert!(db.as_slice()[0].is_nan());
        assert_eq!(db.as_slice()[1..3], [0.0, 0.0]);
    }

    /// Every exponent up to 9, at a point where the powers of the derivative are exact too.
    #[test]
    fn exponents() {
        for n in 0..10_u32 {
            let g = graph!(|x: [2]| powi(x, { n }));
            let x = tlist![Tensor::from([0.0, 2.0])];
            let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
            let slope = |x: f64| match n {
                0 => 0.0,
                _ => f64::from(n) * x.powi(n as i32 - 1),
            };
            assert_eq!(
                y,
                Tensor::from([0.0_f64.powi(n as i32), 2.0_f64.powi(n as i32)])
            );
            assert_eq!(dx, Tensor::from([slope(0.0), slope(2.0)]));
        }
    }
}
