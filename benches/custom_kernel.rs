//! The op of `examples/custom_kernel.rs` by its kernel and by its body, in one run: the value and its gradient, on one thread.
//!
//! ```sh
//! cargo bench --bench custom_kernel
//! ```

#[path = "../examples/custom_kernel.rs"]
#[allow(dead_code)]
mod custom_kernel;

use cotangent::prelude::*;
use custom_kernel::Curvature;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 51;

fn curved<const KERNEL: bool, M, N>(x: Var<(M, N)>) -> Call<Curvature<KERNEL>, (Var<(M, N)>,)> {
    Call::new(Curvature, (x,))
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}

fn main() -> std::io::Result<()> {
    println!(
        "{:>12} {:>10} {:>10} {:>6}",
        "", "kernel, µs", "body, µs", "ratio"
    );
    macro_rules! rows {
        ($($M:literal $N:literal)*) => {$({
            let by_kernel: GraphData<f32, _, _, _> =
                graph!(|x: [$M, $N]| sum(square(curved::<true, _, _>(x))));
            let by_body: GraphData<f32, _, _, _> =
                graph!(|x: [$M, $N]| sum(square(curved::<false, _, _>(x))));
            let (mut kernel, mut body) = (by_kernel.plan(), by_body.plan());
            kernel.set_threads(1)?;
            body.set_threads(1)?;
            let x = Tensor::full(0.5);
            let (mut kernels, mut bodies) = (Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                let start = Instant::now();
                black_box(kernel.value_and_vjp(&x, ()));
                let between = Instant::now();
                black_box(body.value_and_vjp(&x, ()));
                kernels.push(between - start);
                bodies.push(between.elapsed());
            }
            let (kernel, body) = (median(kernels), median(bodies));
            let name = concat!(stringify!($M), " x ", stringify!($N));
            println!("{name:>12} {kernel:10.1} {body:10.1} {:6.2}", body / kernel);
        })*};
    }
    rows! { 16 64 64 1024 1024 1024 }
    Ok(())
}
