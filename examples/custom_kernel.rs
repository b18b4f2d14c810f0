//! An op with a kernel of its own: second differences along rows. Proofs, tapes and other scalars run what it records, a product
//! with a matrix; plans run the kernel, which a law holds to it.

use cotangent::op::{AnyKernel, Kernel, KernelInputs};
use cotangent::prelude::*;
use std::ops::{AddAssign, Mul};

/// `x[i, j - 1] - 2 x[i, j] + x[i, j + 1]`, with zeros outside: by its kernel, or by its body alone.
#[derive(Clone)]
pub struct Curvature<const KERNEL: bool>;

impl<M: Dim, N: Dim, const KERNEL: bool> Op<((M, N),)> for Curvature<KERNEL> {
    type Out = (M, N);
    type Level = levels::Field;
    const NAME: &'static str = "curvature";
    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<(M, N)>,)) -> Var<(M, N)> {
        let near = |[i, j]: [usize; 2]| [-2.0, 1.0, 0.0][i.abs_diff(j).min(2)];
        r.matmul(x, r.record(constant(Tensor::<f64, (N, N)>::from_fn(near))))
    }
    fn kernel(&self) -> Option<AnyKernel> {
        KERNEL.then(|| AnyKernel::new(Stencil(N::SIZE.max(1))))
    }
    fn vjp_kernel(&self) -> Option<AnyKernel> {
        <Self as Op<((M, N),)>>::kernel(self) // the matrix is symmetric
    }
}

/// By rows of this length.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Stencil(usize);

impl Kernel for Stencil {
    fn run_f32(&self, x: KernelInputs<'_, f32>, y: &mut [&mut [f32]]) {
        stencil(self.0, x.tensors, y[0]);
    }
    fn run_f64(&self, x: KernelInputs<'_, f64>, y: &mut [&mut [f64]]) {
        stencil(self.0, x.tensors, y[0]);
    }
}

fn stencil<T>(n: usize, x: &[&[T]], y: &mut [T])
where
    T: Copy + From<i8> + Mul<Output = T> + AddAssign,
{
    // The value takes `x`; the cotangent `x`, `y` and `dy`, of which it needs the last.
    for (x, y) in x[x.len() - 1].chunks(n).zip(y.chunks_mut(n)) {
        y.iter_mut().zip(x).for_each(|(y, &x)| *y = x * T::from(-2));
        y.iter_mut().zip(&x[1..]).for_each(|(y, &x)| *y += x);
        y[1..].iter_mut().zip(x).for_each(|(y, &x)| *y += x);
    }
}

fn main() {
    println!("held to its body: tests/examples/custom_kernel.rs; timed: benches/custom_kernel.rs");
}
