//! The kernels of the functions, for each level of the tower: those of the level and of the levels below.

use super::binary::{Binary, each_binary};
use super::function::RealFunction;
use super::unary::{Unary, each_unary};
use super::{
    arithmetic, error_function, exponential, hyperbolic, order, power, root, trigonometric,
};
use crate::scalar::level_types::levels;
use crate::scalar::tower::{Field, OrderedField, Real, Ring, Semiring};

/// For each level, by its own name, the kernel of a function by name. What is above the level has none there.
macro_rules! kernels {
    ($Functions:ident $method:ident ($Arguments:ty) [$($F:ident in $family:ident,)*]) => {};
    (
        $Functions:ident $method:ident ($Arguments:ty) [$($F:ident in $family:ident,)*]
        $Level:ident { $($(#[$doc:meta])* $G:ident in $g:ident,)* }
        $($Above:ident { $($(#[$docs:meta])* $H:ident in $h:ident,)* })*
    ) => {
        impl levels::$Level {
            pub(in crate::scalar) fn $method<A: $Level>(f: $Functions, x: $Arguments) -> Option<Vec<A>> {
                match f {
                    $($Functions::$F => $family::$F::kernel(x),)*
                    $($Functions::$G => $g::$G::kernel(x),)*
                    $($($Functions::$H => None,)*)*
                }
            }
        }
        kernels! {
            $Functions $method ($Arguments) [$($F in $family,)* $($G in $g,)*]
            $($Above { $($H in $h,)* })*
        }
    };
}

macro_rules! unary_kernels {
    ([] $($Level:ident $functions:tt)* ; $Real:ident $of_reals:tt) => {
        kernels! { Unary unary_kernel (&[A]) [] $($Level $functions)* $Real $of_reals }
    };
}

macro_rules! binary_kernels {
    ([] $($Level:ident $functions:tt)*) => {
        kernels! { Binary binary_kernel ([&[A]; 2]) [] $($Level $functions)* }
    };
}

each_unary!(unary_kernels);
each_binary!(binary_kernels);
