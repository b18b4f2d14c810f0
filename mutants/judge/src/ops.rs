//! Graphs of one op each, so that each primitive is in one of them.

use crate::Judge;
use crate::of_graph::proofs;
use cotangent::prelude::*;

macro_rules! each {
    ($judge:ident: $($name:literal $graph:tt;)*) => {$(
        let g: GraphData<f64, _, _, _> = graph! $graph;
        proofs($judge, $name, &g);
    )*};
}

pub fn check(judge: &mut Judge) {
    each! { judge:
        "matmul" (|x: [2, 3], w: [3, 4]| matmul(x, w));
        "square matmul" (|x: [2, 2], w: [2, 2]| matmul(x, w));
        "permute" (|x: [2, 3, 4]| permute(x, (2, 0, 1)));
        "permute of a cube" (|x: [2, 2, 2]| permute(x, (2, 0, 1)));
        "concat" (|x: [2, 3], y: [2, 4]| concat(x, y, 1));
        "broadcast" (|x: [2, 3], y: [3]| x * y);
        "sum_axis" (|x: [2, 3]| sum_axis(x * x, 1));
        "sum_axis of a square" (|x: [2, 2]| sum_axis(x * x, 1));
        "cumsum" (|x: [2, 3]| cumsum(x, 1));
        "max_axis" (|x: [2, 3]| max_axis(x, 1));
        "softmax" (|x: [2, 3]| softmax(x, 1));
        "layer_norm" (|x: [2, 3], scale: [3], shift: [3]| layer_norm(x, scale, shift, { 1e-5 }));
        "gather" (|x: [4, 3]; rows: [2] < 4| gather(x, rows));
    }
}
