//! Sums, differences, products and quotients of dims are dims, in decimal.
use cotangent::dim::{Difference, Dim, N, N2, N3, Product, Quotient, Sum, TooLarge};

fn main() {
    let _: Sum<N<999>, N<1>> = N2::<1, 0>;
    let _: Difference<N2<1, 0>, N<1>> = N::<999>;
    let _: Product<N2<50, 257>, N<768>> = N3::<38, 597, 376>;
    let _: Quotient<N3<1, 0, 0>, N2<1, 0>> = N2::<1, 0>;
    let _: Difference<N<7>, N<7>> = N::<0>;
    assert_eq!(<Quotient<N<768>, N<12>>>::SIZE, 64);
    // From a billion on they are one.
    let _: Product<N2<50, 0>, N2<50, 0>> = TooLarge;
}
