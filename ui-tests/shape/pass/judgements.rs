//! The judgements of the crate, as bounds of functions of one's own.
use cotangent::dim::{N, N2};
use cotangent::prelude::*;
use cotangent::shape::{BroadcastsWith, Concatenates, Count, PermuteAxes, RemoveAxis};

fn main() {
    let _: <shape![32, 10] as BroadcastsWith<shape![10]>>::Larger = (N::<32>, N::<10>);
    let _: <(shape![2, 999], shape![2, 1]) as Concatenates<Axis<1>>>::Out = (N::<2>, N2::<1, 0>);
    let _: <shape![2, 3, 4] as RemoveAxis<Axis<1>>>::Out = (N::<2>, N::<4>);
    let _: <shape![2, 3, 4] as PermuteAxes<(Axis<2>, Axis<0>, Axis<1>)>>::Out =
        (N::<4>, N::<2>, N::<3>);
    let _: <shape![100, 784] as Count>::Size = N2::<78, 400>;
}
