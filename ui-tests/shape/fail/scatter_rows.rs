use cotangent::prelude::*;
use cotangent::shape::ScatterRows;

fn scatter_add<S: ScatterRows<I, V>, I: Shape, V: Dim>(_: Tensor<f32, S>, _: LabelsOf<V, I>) {}

fn main() {
    let indices = Labels::<5, shape![2]>::new([0, 4]).unwrap();
    scatter_add(Tensor::<f32, shape![3, 8]>::zero(), indices);
}
