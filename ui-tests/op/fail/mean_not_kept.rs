use cotangent::prelude::*;

graph! {
    fn centred<B: Dim, C: Dim, H: Dim>(x: [B, C, H]) -> [B, C, H] {
        x - mean_axis(x, 1)
    }
}

fn main() {}
