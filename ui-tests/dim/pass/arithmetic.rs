//! Sums, differences, products and quotients of dims are dims, in decimal.
use cotangent::dim::{AddDim, Dim, DivDim, MulDim, N, N2, N3, SubDim};

fn main() {
    let _: <N<999> as AddDim<N<1>>>::Out = N2::<1, 0>;
    let _: <N2<1, 0> as SubDim<N<1>>>::Out = N::<999>;
    let _: <N2<50, 257> as MulDim<N<768>>>::Out = N3::<38, 597, 376>;
    let _: <N3<1, 0, 0> as DivDim<N2<1, 0>>>::Out = N2::<1, 0>;
    let _: <N<7> as SubDim<N<7>>>::Out = N::<0>;
    assert_eq!(<<N<768> as DivDim<N<12>>>::Out>::SIZE, 64);
}
