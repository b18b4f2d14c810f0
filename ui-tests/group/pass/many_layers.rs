use cotangent::prelude::*;

graph! {
    pub struct Layer<D: Dim> { weight: [D, D] }

    fn layer<D: Dim>(x: [D], p: Layer<D>) -> [D] {
        einsum!("i,ij->j", x, p.weight)
    }

    fn net<D: Dim, const L: usize>(x: [D], p: [Layer<D>; L]) -> [D] {
        repeat(layer)(x, p)
    }
}

fn main() {
    net::<f64, N<3>, 1000>();
    net::<f64, N<3>, 70_000>();
}
