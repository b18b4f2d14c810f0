use dfdx::prelude::*;

// The targets are probabilities, one row for each of the logits.
fn loss(
    logits: Tensor<Rank2<32, 10>, f32, Cpu>,
    targets: Tensor<Rank2<16, 10>, f32, Cpu>,
) -> Tensor<Rank0, f32, Cpu> {
    cross_entropy_with_logits_loss(logits, targets)
}

fn main() {
    let dev = Cpu::default();
    loss(dev.zeros(), dev.zeros());
}
