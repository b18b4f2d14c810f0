use cotangent::prelude::*;

graph! {
    use cotangent::nn::{Conv2d, Linear, conv2d, linear};
    struct Cnn { filters: Conv2d<1, 4, 3>, scores: Linear<32, 10> }

    fn cnn(x: [2, 1, 8, 8], p: Cnn) -> [2, 10] {
        let h = max_pool2d(relu(conv2d(x, p.filters, 1, 0)), 2);
        linear(flatten_rows(h), p.scores)
    }
}

fn main() {
    cnn::<f32>();
}
