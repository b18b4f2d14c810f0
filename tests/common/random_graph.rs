//! Random graphs of fixed shapes.

use cotangent::context::Computed;
use cotangent::frunk::hlist::{HCons, HNil};
use cotangent::prelude::*;
use cotangent::scalar::Sample;
use fastrand::Rng;

/// The inputs of the random graphs.
pub type Gamma = context![[2, 3], [3, 2], [3], []];

fn pick<S: Copy>(from: &[S], rng: &mut Rng) -> S {
    from[rng.usize(..from.len())]
}

/// A graph of eleven nodes of fixed shapes, whose ops and wires are random. Fan-out and unused values happen.
pub fn random_graph<A: OrderedField + Sample>(
    rng: &mut Rng,
) -> GraphData<A, (), Gamma, HCons<shape![], impl Computed + use<A>>> {
    let g = GraphData::<A, (), Gamma, HNil>::nil();
    let tlist![x, w, b, c] = TensorList(g.inputs());
    let (mut m23, mut m32) = (vec![x], vec![w]);

    macro_rules! wide {
        ($g:ident, $name:literal) => {{
            let (p, q) = (pick(&m23, rng), pick(&m23, rng));
            let (g, y) = match rng.usize(..12) {
                0 => $g.node($name, add(p, q)),
                1 => $g.node($name, mul(p, q)),
                2 => $g.node($name, sub(p, q)),
                3 => $g.node($name, relu(p)),
                4 => $g.node($name, neg(p)),
                5 => $g.node($name, scale(p, 3)),
                6 => $g.node($name, offset(p, -2)),
                7 => $g.node($name, add(p, b)),
                8 => $g.node($name, mul(b, p)),
                9 => $g.node($name, sub(c, p)),
                10 => $g.node($name, transpose(pick(&m32, rng))),
                _ => $g.node($name, reshape::<shape![2, 3], _>(pick(&m32, rng))),
            };
            m23.push(y);
            g
        }};
    }

    let g = wide!(g, "a");
    let (p, q) = (pick(&m23, rng), pick(&m32, rng));
    let (g, tall) = match rng.usize(..5) {
        0 => g.node("b", transpose(p)),
        1 => g.node("b", reshape::<shape![3, 2], _>(p)),
        2 => g.node("b", permute(p, (Axis::<1>, Axis::<0>))),
        3 => g.node("b", add(q, q)),
        _ => g.node("b", mul(q, c)),
    };
    m32.push(tall);
    let g = wide!(g, "c");
    let (p, q, r) = (pick(&m23, rng), pick(&m23, rng), pick(&m32, rng));
    let (g, square) = match rng.usize(..3) {
        0 => g.node("square", matmul(p, r)),
        1 => g.node("square", matmul_nt(p, q)),
        _ => g.node("square", matmul_tn(r, r)),
    };
    let (g, wider) = match rng.usize(..2) {
        0 => g.node("wider", concat((p, square), Axis::<1>)),
        _ => g.node("wider", concat((square, q), Axis::<1>)),
    };
    let g = wide!(g, "d");
    let (g, row) = match rng.usize(..4) {
        0 => g.node("row", sum_axis(wider, Axis::<1>)),
        1 => g.node("row", mean_axis(pick(&m23, rng), Axis::<1>)),
        2 => g.node("row", sum_leading::<shape![2], _>(square)),
        _ => g.node("row", sum_axis(pick(&m32, rng), Axis::<0>)),
    };
    let (g, block) = match rng.usize(..3) {
        0 => g.node("block", broadcast_axis(row, Axis::<1>, N::<3>)),
        1 => g.node("block", broadcast::<shape![2, 3], _>(b)),
        _ => g.node("block", matmul(square, pick(&m23, rng))),
    };
    m23.push(block);
    let g = wide!(g, "e");
    let (g, flat) = g.node("flat", flatten(pick(&m23, rng)));
    let (g, _) = match rng.usize(..4) {
        0 => g.node("out", sum(flat)),
        1 => g.node("out", mean(flat)),
        2 => g.node("out", mse(block, pick(&m23, rng))),
        _ => g.node("out", sum(wider)),
    };
    g
}
