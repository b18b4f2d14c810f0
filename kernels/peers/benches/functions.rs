//! Functions of blocks of 1,024 `f32` in the cache, ns for an element, the best of the rounds, in which they take turns; beside
//! them those of `rten-vecmath` and of the standard library.
//! `cargo bench --manifest-path kernels/peers/Cargo.toml --bench functions`

use cotangent_kernels::{Unary, unary};
use rten_simd::SimdUnaryOp;
use std::hint::black_box;
use std::time::Instant;

fn best(x: &[f32], y: &mut [f32], mut f: impl FnMut(&mut [f32])) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..400 {
        y.copy_from_slice(x);
        let start = Instant::now();
        f(black_box(y));
        best = best.min(start.elapsed().as_secs_f64() * 1e9);
        black_box(&y);
    }
    best / x.len() as f64
}

fn standard(f: Unary) -> Option<fn(f32) -> f32> {
    Some(match f {
        Unary::Exp => f32::exp,
        Unary::Log => f32::ln,
        Unary::Tanh => f32::tanh,
        Unary::Expm1 => f32::exp_m1,
        Unary::Log1p => f32::ln_1p,
        Unary::Sin => f32::sin,
        Unary::Cos => f32::cos,
        Unary::Atan => f32::atan,
        _ => return None,
    })
}

fn main() {
    let x: Vec<f32> = (0..1024).map(|i| 0.01 + i as f32 / 256.0).collect();
    let mut y = x.clone();
    println!("| | ours | rten-vecmath | std |\n| --- | ---: | ---: | ---: |");
    for f in Unary::ALL {
        let mut cells = [f64::NAN; 3];
        for _ in 0..5 {
            let ours = |y: &mut [f32]| unary(f, &x, y).expect("of one length");
            cells[0] = cells[0].min(best(&x, &mut y, ours));
            let other = match f {
                Unary::Exp => best(&x, &mut y, |y| rten_vecmath::Exp {}.map_mut(y)),
                Unary::Tanh => best(&x, &mut y, |y| rten_vecmath::Tanh {}.map_mut(y)),
                Unary::Sigmoid => best(&x, &mut y, |y| rten_vecmath::Sigmoid {}.map_mut(y)),
                Unary::Erf => best(&x, &mut y, |y| rten_vecmath::Erf {}.map_mut(y)),
                _ => f64::NAN,
            };
            cells[1] = cells[1].min(other);
            if let Some(f) = standard(f) {
                cells[2] =
                    cells[2].min(best(&x, &mut y, |y| y.iter_mut().for_each(|x| *x = f(*x))));
            }
        }
        let cells = cells.map(|t| {
            if t.is_nan() {
                String::new()
            } else {
                format!("{t:.2}")
            }
        });
        println!("| `{f:?}` | {} |", cells.join(" | "));
    }
}
