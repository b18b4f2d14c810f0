use cotangent::dim::{Dim, N, SubDim};

fn rest<Whole: SubDim<Part>, Part: Dim>() -> Whole::Out {
    Whole::Out::default()
}

fn main() {
    rest::<N<3>, N<5>>();
}
