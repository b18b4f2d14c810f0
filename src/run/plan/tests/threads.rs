//! What is cut into pieces for threads.

use super::random::{compare, value};
use crate::program::{Program, Value};
use crate::run::plan::{Arena, Plan};
use fastrand::Rng;

/// Chains over more blocks than one, with sums of rows, of columns and of all; products in each direction; windows.
#[test]
fn what_is_cut() {
    let texts = [
        "cotangent program 1\n%0: [70, 64]\n%1 [70, 64] = exp %0\n%2 [70] = reduce_sum([1]) %1\n%3 [70, 64] = mul %1 %0\nreturn %2 %3\n",
        "cotangent program 1\n%0: [70, 64]\n%1 [70, 64] = exp %0\n%2 [64] = reduce_sum([0]) %1\nreturn %2\n",
        "cotangent program 1\n%0: [70, 64]\n%1 [70, 64] = exp %0\n%2 [70] = reduce_sum([1]) %1\n%3 [64] = reduce_max([0]) %1\n%4 [] = reduce_sum([0, 1]) %1\nreturn %2 %3 %4\n",
        "cotangent program 1\n%0: [5000]\n%1 [5000] = exp %0\n%2 [] = reduce_sum([0]) %1\nreturn %2 %1\n",
        "cotangent program 1\n%0: [5000]\n%1 [5000] = tanh %0\n%2 [5000] = mul %1 %0\nreturn %1 %2\n",
        "cotangent program 1\n%0: [9, 7]\n%1: [7, 5]\n%2 [9, 5] = contract([0, 1], [1, 2], [0, 2]) %0 %1\nreturn %2\n",
        "cotangent program 1\n%0: [9, 7]\n%1: [7, 5]\n%2 [5, 9] = contract([0, 1], [1, 2], [2, 0]) %0 %1\nreturn %2\n",
        "cotangent program 1\n%0: [4, 9, 7]\n%1: [4, 7, 5]\n%2 [4, 9, 5] = contract([3, 0, 1], [3, 1, 2], [3, 0, 2]) %0 %1\nreturn %2\n",
        "cotangent program 1\n%0: [4, 9, 7]\n%1: [4, 7, 5]\n%2 [9, 4, 5] = contract([3, 0, 1], [3, 1, 2], [0, 3, 2]) %0 %1\nreturn %2\n",
        "cotangent program 1\n%0: [4, 9, 7]\n%1: [4, 7, 5]\n%2 [9, 5] = contract([3, 0, 1], [3, 1, 2], [0, 2]) %0 %1\nreturn %2\n",
    ];
    let mut rng = Rng::with_seed(32);
    for text in texts {
        let program: Program = text.parse().unwrap_or_else(|why| panic!("{why}\n{text}"));
        let plan = Plan::<f64>::new(&program).expect("a plan");
        assert!(plan.is_large(), "{text}");
        let inputs = program.input_types();
        let inputs: Vec<Value<f64>> = inputs.iter().map(|ty| value(&mut rng, ty)).collect();
        compare(&program, &inputs, &mut Arena::new()).unwrap_or_else(|why| panic!("{why}"));
    }
}
