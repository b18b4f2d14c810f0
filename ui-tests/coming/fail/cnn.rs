use cotangent::prelude::*;

graph! {
    struct Cnn { filters: [4, 1, 3, 3], conv_bias: [4], weight: [32, 10], bias: [10] }

    fn cnn(x: [2, 1, 8, 8], p: Cnn) -> [2, 10] {
        let h = conv2d(x, p.filters, p.conv_bias, ConvWindow::new());
        let h = max_pool2d(relu(h), 2);
        matmul(flatten_rows(h), p.weight) + p.bias
    }
}

fn main() {
    cnn::<f32>();
}
