use cotangent::prelude::*;

graph! {
    fn hidden<const B: usize, D: Dim>(x: [B, 784], w: [D, 128]) -> [B, 128] {
        matmul(x, w)
    }
}

fn main() {}
