//! Products: of all elements, along one axis.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::{Binary, levels};
use crate::shape::{RemoveAxis, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// The product of all elements.
#[derive(Clone, Copy, Debug)]
pub struct Prod;

/// `y = Π x`, a scalar; of no element it is 1. Any semiring.
///
/// The derivative by an element is the product of the others. It is right where elements are 0, since nothing is divided: the
/// product is made of products of halves, and so is its derivative.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [4]| prod(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([2.0, 3.0, 0.0, 5.0]), ());
/// assert_eq!((y.item(), dx), (0.0, Tensor::from([0.0, 0.0, 30.0, 0.0])));
/// ```
pub fn prod<S: Shape>(x: Var<S>) -> Call<Prod, (Var<S>,)> {
    Call::new(Prod, (x,))
}

impl<S: Shape> Op<(S,)> for Prod {
    type Out = ();
    type Level = levels::Semiring;
    const NAME: &'static str = "prod";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<()> {
        let flat = r.untyped(primitives::Reshape(Dims::new(&[S::SIZE])), &[x.id()]);
        product(r, flat, &[S::SIZE], 0)
    }
}

/// The product along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct ProdAxis<I>(PhantomData<I>);

/// `y[.., ..] = Πᵢ x[.., i, ..]`: the product along one axis, which goes; along an axis of dim 0 it is 1. Any semiring.
///
/// The derivative is right where elements are 0, as that of [`prod`].
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| prod_axis(x, 1));
/// let (y, dx) = g.vjp(&Tensor::from([[1.0, 2.0, 3.0], [4.0, 0.0, 5.0]]), (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([6.0, 0.0]));
/// assert_eq!(dx, Tensor::from([[6.0, 3.0, 2.0], [0.0, 20.0, 0.0]]));
/// ```
pub fn prod_axis<I, S: Shape>(x: Var<S>, _axis: I) -> Call<ProdAxis<I>, (Var<S>,)> {
    Call::new(ProdAxis(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: RemoveAxis<I>> Op<(S,)> for ProdAxis<I> {
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "prod_axis";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S::Out> {
        product(r, x.id(), S::DIMS, S::AXIS)
    }
}

/// The product along an axis of a value of these dims: its halves times each other, until one entry is left. What has no
/// other half is joined to the products.
fn product<T: Shape>(
    r: &Recorder<levels::Semiring>,
    x: usize,
    dims: &[usize],
    axis: usize,
) -> Var<T> {
    let (mut product, mut entries) = (x, dims[axis]);
    if entries == 0 {
        return r.ones();
    }
    while entries > 1 {
        let (half, rest) = (entries / 2, entries % 2);
        let part = |start, len| r.untyped(primitives::Slice { axis, start, len }, &[product]);
        let mut both = r.untyped(Binary::Mul, &[part(0, half), part(half, half)]);
        if rest > 0 {
            both = r.untyped(primitives::Concat(axis), &[both, part(2 * half, rest)]);
        }
        (product, entries) = (both, half + rest);
    }
    r.typed(r.untyped(primitives::Reshape(Dims::of::<T>()), &[product]))
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;
    use num_bigint::BigUint;

    law_tests! {
        prod:
        small(|x: [5]| prod(x));
        small(|x: [2, 3]| prod(x));
        middle(|x: [3, 4, 2]| prod(x));
    }

    law_tests! {
        prod_axis:
        small(|x: [7, 2]| prod_axis(x, 0));
        small(|x: [3]| prod_axis(x, 0));
        middle(|x: [3, 6, 4]| prod_axis(x, 1));
    }

    /// Every number of entries up to 9, over the naturals: factorials, and each without one factor.
    #[test]
    fn factorials() {
        macro_rules! factorial {
            ($($n:literal)*) => {$({
                let g: GraphData<BigUint, _, _, _> = graph!(|x: [$n]| prod(x));
                let x: Tensor<BigUint, shape![$n]> = Tensor::from_fn(|[i]| BigUint::from(i + 1));
                let (y, dx) = g.value_and_vjp(&x, ());
                let all: BigUint = (1_usize..=$n).map(BigUint::from).product();
                assert_eq!(dx, Tensor::from_fn(|[i]| &all / (i + 1)));
                assert_eq!(y.item(), all);
            })*};
        }
        factorial!(1 2 3 4 5 6 7 8 9);
    }

    #[test]
    fn with_zeros() {
        let g = graph!(|x: [3, 3]| prod_axis(x, 1));
        let x = Tensor::from([[2.0, 3.0, 5.0], [2.0, 0.0, 5.0], [0.0, 3.0, 0.0]]);
        let (y, dx) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, Tensor::from([30.0, 0.0, 0.0]));
        let rows = [[15.0, 10.0, 6.0], [0.0, 10.0, 0.0], [0.0, 0.0, 0.0]];
        assert_eq!(dx, Tensor::from(rows));
    }

    #[test]
    fn of_a_scalar_and_of_nothing() {
        let (y, dx) = graph!(|x: []| prod(x)).value_and_vjp(&Tensor::scalar(3.0), ());
        assert_eq!((y.item(), dx.item()), (3.0, 1.0));
        let none = graph!(|x: [2, 0]| prod_axis(x, 1));
        let (y, dx) = none.vjp(&Tensor::<f64, _>::zeros(), (), &Tensor::ones());
        assert_eq!((y, dx), (Tensor::ones(), Tensor::zeros()));
    }
}
