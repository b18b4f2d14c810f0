use cotangent::prelude::*;
use cotangent::shape::GatherRows;

fn gather<T: GatherRows<I>, I: Shape>(_: Tensor<f32, T>, _: LabelsOf<N<5>, I>) {}

fn main() {
    let indices = Labels::<5, shape![2]>::new([0, 4]).unwrap();
    gather(Tensor::<f32, shape![]>::zero(), indices);
}
