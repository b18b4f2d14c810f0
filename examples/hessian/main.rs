//! Hessian-vector products in exact fractions, by dual numbers over reverse mode and by reverse mode over reverse mode.
//!
//! `cargo run --release --example hessian` prints both, their differences, and how far doubles and finite differences
//! are from them. `model.rs` has the function, `products.rs` the ways to differentiate it twice.

mod model;
mod products;

use model::{Point, energy, point_and_directions};
use num_rational::BigRational;
use num_traits::ToPrimitive;
use products::{by_differences, by_duals, by_reverse, curvature, map};

/// Another seed is as good; the fractions of this one are short.
const SEED: u64 = 44;

fn main() {
    let [x, u, v] = point_and_directions(SEED);
    let (duals, reverse) = (by_duals(&x, &v), by_reverse(&x, &v));
    let difference = &duals - &reverse;

    let doubles = |point: &Point<BigRational>| map(point, |q| q.to_f64().unwrap_or(f64::NAN));
    let (x64, v64, exact) = (doubles(&x), doubles(&v), doubles(&reverse));
    let of_doubles = by_reverse(&x64, &v64) - &exact;
    let of_differences = by_differences(&x64, &v64, 1e-5) - &exact;

    println!("         │                H v, exactly             │    error in f64");
    println!("entry    │ by duals     by reverse      difference │ by reverse  by differences");
    println!("─────────┼─────────────────────────────────────────┼───────────────────────────");
    let fractions = [duals.clone(), reverse.clone(), difference].map(|list| list.to_any_list());
    let errors = [of_doubles, of_differences].map(|list| list.to_any_list());
    for (input, name) in ["x", "w1", "b", "w2"].into_iter().enumerate() {
        let columns = fractions[0][input].dims().last().copied().unwrap_or(1);
        let rows = fractions[0][input].as_slice().len() / columns;
        for place in 0..rows * columns {
            let entry = match rows {
                1 => format!("{name}[{place}]"),
                _ => format!("{name}[{}, {}]", place / columns, place % columns),
            };
            let [duals, reverse, difference] =
                [0, 1, 2].map(|i| &fractions[i][input].as_slice()[place]);
            let [of_doubles, of_differences] = [0, 1].map(|i| errors[i][input].as_slice()[place]);
            print!(
                "{entry:8} │ {:12} {:15} {:>10} │ ",
                duals.to_string(),
                reverse.to_string(),
                difference.to_string()
            );
            println!("{of_doubles:>10.1e} {of_differences:>15.1e}");
        }
    }
    assert_eq!(duals, reverse);

    println!("\nuᵀ H v = {}", u.dot(&reverse));
    println!("vᵀ H u = {}", v.dot(&by_reverse(&x, &u)));
    println!(
        "vᵀ H v = {}, by duals of duals {}",
        v.dot(&reverse),
        curvature(&x, &v)
    );
    println!(
        "at a point where the function is {}",
        energy().value(&x, ())
    );
}
