use dfdx::prelude::*;

fn flat(x: Tensor<Rank2<28, 28>, f32, Cpu>) -> Tensor<Rank1<768>, f32, Cpu> {
    x.reshape::<Rank1<768>>()
}

fn main() {
    let dev = Cpu::default();
    flat(dev.zeros());
}
