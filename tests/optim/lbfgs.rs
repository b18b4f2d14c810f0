//! L-BFGS: known minima, and each reason to stop by something that stops so.

use cotangent::optim::{Lbfgs, Stop};
use cotangent::prelude::*;

graph! {
    /// `Σ (1 - xᵢ)² + 100 (yᵢ - xᵢ²)²`: Rosenbrock's valley, ten times; its least value is 0, where all are 1.
    fn valleys(x: [10], y: [10]) -> [] where A: OrderedField {
        sum(square(1 - x) + 100 * square(y - x * x))
    }

    /// `xᵀ m x / 2 - b·x`.
    fn bowl(x: [4]; m: [4, 4], b: [4]) -> [] where A: OrderedField {
        0.5 * sum(x * matmul(m, x)) - sum(b * x)
    }
}

type Valleys = TList<f64, context![[10], [10]]>;

fn far() -> Valleys {
    tlist![
        Tensor::from_fn(|[i]| if i % 2 == 0 { -1.2 } else { 0.3 * i as f64 }),
        Tensor::from_fn(|[i]| 1.0 - 0.2 * i as f64)
    ]
}

#[test]
fn rosenbrock() -> Result<(), Box<dyn std::error::Error>> {
    let found = Lbfgs::default().minimise(&mut valleys::<f64>().plan(), &far(), ())?;
    assert_eq!(found.why, Stop::Gradient, "{found:?}");
    let ones: Valleys = tlist![Tensor::ones(), Tensor::ones()];
    // The Hessian there has eigenvalues from 0.4 on, so that a gradient of 1e-8 in each of 20 numbers is 1e-7 of distance at most.
    let apart = &found.at - &ones;
    assert!(apart.dot(&apart).sqrt() < 1.2e-7, "{apart:?}");
    // SciPy's L-BFGS-B takes 204 iterations to here; gradient descent many thousands.
    assert!(found.iterations < 400, "{}", found.iterations);
    assert!(found.evaluations < 2 * found.iterations);
    // What is given belongs together.
    let (value, gradient) = valleys::<f64>().value_and_vjp(&found.at, ());
    assert_eq!((found.value, &found.gradient), (value.item(), &gradient));
    Ok(())
}

#[test]
fn one_valley() -> Result<(), Box<dyn std::error::Error>> {
    let mut valley = graph!(|x: [], y: []| square(1 - x) + 100 * square(y - x * x)).plan();
    let start = tlist![Tensor::scalar(-1.2), Tensor::scalar(1.0)];
    let found = Lbfgs::default().minimise(&mut valley, &start, ())?;
    assert_eq!(found.why, Stop::Gradient, "{found:?}");
    // SciPy's L-BFGS-B takes 38 iterations and 46 evaluations.
    assert!(found.iterations < 57 && found.evaluations < 92, "{found:?}");
    Ok(())
}

#[test]
fn a_convex_quadratic() -> Result<(), Box<dyn std::error::Error>> {
    // m = lᵀ l + 1, and b = m (1, -2, 3, -4).
    let l = [
        [1.0, 2.0, 0.0, 0.0],
        [0.0, 3.0, 1.0, 0.0],
        [0.0, 0.0, 1.0, 1.0],
        [0.0, 0.0, 0.0, 2.0],
    ];
    let m: Tensor<f64, shape![4, 4]> = Tensor::from_fn(|[i, j]| {
        let product: f64 = (0..4).map(|k| l[k][i] * l[k][j]).sum();
        product + f64::from(u8::from(i == j))
    });
    let known = Tensor::from([1.0, -2.0, 3.0, -4.0]);
    let b = Tensor::from_fn(|[i]| (0..4).map(|j| m[[i, j]] * known[[j]]).sum());
    let mut plan = bowl::<f64>().plan();
    let found = Lbfgs::default().minimise(&mut plan, &Tensor::zeros(), (&m, &b))?;
    // All numbers are at most 100, and the least eigenvalue of m is 1 or more: so near is a gradient of 1e-8, and of what rounding
    // leaves of it.
    approx::assert_abs_diff_eq!(found.at, known, epsilon = 1e-7);
    assert!(
        matches!(found.why, Stop::Gradient | Stop::Change),
        "{found:?}"
    );
    // Of a quadratic in four dims, with searches that are not exact.
    assert!(found.iterations <= 30, "{}", found.iterations);
    Ok(())
}

#[test]
fn singles_reach_their_precision() -> Result<(), Box<dyn std::error::Error>> {
    let start: TList<f32, context![[10], [10]]> = tlist![Tensor::zeros(), Tensor::full(0.5)];
    let settings = Lbfgs {
        gradient: 0.0,
        ..Lbfgs::default()
    };
    let found = settings.minimise(&mut valleys::<f32>().plan(), &start, ())?;
    assert!(
        matches!(found.why, Stop::Change | Stop::LineSearch | Stop::Gradient),
        "{:?}",
        found.why
    );
    let tlist![x, y] = found.at;
    // Of a value with an error of 1e-7, to the root.
    assert!(x.iter().chain(y.iter()).all(|x| (x - 1.0).abs() < 1e-3));
    Ok(())
}

#[test]
fn why_it_stops() -> Result<(), Box<dyn std::error::Error>> {
    let mut plan = valleys::<f64>().plan();
    let found = Lbfgs {
        iterations: 3,
        ..Lbfgs::default()
    }
    .minimise(&mut plan, &far(), ())?;
    assert_eq!((found.why, found.iterations), (Stop::Iterations, 3));
    let found = Lbfgs {
        change: 0.5,
        ..Lbfgs::default()
    }
    .minimise(&mut plan, &far(), ())?;
    assert_eq!(found.why, Stop::Change);

    // It is there already.
    let ones = tlist![Tensor::ones(), Tensor::ones()];
    let found = Lbfgs::default().minimise(&mut plan, &ones, ())?;
    assert_eq!(
        (found.why, found.evaluations, found.at),
        (Stop::Gradient, 1, ones)
    );

    // A slope without an end.
    let mut slope = graph!(|x: []| 3 * x).plan();
    let found = Lbfgs::default().minimise(&mut slope, &Tensor::scalar(2.0), ())?;
    assert_eq!(
        (found.why, found.at.item(), found.value),
        (Stop::LineSearch, 2.0, 6.0)
    );

    let mut roots = graph!(|x: []| sqrt(x)).plan();
    let found = Lbfgs::default().minimise(&mut roots, &Tensor::scalar(-1.0), ())?;
    assert_eq!((found.why, found.iterations), (Stop::NotFinite, 0));
    Ok(())
}

#[test]
fn settings_that_cannot_be() {
    let wrong = Lbfgs {
        history: 0,
        gradient: f64::NAN,
        change: -1.0,
        iterations: 0,
    };
    let error = wrong.minimise(&mut graph!(|x: []| x * x).plan(), &Tensor::scalar(1.0), ());
    let words = "the settings of the optimiser: history is 0: expected a number from 1 on; \
                 gradient is NaN: expected a number from 0 on; change is -1: expected a number from 0 on";
    assert_eq!(error.expect_err("settings").to_string(), words);
}
