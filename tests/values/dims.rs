//! Dims and shapes: decimal to typenum and back, arithmetic, judgements. Most of it is checked by compiling.

use cotangent::dim::{AddDim, Decimal, DivDim, MulDim, SubDim};
use cotangent::prelude::*;
use cotangent::shape::{
    AxisDim, BroadcastsWith, ConcatenatesWith, Count, InsertAxis, PermuteAxes, RemoveAxis,
};
use cotangent::typenum::Unsigned;

/// The size of a dim, after its typenum number has come back as the same type.
fn round_trip<D>() -> usize
where
    D: Dim<Nat: Decimal<Dim = D>>,
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
    let _: <N<0> as AddDim<N<0>>>::Out = N::<0>;
    let _: <N<999> as AddDim<N<1>>>::Out = N2::<1, 0>;
    let _: <N2<999, 999> as AddDim<N<1>>>::Out = N3::<1, 0, 0>;
    let _: <N3<500, 0, 0> as AddDim<N3<499, 999, 999>>>::Out = N3::<999, 999, 999>;
    let _: <N<32> as MulDim<N<0>>>::Out = N::<0>;
    let _: <N<32> as MulDim<N<32>>>::Out = N2::<1, 24>;
    let _: <N<100> as MulDim<N<784>>>::Out = N2::<78, 400>;
    let _: <N2<31, 622> as MulDim<N2<31, 622>>>::Out = N3::<999, 950, 884>;
    let _: <N2<1, 0> as SubDim<N<1>>>::Out = N::<999>;
    let _: <N3<1, 0, 0> as SubDim<N2<999, 999>>>::Out = N::<1>;
    let _: <N<7> as SubDim<N<7>>>::Out = N::<0>;
    let _: <N<768> as DivDim<N<12>>>::Out = N::<64>;
    let _: <N3<999, 999, 999> as DivDim<N<9>>>::Out = N3::<111, 111, 111>;
    let _: <N<0> as DivDim<N<5>>>::Out = N::<0>;
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
    let _: <shape![999, 3] as ConcatenatesWith<Axis<0>, shape![2, 3]>>::Out =
        <shape![1001, 3]>::default();
    let _: <shape![] as BroadcastsWith<shape![4, 3]>>::Out = <shape![4, 3]>::default();
    let _: <shape![4, 3] as BroadcastsWith<shape![4, 3]>>::Out = <shape![4, 3]>::default();
    let _: <shape![3] as BroadcastsWith<shape![5, 4, 3]>>::Out = <shape![5, 4, 3]>::default();
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
