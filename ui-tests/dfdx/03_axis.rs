use dfdx::prelude::*;

fn total(x: Tensor<Rank2<32, 10>, f32, Cpu>) -> Tensor<Rank1<32>, f32, Cpu> {
    x.sum::<_, Axis<2>>()
}

fn main() {
    let dev = Cpu::default();
    total(dev.zeros());
}
