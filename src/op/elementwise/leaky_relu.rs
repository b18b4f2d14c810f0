//! The rectifier with a slope below 0: a number, or learnt.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, primitives};
use crate::scalar::levels;
use crate::shape::{BroadcastsWith, Combined, Shape};

/// The op of [`leaky_relu`]: the slope below 0.
#[derive(Clone, Copy, Debug)]
pub struct LeakyRelu(pub Literal);

/// The op of [`prelu`].
#[derive(Clone, Copy, Debug)]
pub struct Prelu;

/// `y = x` where `x > 0`, else `slope x`, element by element. Any ordered field.
///
/// JVP `dx` or `slope dx`; VJP likewise. At 0 the derivative is the slope, as in PyTorch (JAX has 1).
/// Source: Maas, Hannun and Ng, *Rectifier Nonlinearities Improve Neural Network Acoustic Models* (2013).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| leaky_relu(x, 0.25));
/// let (y, dx) = g.vjp(&Tensor::from([-4.0, 0.0, 2.0]), (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([-1.0, 0.0, 2.0]));
/// assert_eq!(dx, Tensor::from([0.25, 0.25, 1.0]));
/// ```
pub fn leaky_relu<S: Shape>(x: Var<S>, slope: impl Into<Literal>) -> Call<LeakyRelu, (Var<S>,)> {
    Call::new(LeakyRelu(slope.into()), (x,))
}

/// `y = x` where `x > 0`, else `a x`, element by element, for a slope `a` that is learnt. Shapes: equal, or one a suffix of the
/// other. Any ordered field.
///
/// A slope `[]` is one for all. Of rows `[B, C]` a slope `[C]` is one for each column; of images `[B, C, H, W]` one for each
/// channel is `prelu(x, along(a, x, 1))`. VJP: `dy` or `a dy` for `x`; `dy` times what is below 0 for `a`, summed over the axes that
/// were repeated. At 0 the derivative is `a`, as in PyTorch.
/// Source: He, Zhang, Ren and Sun, *Delving Deep into Rectifiers* (2015).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2], a: [2]| prelu(x, a));
/// let x = tlist![Tensor::from([[-4.0, 1.0], [2.0, -8.0]]), Tensor::from([0.25, 0.5])];
/// let (y, tlist![dx, da]) = g.vjp(&x, (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([[-1.0, 1.0], [2.0, -4.0]]));
/// assert_eq!(dx, Tensor::from([[0.25, 1.0], [1.0, 0.5]]));
/// assert_eq!(da, Tensor::from([-4.0, -8.0]));
/// ```
pub fn prelu<S: Shape, R: Shape>(x: Var<S>, a: Var<R>) -> Call<Prelu, (Var<S>, Var<R>)> {
    Call::new(Prelu, (x, a))
}

impl<S: Shape> Op<(S,)> for LeakyRelu {
    type Out = S;
    type Level = levels::OrderedField;
    const NAME: &'static str = "leaky_relu";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S> {
        r.prim(primitives::Select, (x, x, r.scale(x, self.0)))
    }
}

impl<S: Shape + BroadcastsWith<R>, R: Shape> Op<(S, R)> for Prelu {
    type Out = Combined<S, R>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "prelu";

    fn forward(
        &self,
        r: &Recorder<levels::OrderedField>,
        (x, a): (Var<S>, Var<R>),
    ) -> Var<Combined<S, R>> {
        let (x, a) = r.combined(x, a);
        // Chosen before the product too: the derivative by `a` is 0 above, even where `x` is infinite.
        let zeros = r.zeros::<Combined<S, R>>();
        let below = r.prim::<Combined<S, R>>(primitives::Select, (x, zeros, x));
        r.prim(primitives::Select, (x, x, r.mul_same(a, below)))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        leaky_relu:
        small(|x: [4]| leaky_relu(x, 0.25));
        small(|x: [2, 3]| leaky_relu(x, 0.01));
        middle(|x: [3, 4, 2]| leaky_relu(x, 0.1));
    }

    law_tests! {
        prelu:
        small(|x: [4], a: [4]| prelu(x, a));
        small(|x: [2, 3], a: [3]| prelu(x, a));
        middle(|x: [3, 4, 5], a: [4]| prelu(x, along(a, x, 1)));
    }

    #[test]
    fn one_slope_for_all() {
        let g = graph!(|x: [2, 2], a: []| sum(prelu(x, a)));
        let x = tlist![
            Tensor::from([[-1.0, 1.0], [-2.0, 0.0]]),
            Tensor::scalar(0.5)
        ];
        let (y, tlist![dx, da]) = g.value_and_vjp(&x, ());
        assert_eq!((y.item(), da.item()), (-0.5, -3.0));
        assert_eq!(dx, Tensor::from([[0.5, 1.0], [0.5, 0.5]]));
    }

    #[test]
    fn infinities_and_nan() {
        let inf = f64::INFINITY;
        let x = Tensor::from([inf, -inf, f64::NAN]);
        let leaky = graph!(|x: [3]| leaky_relu(x, 0.5));
        let (y, dx) = leaky.vjp(&x, (), &Tensor::ones());
        assert_eq!(y.as_slice()[..2], [inf, -inf]);
        assert!(y[[2]].is_nan());
        assert_eq!(dx, Tensor::from([1.0, 0.5, 0.5]));
        let learnt = graph!(|x: [3], a: [3]| prelu(x, a));
        let (y, tlist![dx, da]) = learnt.vjp(&tlist![x, Tensor::full(0.5)], (), &Tensor::ones());
        assert_eq!(y.as_slice()[..2], [inf, -inf]);
        assert!(y[[2]].is_nan());
        assert_eq!(dx, Tensor::from([1.0, 0.5, 0.5]));
        assert_eq!(da.as_slice()[..2], [0.0, -inf]);
    }
}
