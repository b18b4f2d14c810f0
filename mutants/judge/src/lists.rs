//! The laws of lists of tensors, and of leaves that are added to a tape.

use crate::Judge;
use crate::of_graph::random_list;
use cotangent::context::{Here, There};
use cotangent::prelude::*;
use cotangent::prove::anywhere;
use fastrand::Rng;

type Short = context![[2, 3], [3], []];
type Long = context![[2, 3], [3], [], [4]];
type Longer = context![[2, 3], [3], [], [4], [4]];

pub fn check(judge: &mut Judge) {
    let rng = &mut Rng::with_seed(0x115);
    let mut list = || random_list::<Short>(anywhere, rng);
    let (x, y, z) = (list(), list(), list());
    let longer = random_list::<Long>(anywhere, rng);
    let tlist![a, b] = random_list::<context![[4], [4]]>(anywhere, rng);
    let name = "a list";
    judge.demand(name, || laws::dot_add_right(&x, &y, &z));
    judge.demand(name, || laws::dot_zero_right(&x));
    judge.demand(name, || laws::dot_snoc(&x, &y, &a, &b));
    judge.demand(name, || laws::dot_single::<f64, _, Here>(&x, y.get::<0>()));
    judge.demand(name, || {
        laws::dot_single::<f64, _, There<There<Here>>>(&x, y.get::<2>())
    });
    judge.demand(name, || laws::unsnoc_snoc(&x, &a));
    judge.demand(name, || laws::snoc_unsnoc(&longer));
    judge.demand(name, || laws::length_to_any_list::<f64, Short>(&x));
    judge.demand(name, || laws::mem_to_indexed_any_list_lt(&x, 7));
    judge.demand(name, || laws::to_any_list_snoc::<f64, _, _>(&x, &a));
    // (Γ ++ [4]) ++ [4] and Γ ++ ([4] ++ [4]): two ways to one context.
    let left = x.clone().snoc(a.clone()).snoc(b.clone());
    let right = y.append(tlist![a, b]);
    type Right = <Longer as Context>::Tensors<f64>;
    judge.demand(name, || laws::to_any_list_cast::<f64, _, Right>(&left));
    judge.demand(name, || laws::cast_symm::<f64, _, Right>(&left));
    judge.demand(name, || laws::dot_cast_left(&left, &right));

    // On a tape that has nodes already.
    let mut tape = Tape::empty();
    tape.leaf(&Tensor::<f64, shape![2]>::ones(), Some("first"), false);
    let name = "leaves";
    judge.demand(name, || laws::size_add_leaves::<f64, Short>(&tape, &x));
    judge.demand(name, || laws::nodes_add_leaves::<f64, Short>(&tape, &x));
    judge.demand(name, || laws::add_leaves_values::<f64, Short>(&tape, &x));
}
