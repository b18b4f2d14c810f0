use cotangent::prelude::*;

graph! {
    fn hidden(x: [2, 4], w: [4, 5]) -> [2, 5] {
        let h: [2, 3] = matmul(x, w);
        relu(h)
    }
}

fn main() {
    hidden::<f32>();
}
