use cotangent::dim::{DivDim, N};

type Head = <N<768> as DivDim<N<12>>>::Out;

fn main() {
    let _: Head = N::<63>;
}
