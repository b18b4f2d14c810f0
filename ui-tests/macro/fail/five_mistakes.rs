use cotangent::prelude::*;

graph! {
    fn layer(x: [32, 64], w: [64, 10], b: [12]) -> [32, 10] {
        let h = matmul(x, ww);
        let i = if h { h } else { w };
        let j = i.tanh() + k;
        let k = matmul(x, w) + b;
        relu(j)
    }

    fn network(x: [32, 64], w: [64, 10], b: [12]) -> [32, 10] {
        layer(x, w, b)
    }
}

fn main() {
    layer::<f32>();
    network::<f32>();
}
