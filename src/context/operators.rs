//! The operators of lists: those of a vector space.

use super::{Algebra, GroupValues, List, TensorList};
use crate::scalar::{Ring, Semiring};
use crate::shape::Shape;
use crate::tensor::Tensor;
use core::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};
use frunk::hlist::HCons;
use num_traits::One;

/// A vector that says what it is over: a list with the scalar of its first entry. `x + y` does not say it, and [`Algebra`] has
/// it as a parameter, since an empty list is over every scalar.
pub trait OverScalar: Algebra<Self::Scalar> {
    /// The scalar.
    type Scalar: Semiring;
}

#[diagnostic::do_not_recommend]
impl<A: Semiring, S: Shape> OverScalar for Tensor<A, S> {
    type Scalar = A;
}

#[diagnostic::do_not_recommend]
impl<H: OverScalar, T: Algebra<H::Scalar>> OverScalar for HCons<H, T> {
    type Scalar = H::Scalar;
}

#[diagnostic::do_not_recommend]
impl<L: OverScalar> OverScalar for TensorList<L> {
    type Scalar = L::Scalar;
}

#[diagnostic::do_not_recommend]
impl<V: OverScalar, const L: usize> OverScalar for List<V, L> {
    type Scalar = V::Scalar;
}

#[diagnostic::do_not_recommend]
impl<G: GroupValues> OverScalar for G {
    type Scalar = <G as GroupValues>::Scalar;
}

/// An operator between two vectors, of references and of values.
macro_rules! between {
    ([$V:ident $($more:tt)*] $Vector:ty: $Level:ident, $Op:ident::$op:ident $sign:tt $Assign:ident::$assign:ident) => {
        #[diagnostic::do_not_recommend]
        impl<$V: OverScalar<Scalar: $Level> $($more)*> $Op<&$Vector> for &$Vector {
            type Output = $Vector;
            fn $op(self, other: &$Vector) -> $Vector {
                Algebra::$op(self, other)
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$V: OverScalar<Scalar: $Level> $($more)*> $Op<$Vector> for &$Vector {
            type Output = $Vector;
            fn $op(self, other: $Vector) -> $Vector {
                self $sign &other
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$V: OverScalar<Scalar: $Level> $($more)*> $Op<&$Vector> for $Vector {
            type Output = $Vector;
            fn $op(self, other: &$Vector) -> $Vector {
                &self $sign other
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$V: OverScalar<Scalar: $Level> $($more)*> $Op for $Vector {
            type Output = $Vector;
            fn $op(self, other: $Vector) -> $Vector {
                &self $sign &other
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$V: OverScalar<Scalar: $Level> $($more)*> $Assign<&$Vector> for $Vector {
            fn $assign(&mut self, other: &$Vector) {
                *self = &*self $sign other;
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$V: OverScalar<Scalar: $Level> $($more)*> $Assign for $Vector {
            fn $assign(&mut self, other: $Vector) {
                *self = &*self $sign &other;
            }
        }
    };
}

/// All operators of a vector.
macro_rules! operators {
    ([$V:ident $($more:tt)*] $Vector:ty) => {
        between!([$V $($more)*] $Vector: Semiring, Add::add + AddAssign::add_assign);
        between!([$V $($more)*] $Vector: Ring, Sub::sub - SubAssign::sub_assign);
        #[diagnostic::do_not_recommend]
        impl<A: Semiring, $V: Algebra<A> $($more)*> Mul<A> for &$Vector {
            type Output = $Vector;
            fn mul(self, c: A) -> $Vector {
                Algebra::scale(self, c)
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: Semiring, $V: Algebra<A> $($more)*> Mul<A> for $Vector {
            type Output = $Vector;
            fn mul(self, c: A) -> $Vector {
                &self * c
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: Semiring, $V: Algebra<A> $($more)*> MulAssign<A> for $Vector {
            fn mul_assign(&mut self, c: A) {
                *self = &*self * c;
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$V: OverScalar<Scalar: Ring> $($more)*> Neg for &$Vector {
            type Output = $Vector;
            fn neg(self) -> $Vector {
                self * -$V::Scalar::one()
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$V: OverScalar<Scalar: Ring> $($more)*> Neg for $Vector {
            type Output = $Vector;
            fn neg(self) -> $Vector {
                -&self
            }
        }
    };
}

operators!([L] TensorList<L>);
operators!([V, const L: usize] List<V, L>);
