use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 64], w: [64, 10]) -> [32, 10] {
        let h = matmul(x, w);
        return h;
    }
}

fn main() {
    hidden::<f32>();
}
