//! The `approx` traits: comparison up to a tolerance, element by element.

use super::{AnyTensor, Tensor};
use approx::{AbsDiffEq, RelativeEq, UlpsEq};

/// Compares the elements of two tensors with one of the `approx` traits.
macro_rules! close {
    ([$($S:ident)?] $T:ty, $same_dims:expr) => {
        impl<A: AbsDiffEq<Epsilon: Clone> $(, $S)?> AbsDiffEq for $T {
            type Epsilon = A::Epsilon;
            fn default_epsilon() -> A::Epsilon {
                A::default_epsilon()
            }
            fn abs_diff_eq(&self, other: &Self, epsilon: A::Epsilon) -> bool {
                $same_dims(self, other)
                    && self.data().iter().zip(other.data()).all(|(x, y)| x.abs_diff_eq(y, epsilon.clone()))
            }
        }
        impl<A: RelativeEq<Epsilon: Clone> $(, $S)?> RelativeEq for $T {
            fn default_max_relative() -> A::Epsilon {
                A::default_max_relative()
            }
            fn relative_eq(&self, other: &Self, epsilon: A::Epsilon, relative: A::Epsilon) -> bool {
                $same_dims(self, other)
                    && self
                        .data()
                        .iter()
                        .zip(other.data())
                        .all(|(x, y)| x.relative_eq(y, epsilon.clone(), relative.clone()))
            }
        }
        impl<A: UlpsEq<Epsilon: Clone> $(, $S)?> UlpsEq for $T {
            fn default_max_ulps() -> u32 {
                A::default_max_ulps()
            }
            fn ulps_eq(&self, other: &Self, epsilon: A::Epsilon, ulps: u32) -> bool {
                $same_dims(self, other)
                    && self.data().iter().zip(other.data()).all(|(x, y)| x.ulps_eq(y, epsilon.clone(), ulps))
            }
        }
    };
}

impl<A, S> Tensor<A, S> {
    fn data(&self) -> &[A] {
        &self.data
    }
}

impl<A> AnyTensor<A> {
    fn data(&self) -> &[A] {
        self.as_slice()
    }
}

close!([S] Tensor<A, S>, |_: &Self, _: &Self| true);
close!([] AnyTensor<A>, |x: &Self, y: &Self| x.dims() == y.dims());
