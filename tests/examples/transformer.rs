//! The transformer example: 12 blocks of generic layers.

use approx::assert_relative_eq;
use cotangent::nn::causal_pre_norm_block;
use cotangent::prelude::*;

#[path = "../../examples/transformer/model.rs"]
#[allow(dead_code)]
mod model;
#[path = "../../examples/transformer/text.rs"]
#[allow(dead_code)]
mod text;
#[path = "../../examples/transformer/train.rs"]
#[allow(dead_code)]
mod train;

use model::{LETTERS, Model, TIME};
use text::Text;

type Weights = Parameters<f64, Model<N<LETTERS>, N<TIME>, N<32>, N<4>, N<8>>>;

fn random(seed: u64, scale: f64) -> Weights {
    let mut rng = fastrand::Rng::with_seed(seed);
    Weights::zeros().map(|_| scale * (2.0 * rng.f64() - 1.0))
}

#[test]
fn a_transformer_is_many_primitives_in_few_nodes() {
    let g = model::loss::<f32, N<4>>();
    let summary = g.summary();
    // A block is there once, and runs 12 times.
    let program = g.program().expect("no closures");
    let one = causal_pre_norm_block::<f32, N<4>, N<TIME>, N<32>, N<4>, N<8>, N<128>>();
    let block = one.program();
    let block = block.expect("no closures").primitives();
    let others = program.primitives() - block;
    assert!(block > 50 && others < block, "{block} and {others}");
    assert_eq!(summary.nodes().count(), 2);
    // 1 for the letters, 1 for the places, 16 for each block, 2 for the last norm and 2 for the head.
    assert_eq!(summary.inputs().count(), 2 + 12 * 16 + 2 + 2);
    let names: Vec<_> = summary.inputs().map(|row| row.name.as_str()).collect();
    assert!(names.contains(&"p.blocks.11.feed_forward.down.weight"));
    // A block is repeated, not copied: 12 of them are 12 times the multiply-adds of one.
    let one = one.summary();
    let graph = model::scores::<f32, N<4>>().summary();
    let blocks = graph
        .nodes()
        .find(|row| row.op == "12 x causal_pre_norm_block");
    let of_blocks = blocks.and_then(|row| row.multiply_adds);
    assert_eq!(of_blocks, Some(12 * one.multiply_adds()));
}

#[test]
fn its_derivatives_are_those_of_differences() {
    let g = model::loss::<f64, N<1>>();
    let letters: Vec<usize> = (0..TIME).map(|i| i * 7 % LETTERS).collect();
    let next: Vec<usize> = (0..TIME).map(|i| (i * 7 + 3) % LETTERS).collect();
    let labels = (Labels::new(letters), Labels::new(next));
    let env = tlist![labels.0.expect("below 32"), labels.1.expect("below 32")];

    let (x, dx) = (random(1, 0.3), random(2, 1.0));
    let (value, gradient) = g.value_and_vjp(&x.clone(), &env);
    let (same, tangent) = g.value_and_jvp(&tlist![x.clone()], &tlist![dx.clone()], &env);
    assert_eq!(value, same);
    // Of one program and its transpose, in doubles: only the order of the sums differs.
    assert_relative_eq!(gradient.dot(&dx), tangent.item(), max_relative = 1e-9);
    let at = |step: f64| g.value(&x.add(&dx.scale(step)), &env).item();
    // An error of the order of h² from the third derivative, and of 1e-16 / h from rounding.
    let h = 1e-5;
    assert_relative_eq!(
        (at(h) - at(-h)) / (2.0 * h),
        tangent.item(),
        max_relative = 1e-5
    );
}

#[test]
fn it_learns() {
    let text = Text::of_pangrams(TIME);
    let mut losses = Vec::new();
    train::by_plan(&text, 40, 0, |_, loss| losses.push(loss)).expect("the text fits");
    // At first as good as a guess among 32 letters, ln 32 = 3.47, or worse. The others are of different letters each.
    let last = losses[35..].iter().sum::<f32>() / 5.0;
    assert!(losses[0] > 3.0 && last < losses[0] - 0.5, "{losses:?}");
}

/// The same steps, with sums in another order. Adam divides by the size of a gradient, and so enlarges what rounding makes of a
/// small one.
#[test]
fn the_tape_trains_as_the_plan_does() {
    let text = Text::of_pangrams(TIME);
    let (mut by_plan, mut by_tape) = (Vec::new(), Vec::new());
    let plan = train::by_plan(&text, 4, 0, |_, loss| by_plan.push(loss)).expect("the text fits");
    let tape = train::by_tape(&text, 4, 0, |_, loss| by_tape.push(loss)).expect("the text fits");
    let (plan, tape) = (plan.weights, tape.weights);
    let (difference, size) = (&plan - &tape, tape.dot(&tape).sqrt());
    let difference = difference.dot(&difference).sqrt();
    assert!(difference < 1e-3 * size, "{difference} of {size}");
    for (plan, tape) in by_plan.iter().zip(&by_tape) {
        assert_relative_eq!(plan, tape, max_relative = 1e-4);
    }
}
