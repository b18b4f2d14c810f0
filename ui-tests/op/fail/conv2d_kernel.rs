use cotangent::prelude::*;

graph! {
    fn convolve(x: [8, 3, 28, 4], w: [16, 3, 5, 5]) -> [8, 16, 24, 1] {
        conv2d(x, w, ConvWindow::new())
    }
}

fn main() {
    convolve::<f32>();
}
