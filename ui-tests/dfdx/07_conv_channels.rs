use dfdx::prelude::*;

// On stable, the dims of a convolution are `usize`: static dims ask for nightly.
type Image = Tensor<(usize, usize, usize, usize), f32, Cpu>;

fn main() {
    let dev = Cpu::default();
    let x: Image = dev.zeros_like(&(1, 4, 9, 9));
    let w: Image = dev.zeros_like(&(8, 3, 3, 3));
    let _ = (x, w).conv2d(1, 0, 1, 1);
}
