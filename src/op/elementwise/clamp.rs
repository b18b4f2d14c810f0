//! Numbers kept between two bounds.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, primitives};
use crate::scalar::levels;
use crate::shape::Shape;

/// The op of [`clamp`]: the bounds.
#[derive(Clone, Copy, Debug)]
pub struct Clamp {
    /// The lower one.
    pub low: Literal,
    /// The upper one.
    pub high: Literal,
}

/// `y = min(max(x, low), high)`, element by element, for two numbers. Any ordered field.
///
/// Where `low` is the larger, `y` is `high` everywhere; NaN stays NaN. All three are as in PyTorch, and so is the derivative: 1 where
/// `low ≤ x ≤ high`, else 0 (at a bound JAX has one half). For bounds that are tensors there are
/// [`maximum`](crate::op::maximum) and [`minimum`](crate::op::minimum).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [4]| clamp(x, -1, 0.5));
/// let (y, dx) = g.vjp(&Tensor::from([-2.0, -1.0, 0.25, 3.0]), (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([-1.0, -1.0, 0.25, 0.5]));
/// assert_eq!(dx, Tensor::from([0.0, 1.0, 1.0, 0.0]));
/// ```
pub fn clamp<S: Shape>(
    x: Var<S>,
    low: impl Into<Literal>,
    high: impl Into<Literal>,
) -> Call<Clamp, (Var<S>,)> {
    let (low, high) = (low.into(), high.into());
    Call::new(Clamp { low, high }, (x,))
}

impl<S: Shape> Op<(S,)> for Clamp {
    type Out = S;
    type Level = levels::OrderedField;
    const NAME: &'static str = "clamp";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S> {
        let [low, high] = [self.low, self.high].map(|bound| r.full::<S>(bound));
        let above = r.prim::<S>(primitives::Select, (r.sub_same(low, x), low, x));
        r.prim(primitives::Select, (r.sub_same(above, high), high, above))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        clamp:
        small(|x: [4]| clamp(x, -0.5, 0.75));
        small(|x: [2, 3]| clamp(x, -1, 1));
        middle(|x: [3, 4, 2]| clamp(x, 0, 0.5));
    }

    #[test]
    fn infinities_and_nan() {
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let g = graph!(|x: [3]| clamp(x, -1, 1));
        let (y, dx) = g.vjp(&Tensor::from([inf, -inf, nan]), (), &Tensor::ones());
        assert_eq!(y.as_slice()[..2], [1.0, -1.0]);
        assert!(y[[2]].is_nan());
        assert_eq!(dx, Tensor::from([0.0, 0.0, 1.0]));
        // An infinite bound is none.
        let g = graph!(|x: [3]| clamp(x, { f64::NEG_INFINITY }, 2));
        let y = g.value(&Tensor::from([-inf, -3.0, inf]), ());
        assert_eq!(y, Tensor::from([-inf, -3.0, 2.0]));
    }

    #[test]
    fn bounds_in_the_other_order() {
        let g = graph!(|x: [3]| clamp(x, 2, 1));
        let (y, dx) = g.vjp(&Tensor::from([0.0, 1.5, 3.0]), (), &Tensor::ones());
        assert_eq!((y, dx), (Tensor::ones(), Tensor::zeros()));
    }
}
