use cotangent::prelude::*;

graph! {
    fn pass(x: [32, 10]; labels: [32] < 10) -> ([32] < 10, []) {
        (labels, sum(x))
    }
}

fn main() -> Result<(), LabelsError> {
    let labels = Labels::<10, shape![32]>::new([3; 32])?;
    pass::<f32>().value_and_vjp(&tlist![Tensor::zeros()], &tlist![labels]);
    Ok(())
}
