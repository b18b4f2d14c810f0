//! Dims as types: numbers in digits of base 1,000, and their sums and products.
//!
//! A sum or a product goes from the dims to binary numbers, typenum's, and back to decimal digits. Each step is an
//! associated type of a trait that has it for all types, so there is nothing to prove: `D: Dim` is all that generic code
//! says. Back to digits goes by doubling: a number is its upper bits' digits doubled, and its last bit. Stable Rust
//! cannot compute a const argument from another in generic code, so that the double of each digit is in a table.

use core::fmt::Debug;
use core::hash::Hash;
use core::marker::PhantomData;
use typenum::{B0, B1, Bit, NonZero, U0, U1, U1000, UInt, UTerm, Unsigned, consts::U1073741824};

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

/// What every sum and product from 1,000,000,000 on is. It equals no dim that has a size, and no tensor has it: a shape
/// with it is a type, for generic code has to have one, and an error of the compiler where it is used.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::dim::{Product, TooLarge};
/// let _: Product<N2<50, 0>, N2<50, 0>> = TooLarge;
/// ```
/// ```compile_fail
/// use cotangent::prelude::*;
/// fn squares<D: Dim>() -> Tensor<f64, shape![D * D]> {
///     Tensor::zeros()
/// }
/// squares::<N2<50, 0>>(); // a shape has a sum or a product of dims that is 1,000,000,000 or more
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TooLarge;

/// A size known to the compiler: `N<_>`, `N2<_, _>` or `N3<_, _, _>`.
///
/// Code over any size, and over sums and products of sizes, which are dims too:
/// ```
/// use cotangent::prelude::*;
/// fn mean<D: Dim>(x: &Tensor<f64, shape![2 * D]>) -> f64 {
///     x.as_slice().iter().sum::<f64>() / (2 * D::SIZE) as f64
/// }
/// assert_eq!(mean::<N<1>>(&Tensor::from([1.0, 3.0])), 2.0);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dim",
    label = "5 is `N<5>` and 1,000 is `N2<1, 0>`: `shape![1000]` writes it for you; docs/errors.md#d01"
)]
pub trait Dim: Copy + Debug + Default + Eq + Hash + Send + Sync + Sized + Unpin + 'static {
    /// The size as a number. That of [`TooLarge`] is `usize::MAX`.
    const SIZE: usize;
    /// The size as a typenum number.
    type Nat: Natural;
    /// The same, and no number where there is no size: differences, quotients and windows are computed from it.
    #[doc(hidden)]
    type Exact;
    /// `Self * E`, which `shape![D * E]` writes.
    type Times<E: Dim>: Dim;
    /// `Self + E`, which `shape![D + E]` writes.
    type Plus<E: Dim>: Dim;
    /// `Number * Self`. A product with a number in front comes to this, so that a message about it is short.
    #[doc(hidden)]
    type TimesNumber<Number: Dim>: Dim;
    /// `Number + Self`.
    #[doc(hidden)]
    type PlusNumber<Number: Dim>: Dim;
}

/// The sums and products of a number.
macro_rules! sums_and_products {
    () => {
        type Times<E: Dim> = E::TimesNumber<Self>;
        type Plus<E: Dim> = E::PlusNumber<Self>;
        type TimesNumber<L: Dim> = <<L::Nat as Natural>::Times<Self::Nat> as Natural>::Dim;
        type PlusNumber<L: Dim> = <<L::Nat as Natural>::Plus<Self::Nat> as Natural>::Dim;
    };
}

#[diagnostic::do_not_recommend]
impl<const A: usize> Dim for N<A>
where
    N<A>: Small,
{
    const SIZE: usize = A;
    type Nat = <N<A> as Small>::Nat;
    type Exact = Self::Nat;
    sums_and_products!();
}

#[diagnostic::do_not_recommend]
impl<const A: usize, const B: usize> Dim for N2<A, B>
where
    N<A>: Leading,
    N<B>: Small,
{
    const SIZE: usize = A * 1000 + B;
    type Nat = Joined<<N<A> as Small>::Nat, B>;
    type Exact = Self::Nat;
    sums_and_products!();
}

#[diagnostic::do_not_recommend]
impl<const A: usize, const B: usize, const C: usize> Dim for N3<A, B, C>
where
    N<A>: Leading,
    N<B>: Small,
    N<C>: Small,
{
    const SIZE: usize = A * 1_000_000 + B * 1000 + C;
    type Nat = Joined<Joined<<N<A> as Small>::Nat, B>, C>;
    type Exact = Self::Nat;
    sums_and_products!();
}

#[diagnostic::do_not_recommend]
impl Dim for TooLarge {
    const SIZE: usize = usize::MAX;
    // 2^30. With it a sum is too large again, and so is each product but that with 0.
    type Nat = U1073741824;
    type Exact = TooLarge;
    sums_and_products!();
}

/// A number and one more digit.
type Joined<Upper, const B: usize> =
    <<Upper as Natural>::Times<U1000> as Natural>::Plus<<N<B> as Small>::Nat>;

/// A digit of base 1,000: `N<0>` to `N<999>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dim",
    label = "1,000 is `N2<1, 0>`: `shape![1000]` writes it for you; docs/errors.md#d01"
)]
pub trait Small: 'static {
    /// The digit as a typenum number.
    type Nat: Natural;
    /// Twice the digit, without what is carried.
    type Twice: Small;
    /// Twice the digit and one, without what is carried.
    type TwicePlus1: Small;
    /// What is carried from either.
    type Carried: BinaryDigit;
    /// The dim of this digit.
    type One: Dim;
    /// The dim of this digit and `L`, or of `L` where this is 0.
    type Lead2<L: Small>: Dim;
    /// The dim of this digit, `M` and `L`, without leading zeros.
    type Lead3<M: Small, L: Small>: Dim;
    /// `N2<A, self>`.
    type Low2<const A: usize>: Dim
    where
        N<A>: Leading;
    /// `N3<A, self, L>`.
    type Mid3<const A: usize, L: Small>: Dim
    where
        N<A>: Leading;
    /// `N3<A, B, self>`.
    type Low3<const A: usize, const B: usize>: Dim
    where
        N<A>: Leading,
        N<B>: Small;
}

/// The dim of three digits, without leading zeros: what the macros make of a constant.
pub type OfDigits<const H: usize, const M: usize, const L: usize> =
    <N<H> as Small>::Lead3<N<M>, N<L>>;

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

/// A typenum number: its sums and products, and the dim that it is.
pub trait Natural: Unsigned + 'static {
    /// `Self + R`.
    type Plus<R: Natural>: Natural;
    /// `(2 U + B) + Self`.
    type PlusBits<U: Natural, B: BinaryDigit>: Natural;
    /// `Self + 1`.
    type Successor: Natural;
    /// `2 Self`.
    type Twice: Natural;
    /// `Self * R`.
    type Times<R: Natural>: Natural;
    /// Its digits.
    type Digits: Decimal;
    /// The dim of this size, or [`TooLarge`].
    type Dim: Dim;
}

impl Natural for UTerm {
    type Plus<R: Natural> = R;
    type PlusBits<U: Natural, B: BinaryDigit> = UInt<U, B>;
    type Successor = U1;
    type Twice = U0;
    type Times<R: Natural> = U0;
    type Digits = Digits<N<0>, N<0>, N<0>>;
    type Dim = N<0>;
}

impl<U: Natural, B: BinaryDigit> Natural for UInt<U, B> {
    type Plus<R: Natural> = R::PlusBits<U, B>;
    type PlusBits<V: Natural, C: BinaryDigit> = B::Sum<C, U, V>;
    type Successor = B::AddedTo<U>;
    type Twice = UInt<UInt<U, B>, B0>;
    type Times<R: Natural> = B::Shifted<U::Times<R>, R>;
    type Digits = <U::Digits as Decimal>::Doubled<B>;
    type Dim = <Self::Digits as Decimal>::Dim;
}

/// A binary digit, and what depends on which it is.
pub trait BinaryDigit: Bit + 'static {
    /// `(2 U + Self) + (2 V + C)`.
    type Sum<C: BinaryDigit, U: Natural, V: Natural>: Natural;
    /// `(2 U + Self) + (2 V + 1)`.
    type SumWith1<U: Natural, V: Natural>: Natural;
    /// `(2 U + Self) + 1`.
    type AddedTo<U: Natural>: Natural;
    /// `2 P + Self * R`: a step of a product.
    type Shifted<P: Natural, R: Natural>: Natural;
    /// The last digit of `2 L + Self`.
    type LastOf<L: Small>: Small;
    /// `T`, or too large if this is carried out of it.
    type CarriedOut<T: Decimal>: Decimal;
}

impl BinaryDigit for B0 {
    type Sum<C: BinaryDigit, U: Natural, V: Natural> = UInt<U::Plus<V>, C>;
    type SumWith1<U: Natural, V: Natural> = UInt<U::Plus<V>, B1>;
    type AddedTo<U: Natural> = UInt<U, B1>;
    type Shifted<P: Natural, R: Natural> = P::Twice;
    type LastOf<L: Small> = L::Twice;
    type CarriedOut<T: Decimal> = T;
}

impl BinaryDigit for B1 {
    type Sum<C: BinaryDigit, U: Natural, V: Natural> = C::SumWith1<U, V>;
    type SumWith1<U: Natural, V: Natural> = UInt<<U::Plus<V> as Natural>::Successor, B0>;
    type AddedTo<U: Natural> = UInt<U::Successor, B0>;
    type Shifted<P: Natural, R: Natural> = <P::Twice as Natural>::Plus<R>;
    type LastOf<L: Small> = L::TwicePlus1;
    type CarriedOut<T: Decimal> = TooLarge;
}

/// A number in digits, or one without.
pub trait Decimal {
    /// `2 Self + B`.
    type Doubled<B: BinaryDigit>: Decimal;
    /// The dim of these digits.
    type Dim: Dim;
}

/// Three digits of base 1,000, the most significant first.
pub struct Digits<H, M, L>(PhantomData<(H, M, L)>);

impl<H: Small, M: Small, L: Small> Decimal for Digits<H, M, L> {
    type Doubled<B: BinaryDigit> = <H::Carried as BinaryDigit>::CarriedOut<
        Digits<
            <M::Carried as BinaryDigit>::LastOf<H>,
            <L::Carried as BinaryDigit>::LastOf<M>,
            B::LastOf<L>,
        >,
    >;
    type Dim = H::Lead3<M, L>;
}

impl Decimal for TooLarge {
    type Doubled<B: BinaryDigit> = TooLarge;
    type Dim = TooLarge;
}
