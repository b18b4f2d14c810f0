use cotangent::prelude::*;
use guarded::Linear;

fn main() {
    let _: Parameters<f32, Linear<N<784>, N<10>>> =
        Linear::of(Tensor::zeros(), Tensor::from([0.0; 12])); //~ expected `10`, found `12`
}
