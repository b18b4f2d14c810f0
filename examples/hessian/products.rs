//! The Hessian `H` times a direction `v`, in two ways, and `vᵀ H v` in a third.

use super::model::{Point, energy};
use cotangent::prelude::*;
use cotangent::scalar::Dual;

/// Forward over reverse: the gradient at `x + v ε`, by reverse mode over dual numbers, is `gradient + H v ε`.
pub fn by_duals<A: OrderedField>(x: &Point<A>, v: &Point<A>) -> Point<A> {
    let (_, gradient) = energy::<Dual<A>>().value_and_vjp(&zip(x, v, Dual::new), ());
    map(&gradient, |dual| dual.tangent)
}

/// Reverse over reverse: the gradient is a graph, and `H` is symmetric, so `H v` is the VJP of that graph.
pub fn by_reverse<A: OrderedField>(x: &Point<A>, v: &Point<A>) -> Point<A> {
    energy::<A>().gradient().vjp(x, (), v).1
}

/// `vᵀ H v`, forward over forward: the value at `x + v ε + v δ`, where `ε` and `δ` are two units, has it at `ε δ`.
pub fn curvature<A: OrderedField>(x: &Point<A>, v: &Point<A>) -> A {
    let x = zip(x, v, |x, v| {
        Dual::new(Dual::new(x, v.clone()), Dual::from(v))
    });
    energy::<Dual<Dual<A>>>()
        .value(&x, ())
        .item()
        .tangent
        .tangent
}

/// For comparison: central differences of the gradient, `(gradient(x + h v) - gradient(x - h v)) / 2h`.
pub fn by_differences<A: OrderedField>(x: &Point<A>, v: &Point<A>, h: A) -> Point<A> {
    let step = v * h.clone();
    let gradient = |x: Point<A>| energy::<A>().value_and_vjp(&x, ()).1;
    (gradient(x + &step) - gradient(x - &step)) / (h.clone() + h)
}

/// `f` of each element of a list.
pub fn map<A: Semiring, B: Semiring>(x: &Point<A>, f: impl Fn(A) -> B) -> Point<B> {
    let tlist_pat![x, w1, b, w2] = x;
    let f = |x: &A| f(x.clone());
    tlist![x.map(f), w1.map(f), b.map(f), w2.map(f)]
}

/// `f` of each pair of elements of two lists.
fn zip<A: Semiring, B: Semiring>(x: &Point<A>, y: &Point<A>, f: impl Fn(A, A) -> B) -> Point<B> {
    let (tlist_pat![x0, x1, x2, x3], tlist_pat![y0, y1, y2, y3]) = (x, y);
    let f = |x: &A, y: &A| f(x.clone(), y.clone());
    tlist![
        x0.zip_map(y0, f),
        x1.zip_map(y1, f),
        x2.zip_map(y2, f),
        x3.zip_map(y3, f)
    ]
}
