use cotangent::prelude::*;

graph! {
    fn loss(w: [64, 10]; x: [32, 64], labels: [32] < 10) -> [] {
        cross_entropy(matmul(x, w), labels)
    }
}

fn main() -> Result<(), LabelsError> {
    let labels = Labels::<10, shape![32]>::new([3; 32])?;
    let x = Tensor::<f32, shape![32, 64]>::ones();
    loss().value(&Tensor::zeros(), &tlist![labels, x]);
    Ok(())
}
