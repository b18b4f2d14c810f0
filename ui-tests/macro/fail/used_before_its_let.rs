use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 64], w: [64, 10]) -> [32, 10] {
        let y = relu(h);
        let h = matmul(x, w);
        y + h
    }
}

fn main() {
    hidden::<f32>();
}
