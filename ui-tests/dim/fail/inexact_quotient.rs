use cotangent::dim::{Dim, DivDim, N};

fn width_of_a_head<Model: DivDim<Heads>, Heads: Dim>() -> Model::Out {
    Model::Out::default()
}

fn main() {
    width_of_a_head::<N<768>, N<7>>();
}
