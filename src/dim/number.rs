//! Dims as types: numbers in digits of base 1,000.

use core::fmt::Debug;
use core::hash::Hash;
use core::ops::{Add, Mul};
use typenum::{NonZero, Prod, U1000, Unsigned};

/// A size below 1,000: `N<784>`.
///
/// ```
/// use cotangent::prelude::*;
/// assert_eq!(<N<784> as Dim>::SIZE, 784);
/// let _: shape![784] = (N::<784>,);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct N<const A: usize>;

/// A size below 1,000,000, in digits of base 1,000: `N2<50, 257>` is 50,257.
///
/// ```
/// use cotangent::prelude::*;
/// assert_eq!(<N2<50, 257> as Dim>::SIZE, 50_257);
/// let _: shape![50257] = (N2::<50, 257>,);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct N2<const A: usize, const B: usize>;

/// A size below 1,000,000,000, in digits of base 1,000: `N3<1, 234, 567>` is 1,234,567.
///
/// ```
/// use cotangent::prelude::*;
/// assert_eq!(<N3<1, 234, 567> as Dim>::SIZE, 1_234_567);
/// let _: shape![1234567] = (N3::<1, 234, 567>,);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct N3<const A: usize, const B: usize, const C: usize>;

/// A digit of base 1,000: `N<0>` to `N<999>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dim",
    label = "1,000 is `N2<1, 0>`: `shape![1000]` writes it for you; docs/errors.md#d01"
)]
pub trait Small {
    /// The digit as a typenum number.
    type Nat: Unsigned;
}

/// A first digit: `N<1>` to `N<999>`. A leading zero would give one size two spellings.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot lead a dim",
    label = "one size has one spelling: write `N<5>`, not `N2<0, 5>`; docs/errors.md#d01"
)]
pub trait Leading: Small {}

#[diagnostic::do_not_recommend]
impl<const A: usize> Leading for N<A>
where
    N<A>: Small,
    <N<A> as Small>::Nat: NonZero,
{
}

/// A size known to the compiler: `N<_>`, `N2<_, _>` or `N3<_, _, _>`.
///
/// Code over any size:
/// ```
/// use cotangent::prelude::*;
/// use cotangent::typenum::Unsigned;
/// fn mean<D: Dim>(x: &Tensor<f64, (D,)>) -> f64 {
///     x.as_slice().iter().sum::<f64>() / D::SIZE as f64
/// }
/// assert_eq!(mean(&Tensor::from([1.0, 2.0, 6.0])), 3.0);
/// assert_eq!(<<N<784> as Dim>::Nat as Unsigned>::USIZE, 784);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dim",
    label = "5 is `N<5>` and 1,000 is `N2<1, 0>`: `shape![1000]` writes it for you; docs/errors.md#d01"
)]
pub trait Dim: Copy + Debug + Default + Eq + Hash + Send + Sync + Sized + Unpin + 'static {
    /// The size as a number.
    const SIZE: usize;
    /// The size as a typenum number.
    type Nat: Unsigned;
}

#[diagnostic::do_not_recommend]
impl<const A: usize> Dim for N<A>
where
    N<A>: Small,
{
    const SIZE: usize = A;
    type Nat = <N<A> as Small>::Nat;
}

#[diagnostic::do_not_recommend]
impl<const A: usize, const B: usize> Dim for N2<A, B>
where
    N<A>: Leading,
    N<B>: Small,
    <N<A> as Small>::Nat: Mul<U1000>,
    Prod<<N<A> as Small>::Nat, U1000>: Add<<N<B> as Small>::Nat>,
    typenum::Sum<Prod<<N<A> as Small>::Nat, U1000>, <N<B> as Small>::Nat>: Unsigned,
{
    const SIZE: usize = A * 1000 + B;
    type Nat = typenum::Sum<Prod<<N<A> as Small>::Nat, U1000>, <N<B> as Small>::Nat>;
}

/// `A * 1000 + B`, the two upper digits of an [`N3`].
type Upper<const A: usize, const B: usize> =
    typenum::Sum<Prod<<N<A> as Small>::Nat, U1000>, <N<B> as Small>::Nat>;

#[diagnostic::do_not_recommend]
impl<const A: usize, const B: usize, const C: usize> Dim for N3<A, B, C>
where
    N<A>: Leading,
    N<B>: Small,
    N<C>: Small,
    <N<A> as Small>::Nat: Mul<U1000>,
    Prod<<N<A> as Small>::Nat, U1000>: Add<<N<B> as Small>::Nat>,
    Upper<A, B>: Mul<U1000>,
    Prod<Upper<A, B>, U1000>: Add<<N<C> as Small>::Nat>,
    typenum::Sum<Prod<Upper<A, B>, U1000>, <N<C> as Small>::Nat>: Unsigned,
{
    const SIZE: usize = A * 1_000_000 + B * 1000 + C;
    type Nat = typenum::Sum<Prod<Upper<A, B>, U1000>, <N<C> as Small>::Nat>;
}
