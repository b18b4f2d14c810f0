use cotangent::prelude::*;

graph! {
    fn convolve(x: [8, 6, 28, 28], w: [15, 3, 5, 5]) -> [8, 15, 24, 24] {
        conv2d(x, w, ConvWindow::new().groups::<2>())
    }
}

fn main() {
    convolve::<f32>();
}
