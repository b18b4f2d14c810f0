use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let x: Tensor<Rank2<32, 64>, f32, Cpu> = dev.zeros();
    let w: Tensor<Rank2<64, 10>, f32, Cpu> = dev.zeros();
    x.leaky_trace().matmul(w).backward();
}
