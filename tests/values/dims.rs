//! Dims and shapes: decimal to typenum and back, arithmetic, judgements. Most of it is checked by compiling.

use cotangent::dim::{Difference, Natural, Product, Quotient, Sum, TooLarge};
use cotangent::prelude::*;
use cotangent::shape::{
    AxisDim, BroadcastsWith, Concatenates, Count, InsertAxis, PermuteAxes, RemoveAxis,
};
use cotangent::typenum::Unsigned;

/// The size of a dim, after its typenum number has come back as the same type.
fn round_trip<D>() -> usize
where
    D: Dim<Nat: Natural<Dim = D>>,
{
    assert_eq!(D::Nat::USIZE, D::SIZE);
    D::SIZE
}

macro_rules! sizes {
    ($($($size:literal)* => $D:ty;)*) => {
        #[test]
        fn decimal_and_typenum_both_ways() {
            $(
                assert_eq!(round_trip::<$D>(), concat!($(stringify!($size)),*).parse::<usize>().unwrap());
                let _: (<shape![$($size)*] as AxisDim<Axis<0>>>::Dim,) = (<$D>::default(),);
            )*
        }
    };
}

sizes! {
    0 => N<0>;
    1 => N<1>;
    9 => N<9>;
    10 => N<10>;
    99 => N<99>;
    100 => N<100>;
    255 => N<255>;
    256 => N<256>;
    512 => N<512>;
    768 => N<768>;
    999 => N<999>;
    1000 => N2<1, 0>;
    1001 => N2<1, 1>;
    1023 => N2<1, 23>;
    1024 => N2<1, 24>;
    1025 => N2<1, 25>;
    4096 => N2<4, 96>;
    10000 => N2<10, 0>;
    50257 => N2<50, 257>;
    65535 => N2<65, 535>;
    65536 => N2<65, 536>;
    100000 => N2<100, 0>;
    999000 => N2<999, 0>;
    999999 => N2<999, 999>;
    1000000 => N3<1, 0, 0>;
    1000001 => N3<1, 0, 1>;
    1048576 => N3<1, 48, 576>;
    1234567 => N3<1, 234, 567>;
    10000000 => N3<10, 0, 0>;
    16777216 => N3<16, 777, 216>;
    123456789 => N3<123, 456, 789>;
    536870912 => N3<536, 870, 912>;
    900000000 => N3<900, 0, 0>;
    999000999 => N3<999, 0, 999>;
    999999999 => N3<999, 999, 999>;
}

/// Arithmetic with its result written out: another type on the right would not compile.
#[test]
fn sums_products_quotients_differences() {
    let _: Sum<N<0>, N<0>> = N::<0>;
    let _: Sum<N<999>, N<1>> = N2::<1, 0>;
    let _: Sum<N2<999, 999>, N<1>> = N3::<1, 0, 0>;
    let _: Sum<N3<500, 0, 0>, N3<499, 999, 999>> = N3::<999, 999, 999>;
    let _: Product<N<32>, N<0>> = N::<0>;
    let _: Product<N<32>, N<32>> = N2::<1, 24>;
    let _: Product<N<100>, N<784>> = N2::<78, 400>;
    let _: Product<N2<31, 622>, N2<31, 622>> = N3::<999, 950, 884>;
    let _: Difference<N2<1, 0>, N<1>> = N::<999>;
    let _: Difference<N3<1, 0, 0>, N2<999, 999>> = N::<1>;
    let _: Difference<N<7>, N<7>> = N::<0>;
    let _: Quotient<N<768>, N<12>> = N::<64>;
    let _: Quotient<N3<999, 999, 999>, N<9>> = N3::<111, 111, 111>;
    let _: Quotient<N<0>, N<5>> = N::<0>;
}

#[test]
fn from_a_billion_on_there_is_one_dim() {
    let _: Sum<N3<999, 999, 999>, N<1>> = TooLarge;
    let _: Sum<N3<999, 999, 999>, N3<999, 999, 999>> = TooLarge;
    let _: Product<N2<31, 623>, N2<31, 623>> = TooLarge;
    let _: Product<N2<999, 999>, N2<999, 999>> = TooLarge;
    let _: Product<N3<333, 333, 333>, N<3>> = N3::<999, 999, 999>;
    let _: Product<TooLarge, N<1>> = TooLarge;
    let _: Sum<N<0>, TooLarge> = TooLarge;
    let _: <shape![1000, 1000, 1000] as Count>::Size = TooLarge;
    assert_eq!(<shape![3, 1000 * 1000 * 999]>::SIZE, 2_997_000_000);
}

/// Sums and products of all kinds of sizes, against those of numbers.
#[test]
fn sums_and_products_are_those_of_numbers() {
    macro_rules! pairs {
        ($([$($a:ty),*] $b:ty;)*) => {$($(
            let (a, b) = (<$a>::SIZE, <$b>::SIZE);
            let size = |n: usize| if n < 1_000_000_000 { n } else { usize::MAX };
            assert_eq!(<Sum<$a, $b>>::SIZE, size(a + b));
            assert_eq!(<Product<$a, $b>>::SIZE, size(a * b));
            assert_eq!(<Product<$b, $a>>::SIZE, size(a * b));
        )*)*};
    }
    pairs! {
        [N<0>, N<1>, N<7>, N<500>, N<999>, N2<1, 0>, N2<511, 512>, N2<999, 999>, N3<1, 0, 1>] N<0>;
        [N<1>, N<7>, N<500>, N<999>, N2<1, 0>, N2<511, 512>, N2<999, 999>, N3<1, 0, 1>] N<1>;
        [N<7>, N<500>, N<999>, N2<1, 0>, N2<511, 512>, N2<999, 999>, N3<1, 0, 1>] N<999>;
        [N<7>, N<500>, N<999>, N2<1, 0>, N2<511, 512>, N2<999, 999>, N3<1, 0, 1>] N2<1, 1>;
        [N<7>, N<500>, N<999>, N2<1, 0>, N2<511, 512>, N2<999, 999>, N3<1, 0, 1>] N3<143, 0, 2>;
    }
}

const HIDDEN: usize = 1024;
const SMALL: usize = 3;
mod config {
    pub(super) const LARGE: usize = 123_456_789;
}

#[test]
fn a_constant_of_any_size_is_a_dim() {
    let _: shape![HIDDEN, SMALL, config::LARGE] = (N2::<1, 24>, N::<3>, N3::<123, 456, 789>);
    let _: shape![2 * HIDDEN, { HIDDEN - 24 }, { SMALL }] = (N2::<2, 48>, N2::<1, 0>, N::<3>);
}

/// In generic code numbers are last, and sums and products are what the ops make of the axes.
#[test]
fn generic_sums_and_products_have_one_spelling() {
    fn same<D: Dim, E: Dim>() {
        let _: shape![4 * D, 1 + D + 2] = <shape![D * 4, D + 3]>::default();
        let _: <shape![6, D, E] as Count>::Size =
            <shape![D * 2 * E * 3] as AxisDim<Axis<0>>>::Dim::default();
        let _: shape![D * HIDDEN, HIDDEN + D] = <shape![1024 * D, D + 1024]>::default();
        let _: shape![2 * HIDDEN * D, 4 * (D * E)] = <shape![2048 * D, 4 * D * E]>::default();
        let _: <(shape![D, 3], shape![E, 3]) as Concatenates<Axis<0>>>::Out =
            <shape![D + E, 3]>::default();
        let _: <(shape![1, 3], shape![D, 3]) as Concatenates<Axis<0>>>::Out =
            <shape![D + 1, 3]>::default();
    }
    same::<N<2>, N<3>>();
}

#[test]
fn judgements_compute_shapes() {
    let _: <shape![] as Count>::Size = N::<1>;
    let _: <shape![2, 3, 4, 5, 6, 7] as Count>::Size = N2::<5, 40>;
    let _: <shape![2, 3, 4, 5, 6, 7] as RemoveAxis<Axis<5>>>::Out =
        <shape![2, 3, 4, 5, 6]>::default();
    let _: <shape![2, 3, 4] as RemoveAxis<Axis<0>>>::Out = <shape![3, 4]>::default();
    let _: <shape![5] as RemoveAxis<Axis<0>>>::Out = ();
    let _: <shape![2, 3] as InsertAxis<Axis<0>, N<9>>>::Out = <shape![9, 2, 3]>::default();
    let _: <shape![2, 3] as InsertAxis<Axis<2>, N<9>>>::Out = <shape![2, 3, 9]>::default();
    let _: <shape![1, 2, 3, 4, 5, 6] as PermuteAxes<(
        Axis<5>,
        Axis<0>,
        Axis<4>,
        Axis<1>,
        Axis<3>,
        Axis<2>,
    )>>::Out = <shape![6, 1, 5, 2, 4, 3]>::default();
    let _: <(shape![999, 3], shape![2, 3]) as Concatenates<Axis<0>>>::Out =
        <shape![1001, 3]>::default();
    let _: <shape![] as BroadcastsWith<shape![4, 3]>>::Larger = <shape![4, 3]>::default();
    let _: <shape![4, 3] as BroadcastsWith<shape![4, 3]>>::Larger = <shape![4, 3]>::default();
    let _: <shape![3] as BroadcastsWith<shape![5, 4, 3]>>::Larger = <shape![5, 4, 3]>::default();
    assert_eq!(<shape![50257, 768]>::DIMS, &[50_257, 768]);
    assert_eq!(<shape![50257, 768]>::SIZE, 38_597_376);
}

#[test]
fn generic_code_covers_every_dim() {
    fn rows<B: Dim>() -> usize {
        <shape![B, 3]>::DIMS[0]
    }
    fn below_a_thousand<const B: usize>() -> usize
    where
        N<B>: Dim,
    {
        <shape![{ B }, 3]>::SIZE
    }
    assert_eq!(rows::<N2<1, 0>>(), 1000);
    assert_eq!(below_a_thousand::<32>(), 96);
}
