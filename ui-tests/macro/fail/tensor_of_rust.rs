use cotangent::prelude::*;

graph! {
    pub struct Linear { weight: [2, 3] }

    fn layer(x: [2]) -> [3] {
        let p = Linear { weight: Tensor::zeros() };
        matmul(x, p.weight)
    }
}

fn main() {
    layer::<f32>();
}
