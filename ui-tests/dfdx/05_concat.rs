use dfdx::prelude::*;

// On stable, the axis of a concatenation is a `usize`: static dims ask for nightly.
fn both(
    a: Tensor<(Const<2>, usize), f32, Cpu>,
    b: Tensor<(Const<4>, usize), f32, Cpu>,
) -> Tensor<(Const<2>, usize), f32, Cpu> {
    (a, b).concat_along(Axis::<1>)
}

fn main() {
    let dev = Cpu::default();
    both(dev.zeros_like(&(Const, 3)), dev.zeros_like(&(Const, 3)));
}
