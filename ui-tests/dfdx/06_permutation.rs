use dfdx::prelude::*;

fn turn(x: Tensor<Rank3<2, 3, 4>, f32, Cpu>) -> Tensor<Rank3<3, 3, 2>, f32, Cpu> {
    x.permute::<_, Axes3<1, 1, 0>>()
}

fn main() {
    let dev = Cpu::default();
    turn(dev.zeros());
}
