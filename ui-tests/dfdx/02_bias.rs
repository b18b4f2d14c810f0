use dfdx::prelude::*;

fn logits(
    x: Tensor<Rank2<32, 64>, f32, Cpu>,
    w: Tensor<Rank2<64, 10>, f32, Cpu>,
    b: Tensor<Rank1<12>, f32, Cpu>,
) -> Tensor<Rank2<32, 10>, f32, Cpu> {
    x.matmul(w) + b.broadcast()
}

fn main() {
    let dev = Cpu::default();
    logits(dev.zeros(), dev.zeros(), dev.zeros());
}
