use cotangent::prelude::*;

graph! {
    fn gated<B: Dim, D: Dim>(x: [B, 2 * D]) -> [B, D] {
        glu(x, 1)
    }
}

fn main() {
    gated::<f32, N<2>, N<3>>();
}
