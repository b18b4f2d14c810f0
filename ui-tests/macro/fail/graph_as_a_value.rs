use cotangent::prelude::*;

graph! {
    fn layer(x: [2, 3], w: [3, 3]) -> [2, 3] {
        relu(matmul(x, w))
    }
}

graph! {
    fn network(x: [2, 3], w: [3, 3]) -> [2, 3] {
        let h = layer();
        h + matmul(x, w)
    }
}

fn main() {
    network::<f32>();
}
