//! The operators of lists: those of a vector space.

use super::{Algebra, Elementwise, GroupValues, List, TensorList};
use crate::scalar::{Field, Ring, Semiring};
use crate::shape::Shape;
use crate::tensor::Tensor;
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};
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

/// `2.0 * x`: of the floats only, since an operator of another crate's type has to name a type of this one.
macro_rules! number_first {
    ($F:ident [$V:ident $($more:tt)*] $Vector:ty) => {
        #[diagnostic::do_not_recommend]
        impl<$V: Algebra<$F> $($more)*> Mul<&$Vector> for $F {
            type Output = $Vector;
            fn mul(self, x: &$Vector) -> $Vector {
                x * self
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$V: Algebra<$F> $($more)*> Mul<$Vector> for $F {
            type Output = $Vector;
            fn mul(self, x: $Vector) -> $Vector {
                x * self
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
        impl<A: Field, $V: Elementwise<A> $($more)*> Div<A> for &$Vector {
            type Output = $Vector;
            fn div(self, c: A) -> $Vector {
                self.map_each(&mut |x| x.clone() / c.clone())
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: Field, $V: Elementwise<A> $($more)*> Div<A> for $Vector {
            type Output = $Vector;
            fn div(self, c: A) -> $Vector {
                &self / c
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: Field, $V: Elementwise<A> $($more)*> DivAssign<A> for $Vector {
            fn div_assign(&mut self, c: A) {
                *self = &*self / c;
            }
        }
        number_first!(f32 [$V $($more)*] $Vector);
        number_first!(f64 [$V $($more)*] $Vector);
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
