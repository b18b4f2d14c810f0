//! Two environment entries.
use cotangent::prelude::*;

graph! {
    fn multitask<const B: usize>(x: [B, 4], y: [B, 1000]; kind: [B] < 4, word: [B] < 1000) -> [] {
        cross_entropy(x, kind) + cross_entropy(y, word)
    }
}

fn main() -> Result<(), LabelsError> {
    let g = multitask::<f64, 2>();
    let env = tlist![
        Labels::<4, shape![2]>::new([0, 3])?,
        LabelsOf::<N2<1, 0>, shape![2]>::new([0, 999])?,
    ];
    let y = g.value(&tlist![Tensor::zeros(), Tensor::zeros()], &env).item();
    assert!((y - 4000_f64.ln()).abs() < 1e-12);
    Ok(())
}
