//! Values that are known when the graph is built.

use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::op::{Call, Op, Output, Recorder};
use crate::program::{Elements, Literal, primitives};
use crate::scalar::{Number, ScalarLevel, levels};
use crate::shape::Shape;
use crate::tensor::{Dims, NestedArray, Tensor};
use core::fmt;
use core::marker::PhantomData;
use std::sync::Arc;

/// What becomes a [`constant`]: a tensor of numbers, a reference to one, nested arrays of numbers, an `f64`, an `i64`, a
/// [`Literal`], or labels.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a constant of a graph",
    label = "expected a tensor of `f64` or `f32`, nested arrays, a number or labels; docs/errors.md#m23"
)]
pub trait Known {
    /// What it is in the graph.
    type Out: Output;
    /// What it needs of the scalar.
    type Level: ScalarLevel;
    /// The dims, and the elements, row major.
    fn known(self) -> (Dims, Elements);
}

/// The op of [`constant`].
pub struct Constant<T, N>(Arc<primitives::Constant>, PhantomData<fn() -> (T, N)>);

impl<T, N> Clone for Constant<T, N> {
    fn clone(&self) -> Self {
        Constant(Arc::clone(&self.0), PhantomData)
    }
}

impl<T, N> fmt::Debug for Constant<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Constant").field(&self.0).finish()
    }
}

/// `y = c`, for a value that is known when the graph is built. Any field; of labels, everything.
///
/// Numbers become those of the graph's scalar when it runs, as all [numbers of Rust](Number) do. It is part of the program:
/// what changes from run to run is an input, or of the environment.
///
/// ```
/// use cotangent::prelude::*;
/// let weights = Tensor::from([1.0, 2.0, 1.0]);
/// let g = graph!(|x: [2, 3]| x * constant({ &weights }) + constant([0.5, 0.0, 0.0]));
/// let y = g.value(&Tensor::<f64, _>::ones(), ());
/// assert_eq!(y, Tensor::from([[1.5, 2.0, 1.0]; 2]));
///
/// let pick = Labels::<3, shape![2]>::new([2, 0])?;
/// let g = graph!(|x: [2, 3]| cross_entropy(x, constant({ pick })));
/// assert!((g.value(&Tensor::<f64, _>::zeros(), ()).item() - 3f64.ln()).abs() < 1e-12);
/// # Ok::<(), LabelsError>(())
/// ```
// The result is a parameter: as a projection it would say once more that there is none.
pub fn constant<K: Known<Out = T, Level = N>, T, N>(value: K) -> Call<Constant<T, N>, ()> {
    let (dims, elements) = value.known();
    let constant = primitives::Constant { dims, elements };
    Call::new(Constant(Arc::new(constant), PhantomData), ())
}

impl<T: Output, N: ScalarLevel> Op<()> for Constant<T, N> {
    type Out = T;
    type Level = N;
    const NAME: &'static str = "constant";

    fn forward(&self, r: &Recorder<N>, (): ()) -> T::Vars {
        let id = r.untyped(primitives::Constant::clone(&self.0), &[]);
        T::value_vars(r.graph_id(), id)
    }
}

#[diagnostic::do_not_recommend]
impl<A: Number + Clone, S: Shape> Known for Tensor<A, S> {
    type Out = S;
    type Level = levels::Field;
    fn known(self) -> (Dims, Elements) {
        let numbers = self.as_slice().iter().cloned().map(Number::literal);
        (Dims::of::<S>(), Elements::Scalars(numbers.collect()))
    }
}

#[diagnostic::do_not_recommend]
impl<T, const B: usize> Known for [T; B]
where
    [T; B]: NestedArray<Scalar: Number>,
{
    type Out = <Self as NestedArray>::Shape;
    type Level = levels::Field;
    fn known(self) -> (Dims, Elements) {
        let numbers = self.flat().into_iter().map(Number::literal);
        let dims = Dims::of::<Self::Out>();
        (dims, Elements::Scalars(numbers.collect()))
    }
}

#[diagnostic::do_not_recommend]
impl<C: Dim, S: Shape> Known for LabelsOf<C, S> {
    type Out = Self;
    type Level = levels::Semiring;
    fn known(self) -> (Dims, Elements) {
        let elements = Elements::Indices {
            below: C::SIZE,
            elements: self.as_slice().to_vec(),
        };
        (Dims::of::<S>(), elements)
    }
}

macro_rules! references {
    ($([$($param:tt)*] $T:ty;)*) => {
        $(#[diagnostic::do_not_recommend]
        impl<$($param)*> Known for &$T {
            type Out = <$T as Known>::Out;
            type Level = <$T as Known>::Level;
            fn known(self) -> (Dims, Elements) {
                self.clone().known()
            }
        })*
    };
}

references!([A: Number + Clone, S: Shape] Tensor<A, S>; [C: Dim, S: Shape] LabelsOf<C, S>;);

macro_rules! numbers {
    ($($Number:ty)*) => {
        $(#[diagnostic::do_not_recommend]
        impl Known for $Number {
            type Out = ();
            type Level = levels::Field;
            fn known(self) -> (Dims, Elements) {
                (Dims::of::<()>(), Elements::Scalars(vec![self.literal()]))
            }
        })*
    };
}

// One of each kind: of two, rustc does not know which a literal is, and then not what it becomes.
numbers!(f64 i64 Literal);

#[cfg(test)]
mod tests {
    use crate::prelude::*;
    use num_rational::BigRational;

    law_tests! {
        constant:
        small(|x: [4]| x * constant([1.0, -2.0, 0.5, 3.0]));
        small(|x: [2, 3]| x + constant([0.5, 1.0, 2.0]));
        middle(|x: [3, 4, 2]| x * constant([[0.5, 1.0], [2.0, 0.0], [3.0, 1.0], [-1.0, 4.0]]));
    }

    /// A double is the rational number that it is, and a number has no axis.
    #[test]
    fn over_rationals() {
        let g: GraphData<BigRational, _, _, _> = graph!(|x: []| x + constant(0.75) * constant(3));
        let quarter = BigRational::new(1.into(), 4.into());
        let y = g.value(&Tensor::scalar(quarter), ());
        assert_eq!(y.item(), BigRational::new(5.into(), 2.into()));
    }

    /// Labels too, over every scalar, and a value of nothing else.
    #[test]
    fn of_labels() {
        let pick = Labels::<3, shape![2]>::new([2, 0]).unwrap();
        let g = graph!(|| -> ([2] < 3, [1, 2]) {
            (constant({ &pick }), constant({ Tensor::from([[1.0_f32, 2.0]]) }))
        });
        let (labels, row) = g.value((), ());
        assert_eq!(labels.as_slice(), [2, 0]);
        assert_eq!(row, Tensor::<f64, _>::from([[1.0, 2.0]]));
    }
}
