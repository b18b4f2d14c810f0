use cotangent::prelude::*;

graph! {
    fn loss(logits: [2, 10]; labels: [2] < 10) -> [] {
        cross_entropy(logits, labels)
    }
}

fn main() -> Result<(), LabelsError> {
    let g = loss::<f32>();
    let labels = Labels::<12, shape![2]>::new([3, 11])?;
    g.value_and_vjp(&tlist![Tensor::zeros()], &tlist![labels]);
    Ok(())
}
