use cotangent::dim::{Dim, MulDim, N2};

fn area<H: MulDim<W>, W: Dim>() -> H::Out {
    H::Out::default()
}

fn main() {
    area::<N2<50, 0>, N2<50, 0>>();
}
