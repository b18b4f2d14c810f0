//! Directions of a quasi-Newton method, from the last changes.

use std::collections::VecDeque;

/// A change of the parameters with that of the gradient.
pub(super) struct Change {
    x: Vec<f64>,
    gradient: Vec<f64>,
    /// The inner product of the two.
    product: f64,
}

impl Change {
    /// Nothing, if there is no curvature in it.
    pub fn of(
        x: &[f64],
        next_x: &[f64],
        gradient: &[f64],
        next_gradient: &[f64],
    ) -> Option<Change> {
        let minus = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).collect();
        let (x, gradient): (Vec<f64>, Vec<f64>) =
            (minus(next_x, x), minus(next_gradient, gradient));
        let product = dot(&x, &gradient);
        (product > f64::EPSILON * dot(&gradient, &gradient)).then_some(Change {
            x,
            gradient,
            product,
        })
    }
}

/// Minus the inverse Hessian that the changes tell of, times the gradient: the loop there and back.
pub(super) fn direction(gradient: &[f64], history: &VecDeque<Change>) -> Vec<f64> {
    let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut parts = Vec::with_capacity(history.len());
    for change in history.iter().rev() {
        let part = dot(&change.x, &q) / change.product;
        add(&mut q, -part, &change.gradient);
        parts.push(part);
    }
    if let Some(last) = history.back() {
        let scale = last.product / dot(&last.gradient, &last.gradient);
        q.iter_mut().for_each(|q| *q *= scale);
    }
    for (change, part) in history.iter().zip(parts.into_iter().rev()) {
        let other = dot(&change.gradient, &q) / change.product;
        add(&mut q, part - other, &change.x);
    }
    q
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// `x ← x + c y`.
pub(super) fn add(x: &mut [f64], c: f64, y: &[f64]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += c * y;
    }
}
