use cotangent::prelude::*;
use cotangent::shape::{Pool, PoolWindow};

fn max_pool2d<X: Pool<O>, O>(_: Tensor<f32, X>, _: O) {}

fn main() {
    max_pool2d(Tensor::<f32, shape![1, 3, 4, 4]>::zero(), PoolWindow::of::<5, 5>());
}
