use cotangent::prelude::*;
use cotangent::shape::PadAxis;

fn pad<I, Before: Dim, After: Dim, S: PadAxis<I, Before, After>>(_: Tensor<f32, S>, _: I, _: Before, _: After) {}

fn main() {
    pad(Tensor::<f32, shape![3, 8]>::zero(), Axis::<2>, N::<1>, N::<0>);
}
