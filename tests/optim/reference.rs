//! Optimisers against Optax: `tests/reference/optimisers.json`, by a trainer and as functions on lists.
//!
//! A new case has one line in `cases!`. [tests/reference/README.md](../reference/README.md) says what the cases are.

use cotangent::optim::*;
use cotangent::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

graph! {
    struct Body { weight: [3, 4], bias: [4] }
    struct Head { weight: [4, 2] }
    struct Net { body: Body, head: Head }

    fn loss(p: Net; x: [6, 3], t: [6, 2]) -> [] {
        let y = matmul(tanh(matmul(x, p.body.weight) + p.body.bias), p.head.weight);
        0.5 * mean(square(y - t))
    }
}

type Weights = Parameters<f64, Net>;

#[derive(Deserialize)]
struct Stored {
    dims: Vec<usize>,
    data: Vec<f64>,
}

#[derive(Deserialize)]
struct After {
    parameters: BTreeMap<String, Vec<f64>>,
    averaged: Option<BTreeMap<String, Vec<f64>>>,
}

#[derive(Deserialize)]
struct Case {
    after: BTreeMap<usize, After>,
}

#[derive(Deserialize)]
struct File {
    rate: f64,
    start: BTreeMap<String, Stored>,
    x: Stored,
    t: Stored,
    reports: Vec<f64>,
    cases: BTreeMap<String, Case>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    let text = include_str!("../reference/optimisers.json");
    serde_json::from_str(text).expect("the file of cases")
});

/// One of several tensors that lie one after the other.
fn part<S: Shape>(of: &Stored, at: usize) -> Tensor<f64, S> {
    assert_eq!(of.dims[1..], *S::DIMS);
    let count: usize = S::DIMS.iter().product();
    let data = of.data[at * count..][..count].to_vec();
    let any = AnyTensor::new(S::DIMS, data).expect("as many elements");
    any.cast().expect("these dims")
}

/// Some 1,000 roundings of numbers of about 1, of which none is near a place where the update jumps: a sign, a largest one. Those
/// of Optax and ours are not in the same order.
const TOLERANCE: f64 = 1e-11;

#[track_caller]
fn compare(what: &str, update: usize, got: &Weights, expected: &BTreeMap<String, Vec<f64>>) {
    let names = got.names();
    assert_eq!(names.len(), expected.len());
    for (name, _, elements) in names {
        for (got, expected) in elements.iter().zip(&expected[&*name]) {
            let difference = (got - expected).abs();
            assert!(
                difference <= TOLERANCE,
                "{what}, `{name}` after {update} updates: {got} and {expected} differ by {difference:e}"
            );
        }
    }
}

fn check(name: &str, optimiser: &Optimiser<f64>, is_told: bool) {
    let case = &FILE.cases[name];
    let start = cotangent::context::by_name::<f64, Net>(|name, dims| {
        let stored = &FILE.start[name];
        assert_eq!(*dims, *stored.dims);
        stored.data.clone()
    });
    let start: Weights = start.expect("as many elements");
    let mut trainer = loss::<f64>().trainer(optimiser, &start);
    let mut plan = loss::<f64>().plan();
    let mut state = optimiser.state(&start);
    let mut p = start;
    let mut compared = 0;
    let batches = FILE.x.dims[0];
    for step in 0.. {
        let updates = trainer.updates();
        if updates == 100 {
            break;
        }
        if is_told {
            trainer.report(FILE.reports[step]);
            state.report(FILE.reports[step]);
        }
        let (x, t) = (part(&FILE.x, step % batches), part(&FILE.t, step % batches));
        trainer.step((&x, &t));
        let (_, gradients) = plan.value_and_vjp(&p, (&x, &t));
        p = state.step(&p, &gradients);
        assert_eq!(
            (state.updates(), state.steps()),
            (trainer.updates(), step + 1)
        );
        let update = trainer.updates();
        if let Some(after) = case.after.get(&update).filter(|_| update > updates) {
            compare(
                "a trainer",
                update,
                &trainer.parameters(),
                &after.parameters,
            );
            compare("a list", update, &p, &after.parameters);
            assert_eq!(state.averaged().is_some(), after.averaged.is_some());
            if let (Some(average), Some(expected)) = (state.averaged(), &after.averaged) {
                compare("a trainer's average", update, &trainer.averaged(), expected);
                compare("a list's average", update, &average, expected);
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 3);
}

/// One test for each line, and the list `USED` of their cases. A line is `case: optimiser`, where `told` stands before a case
/// with reports.
macro_rules! cases {
    (@told) => { false };
    (@told told) => { true };
    ($($($told:ident)? [$name:ident] $optimiser:expr;)+) => {
        const USED: &[&str] = &[$(stringify!($name)),+];
        $(#[test]
        fn $name() {
            check(stringify!($name), &$optimiser, cases!(@told $($told)?));
        })+
    };
}

const RATE: f64 = 0.05;

fn weights(_name: &str, dims: &cotangent::tensor::Dims) -> bool {
    dims.len() > 1
}

fn warm_cosine() -> Schedule {
    warm_up(10).then(cosine(60, 0.1))
}

cases! {
    [sgd] cotangent::optim::sgd(RATE);
    [momentum] cotangent::optim::momentum(RATE, 0.9);
    [nesterov] cotangent::optim::nesterov(RATE, 0.9);
    [adam] cotangent::optim::adam(RATE);
    [adam_settings] Adam { beta1: 0.8, beta2: 0.95, epsilon: 1e-3 }.adam(RATE);
    [adamw] cotangent::optim::adamw(RATE, 0.1);
    [nadam] cotangent::optim::nadam(RATE);
    [rmsprop] cotangent::optim::rmsprop(RATE);
    [rmsprop_momentum] RmsProp { alpha: 0.9, momentum: 0.5, ..RmsProp::default() }.rmsprop(RATE);
    [rmsprop_centred] RmsProp { alpha: 0.9, epsilon: 1e-3, centred: true, momentum: 0.0 }.rmsprop(RATE);
    [rmsprop_centred_momentum] RmsProp { alpha: 0.9, epsilon: 1e-3, centred: true, momentum: 0.5 }.rmsprop(RATE);
    [adagrad] cotangent::optim::adagrad(RATE);
    [lion] cotangent::optim::lion(RATE / 10.0, 0.1);
    [adafactor] cotangent::optim::adafactor(RATE);
    [adafactor_factored] Adafactor { least_factored: 2, ..Adafactor::default() }.adafactor(RATE).decoupled_decay(0.1);
    [adafactor_rate] Adafactor { least_factored: 4, scales: false, ..Adafactor::default() }.adafactor(RATE);
    [sgd_decay] cotangent::optim::momentum(RATE, 0.9).decay(0.1).decay_of(weights);
    [adamw_mask] cotangent::optim::adamw(RATE, 0.1).decay_of(weights);
    [clip_value] cotangent::optim::momentum(RATE, 0.9).clip_value(0.02);
    [clip_norm] cotangent::optim::adam(RATE).clip_norm(0.1);
    [clip_both] cotangent::optim::momentum(RATE, 0.9).clip_norm(0.1).clip_value(0.05);
    [rates] cotangent::optim::adamw(RATE / 10.0, 0.1)
        .rate_of(|name, _dims| if name.starts_with("head") { 10.0 } else { 1.0 });
    [accumulated] cotangent::optim::adam(RATE).accumulate(3);
    [averaged] cotangent::optim::momentum(RATE, 0.9).average(0.9);
    [warm_cosine_of] cotangent::optim::adam(RATE).schedule(warm_cosine());
    [stepped_cycle] cotangent::optim::momentum(RATE, 0.9).schedule(step_decay(30, 0.5).times(one_cycle(80)));
    told [plateaus] cotangent::optim::sgd(RATE).schedule(
        Plateau { factor: 0.5, patience: 3, cooldown: 2, threshold: 0.01, least: 0.1 }.into(),
    );
    [all] cotangent::optim::adamw(RATE, 0.1)
        .decay_of(weights)
        .rate_of(|name, _dims| if name == "head.weight" { 0.5 } else { 1.0 })
        .clip_value(0.2)
        .clip_norm(0.3)
        .accumulate(3)
        .average(0.9)
        .schedule(warm_cosine());
}

#[test]
fn every_case_is_used() {
    let cases: Vec<&str> = FILE.cases.keys().map(String::as_str).collect();
    let mut used = USED.to_vec();
    used.sort_unstable();
    assert_eq!(used, cases);
    assert_eq!(FILE.rate, RATE);
}
