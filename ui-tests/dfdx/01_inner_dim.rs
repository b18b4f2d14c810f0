use dfdx::prelude::*;

fn hidden(
    x: Tensor<Rank2<32, 784>, f32, Cpu>,
    w: Tensor<Rank2<768, 128>, f32, Cpu>,
) -> Tensor<Rank2<32, 128>, f32, Cpu> {
    x.matmul(w)
}

fn main() {
    let dev = Cpu::default();
    hidden(dev.zeros(), dev.zeros());
}
