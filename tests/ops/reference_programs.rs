//! Loops, results beside a loss, masks by key and computed indices against JAX: `tests/reference/programs.json`.
//!
//! A new case has one line in `cases!`. [tests/reference/README.md](../reference/README.md) says what the cases are,
//! and how they are made.

mod case;
mod compare;
mod computed;
mod draws;
mod graphs;
mod ops;
mod typed;

use case::Case;
use computed::*;
use cotangent::env::EnvEntries;
use cotangent::graph::Computes;
use cotangent::prelude::*;
use graphs::*;
use std::collections::BTreeSet;
use typed::{Filled, Untyped};

/// Compares a graph to a case: by its methods, and as a program.
fn compare<D, G, R, Ss>(case: &Case, g: &GraphData<f64, D, G, Ss>) -> Result<(), String>
where
    D: Filled + Environment<Of<f64> = TensorList<<D as EnvEntries>::Values<f64>>>,
    G: Context,
    R: Untyped,
    Ss: Computes<Results = R>,
{
    let run = || {
        typed::compare(case, g)?;
        compare_program(case, g)
    };
    run().map_err(|why| format!("{}: {why}", case.name))
}

fn compare_program<D, G, Ss>(case: &Case, g: &GraphData<f64, D, G, Ss>) -> Result<(), String> {
    compare::compare(case, &g.program().map_err(|why| why.to_string())?)
}

/// One test for each line, and the list `USED` of their cases. A line is `case: graph;` or, for one more graph of a case,
/// `test of case: graph;`.
macro_rules! cases {
    (@case $name:ident) => { stringify!($name) };
    (@case $name:ident $case:ident) => { stringify!($case) };
    ($($name:ident $(of $case:ident)?: $graph:expr;)+) => {
        const USED: &[&str] = &[$(cases!(@case $name $($case)?)),+];
        // A module and not a function, which would hide the graph of its name.
        $(mod $name {
            use super::*;
            #[test]
            fn agrees() -> Result<(), String> {
                compare(Case::find(cases!(@case $name $($case)?))?, &$graph)
            }
        })+
    };
}

cases! {
    scan_pair: pair();
    scan_pair_reverse: pair_reverse();
    scan_pair_last: pair();
    scan_pair_each: pair();
    scan_pair_reverse_last: pair_reverse();
    scan_pair_reverse_each: pair_reverse();
    scan_data: pair_of_data();
    scan_data_each of scan_data: pair_each();
    scan_labels: labels();
    classifier_has_aux: classifier();
    classifier_all: classifier();
    dropout_0: graph!(|x: [64]; key| dropout(x, key, 0.5));
    dropout_1: graph!(|x: [4, 3]; key| dropout(x, key, 0.1));
    dropout_2: graph!(|x: []; key| dropout(x, key, 0.25));
    dropout_3: graph!(|x: [2, 3, 5]; key| dropout(x, key, 0.9));
    dropout_4: graph!(|x: [7]; key| dropout(x, key, 0.0));
    dropout_twice: twice();
    dropout_in_op: in_op();
    dropout_in_call: in_call();
    dropout_in_scan: in_scan();
    dropout_in_scan_reverse: in_scan_reverse();
    dropout_in_repeat: in_repeat();
    dropout_after_labels: after_labels();
    dropout_in_scan_each: in_scan_each();
    dropout_in_scan_in_repeat: in_scan_in_repeat();
    uniform_1d: uniform_numbers();
    uniform_3d: uniform_numbers_3d();
    bernoulli: bernoulli_labels();
    bernoulli_of_logits: bernoulli_of_logits();
    categorical_axis_1: categorical_axis_1();
    categorical_axis_0: categorical_axis_0();
    argmax_axis_0: largest::axis_0();
    argmax_axis_1: largest::axis_1();
    argmax_axis_2: largest::axis_2();
    argmax_ties: largest::rows::<_, N<5>, N<4>>();
    argmax_unusual: largest::rows::<_, N<6>, N<4>>();
    argmin_axis_0: smallest::axis_0();
    argmin_axis_1: smallest::axis_1();
    argmin_axis_2: smallest::axis_2();
    argmin_ties: smallest::rows::<_, N<5>, N<4>>();
    argmin_unusual: smallest::rows::<_, N<6>, N<4>>();
    one_hot: hot_labels();
    one_hot_of_argmax: hot_argmax();
    iota: positions();
    iota_causal: causal();
    where_less: by_less::<_, N<12>>();
    where_less_equal: by_less_equal();
    where_equal: by_equal();
    where_not_equal of where_equal: by_not_equal();
    where_greater: by_greater();
    where_greater_equal: by_greater_equal();
    where_not_chosen: by_less::<_, N<5>>();
    where_relu: relu_by_choice();
    where_abs: abs_by_choice();
    where_clip: clip();
    where_sqrt: root();
    where_sqrt_safe: safe_root();
}

/// `value_and_grad(has_aux=True)`: the gradient of the loss, with what else the graph returns.
#[test]
fn a_gradient_with_results_beside_it() -> Result<(), String> {
    typed::compare_gradient(Case::find("classifier_has_aux")?, &classifier())
}

#[test]
fn every_case_is_used() {
    let used: BTreeSet<_> = USED.iter().copied().collect();
    let file: BTreeSet<_> = case::cases().keys().map(String::as_str).collect();
    let unused: Vec<_> = file.difference(&used).collect();
    assert!(unused.is_empty(), "no line of `cases!` has {unused:?}");
}

/// What a comparison refuses, and in which words.
#[test]
fn a_wrong_graph_is_refused() -> Result<(), String> {
    let case = |name| Case::find(name).cloned();
    let mut indices = case("where_less")?;
    indices.computed = case("where_less_equal")?.computed;
    let mut tangent = case("where_relu")?;
    tangent.output_tangents[0] = tangent.outputs[0].clone();
    let mut cotangent = case("classifier_all")?;
    cotangent.seeds[1] = None;
    let mut no_key = case("dropout_0")?;
    no_key.environment.clear();
    let mut kept = case("dropout_in_op")?;
    let tiny = kept.outputs[0].as_slice().iter().map(|y| y + 1e-20);
    kept.outputs[0] = AnyTensor::new(&[16], tiny.collect()).map_err(|why| why.to_string())?;
    let mut folds = case("dropout_in_scan")?;
    folds.masks[2].folds[1] = 1;
    let mut threshold = case("dropout_in_scan")?;
    threshold.masks[0].threshold += 1;
    let mut bits = case("dropout_in_scan")?;
    bits.masks[1].bits = bits.masks[0].bits.clone();
    let mut fewer = case("dropout_in_scan")?;
    fewer.masks.pop();
    let refused = [
        compare(&case("where_less")?, &by_less_equal()),
        compare(&case("where_greater")?, &by_less::<_, N<12>>()),
        compare(&case("argmax_ties")?, &smallest::rows::<_, N<5>, N<4>>()),
        compare(&case("scan_pair")?, &pair_reverse()),
        compare(&case("scan_pair")?, &labels()),
        compare(
            &case("one_hot_of_argmax")?,
            &largest::rows::<_, N<5>, N<4>>(),
        ),
        compare(&no_key, &graph!(|x: [64]; key| dropout(x, key, 0.5))),
        compare(&case("dropout_0")?, &graph!(|x: [64]| x + x)),
        compare(&kept, &in_op()),
        compare(&indices, &by_less::<_, N<12>>()),
        compare(&tangent, &relu_by_choice()),
        compare(&cotangent, &classifier()),
        typed::compare_gradient(&case("classifier_all")?, &classifier()),
        compare_program(&case("where_less")?, &by_less_equal()),
        compare_program(&case("scan_pair")?, &labels()),
        compare_program(&tangent, &relu_by_choice()),
        compare_program(&cotangent, &classifier()),
        compare(&folds, &in_scan()),
        compare(&threshold, &in_scan()),
        compare(&bits, &in_scan()),
        compare(&fewer, &in_scan()),
    ];
    let words: Vec<_> = refused.into_iter().map(|r| r.unwrap_err()).collect();
    insta::assert_snapshot!(words.join("\n"), @r"
    where_less: value: result 0 of dims [12]: element 2 is -0.693, expected -0.288
    where_greater: value: result 0 of dims [12]: element 0 is 0.997, expected -0.624
    argmax_ties: value: result 0 of dims [5]: element 0 is -2.0, expected 1.5
    scan_pair: value: result 0 of dims [3]: element 0 is 0.9824987642423916, expected 0.28226246233436464
    scan_pair: the graph takes [[3], [4, 3]], the inputs are [[3], [2, 3], [5, 2], [5], [3, 3], [2, 3], [3]]
    one_hot_of_argmax: value: result 0 is [5], expected [5, 4]
    dropout_0: the environment: the list has fewer tensors than the context has entries
    dropout_0: the case has one more entry, key []
    dropout_in_op: value: result 0: element 6 is not kept by one mask of two
    where_less: value: indices 0 are [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0], expected [1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0]
    where_relu: value_and_jvp: tangent 0 of dims [8]: element 3 is 0.421, expected 1e-300
    classifier_all: vjp: cotangent 0 of dims [4, 5]: element 0 is -0.06073315369841672, expected 0.5638051722431023
    value_and_vjp: cotangent 0 of dims [4, 5]: element 0 is 0.06823949853754689, expected 0.5638051722431023
    program: result 0 of dims [12]: element 2 is -0.693, expected -0.288
    the program takes 4 inputs, got 7
    jvp of the program: tangent 0 of dims [8]: element 3 is 0.421, expected 1e-300
    vjp of the program: cotangent 0 of dims [4, 5]: element 0 is -0.06073315369841672, expected 0.5638051722431023
    dropout_in_scan: the key of mask 2 is folded with [2, 2, 2, 0], expected [2, 1, 2, 0]
    dropout_in_scan: mask 0 has the key 62a90406bdf77585, 2147483648 and [2, 4], expected 62a90406bdf77585, 2147483649 and [2, 4]
    dropout_in_scan: mask 1 is [0, 0, 0, 1, 0, 1, 1, 0], expected [0, 1, 1, 1, 0, 0, 0, 0]
    dropout_in_scan: 3 masks, expected 2
    ");
    Ok(())
}
