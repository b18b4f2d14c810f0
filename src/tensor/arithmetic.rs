//! Sums, differences, products and quotients of tensors, element by element.

use super::{Tensor, slices};
use crate::scalar::{Field, Ring, Semiring};
use crate::shape::{SameShape, Shape};
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

/// The vector space of the tensors of one shape. The operators do the same, and more: see [`Tensor`].
///
/// ```
/// use cotangent::prelude::*;
/// let (w, dw) = (Tensor::from([1.0, 2.0]), Tensor::from([10.0, 0.0]));
/// assert_eq!(w.sub(&dw.scale(0.5)), Tensor::from([-4.0, 2.0]));
/// assert_eq!(w.add(&dw), Tensor::from([11.0, 2.0]));
/// ```
impl<A, S: Shape> Tensor<A, S> {
    /// The sum, element by element.
    pub fn add(&self, other: &Self) -> Self
    where
        A: Semiring,
    {
        self + other
    }

    /// The difference, element by element.
    pub fn sub(&self, other: &Self) -> Self
    where
        A: Ring,
    {
        self - other
    }

    /// Each element times `c`.
    pub fn scale(&self, c: A) -> Self
    where
        A: Semiring,
    {
        self * c
    }

    /// The sum of the products of the elements: the inner product of two tensors.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// assert_eq!(Tensor::from([1.0, 2.0]).dot(&Tensor::from([3.0, 4.0])), 11.0);
    /// ```
    pub fn dot(&self, other: &Self) -> A
    where
        A: Semiring,
    {
        slices::dot(&self.data, &other.data)
    }
}

/// The operators, of references and of values. The shapes are two types, so that rustc says the sentence of the judgement
/// where they differ.
macro_rules! operators {
    ($($Level:ident $Op:ident::$op:ident $sign:tt $Assign:ident::$assign:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<A: $Level, S: SameShape<T>, T> $Op<&Tensor<A, T>> for &Tensor<A, S> {
            type Output = Tensor<A, S>;
            fn $op(self, other: &Tensor<A, T>) -> Tensor<A, S> {
                let op = |x: &A, y: &A| x.clone() $sign y.clone();
                Tensor::from_vec_of_size(slices::zip(&self.data, &other.data, op))
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level, S: SameShape<T>, T> $Op<Tensor<A, T>> for &Tensor<A, S> {
            type Output = Tensor<A, S>;
            fn $op(self, other: Tensor<A, T>) -> Tensor<A, S> {
                self $sign &other
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level, S: SameShape<T>, T> $Op<&Tensor<A, T>> for Tensor<A, S> {
            type Output = Self;
            fn $op(self, other: &Tensor<A, T>) -> Self {
                &self $sign other
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level, S: SameShape<T>, T> $Op<Tensor<A, T>> for Tensor<A, S> {
            type Output = Self;
            fn $op(self, other: Tensor<A, T>) -> Self {
                &self $sign &other
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level, S: Shape> $Op<A> for &Tensor<A, S> {
            type Output = Tensor<A, S>;
            fn $op(self, c: A) -> Tensor<A, S> {
                let op = |x: &A| x.clone() $sign c.clone();
                Tensor::from_vec_of_size(slices::map(&self.data, op))
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level, S: Shape> $Op<A> for Tensor<A, S> {
            type Output = Self;
            fn $op(self, c: A) -> Self {
                &self $sign c
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level, S: SameShape<T>, T> $Assign<&Tensor<A, T>> for Tensor<A, S> {
            fn $assign(&mut self, other: &Tensor<A, T>) {
                *self = &*self $sign other;
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level, S: SameShape<T>, T> $Assign<Tensor<A, T>> for Tensor<A, S> {
            fn $assign(&mut self, other: Tensor<A, T>) {
                *self = &*self $sign &other;
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level, S: Shape> $Assign<A> for Tensor<A, S> {
            fn $assign(&mut self, c: A) {
                *self = &*self $sign c;
            }
        }
        scalar_first!(f32 $Op::$op $sign);
        scalar_first!(f64 $Op::$op $sign);
    )*};
}

/// `2.0 * x`: of the floats only, since an operator of another crate's type has to name a type of this one.
macro_rules! scalar_first {
    ($F:ident $Op:ident::$op:ident $sign:tt) => {
        #[diagnostic::do_not_recommend]
        impl<S: Shape> $Op<&Tensor<$F, S>> for $F {
            type Output = Tensor<$F, S>;
            fn $op(self, x: &Tensor<$F, S>) -> Tensor<$F, S> {
                Tensor::from_vec_of_size(slices::map(&x.data, |x| self $sign x))
            }
        }
        #[diagnostic::do_not_recommend]
        impl<S: Shape> $Op<Tensor<$F, S>> for $F {
            type Output = Tensor<$F, S>;
            fn $op(self, x: Tensor<$F, S>) -> Tensor<$F, S> {
                self $sign &x
            }
        }
    };
}

operators! {
    Semiring Add::add + AddAssign::add_assign;
    Ring Sub::sub - SubAssign::sub_assign;
    Semiring Mul::mul * MulAssign::mul_assign;
    Field Div::div / DivAssign::div_assign;
}

#[diagnostic::do_not_recommend]
impl<A: Ring, S: Shape> Neg for &Tensor<A, S> {
    type Output = Tensor<A, S>;
    fn neg(self) -> Tensor<A, S> {
        Tensor::from_vec_of_size(slices::map(&self.data, |x| -x.clone()))
    }
}

#[diagnostic::do_not_recommend]
impl<A: Ring, S: Shape> Neg for Tensor<A, S> {
    type Output = Self;
    fn neg(self) -> Self {
        -&self
    }
}
