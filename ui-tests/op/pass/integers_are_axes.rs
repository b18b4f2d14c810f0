use cotangent::prelude::*;

graph! {
    fn joined(x: [2, 3], y: [2, 4]) -> [2, 7] {
        concat((x, y), 1)
    }

    fn totals(x: [2, 3]) -> [2] {
        softmax(sum_axis(x, 1), 0)
    }

    fn part(x: [2, 2000]) -> [2, 1000] {
        slice(x, 1, 500, 1000)
    }

    fn pooled(x: [1, 3, 8, 8]) -> [1, 3, 4, 4] {
        max_pool2d(x, 2)
    }

    fn halved<B: Dim>(x: [B, 3, 8, 8], w: [4, 3, 3, 3]) -> [B, 4, 3, 3]
    where
        shape![B, 3, 8, 8]: cotangent::shape::Convolve<
                shape![4, 3, 3, 3],
                ConvWindow<(N<2>, N<2>)>,
                Out = shape![B, 4, 3, 3],
            >,
    {
        conv2d(x, w, NoBias, ConvWindow::new().stride::<2, 2>())
    }
}

fn main() {
    joined::<f64>();
    totals::<f64>();
    part::<f64>();
    pooled::<f64>();
    halved::<f64, N<5>>();
}
