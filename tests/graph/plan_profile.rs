//! Planned graphs with a clock, and with checks.

use super::panics::panic_of;
use cotangent::explain::Made;
use cotangent::fastrand::Rng;
use cotangent::prelude::*;

graph! {
    struct Net { weight: [8, 16], bias: [16], out: [16, 4] }

    fn net(p: Net; x: [32, 8], labels: [32] < 4) -> [] {
        let h = relu(matmul(x, p.weight) + p.bias);
        cross_entropy(matmul(h, p.out), labels)
    }

    fn step(state: [3], force: [3]) -> ([3], []) {
        let next = state + force;
        let cost = sum(log(next));
        (next, cost)
    }
    fn walk(start: [3], forces: [5, 3]) -> [] {
        let (_last, costs) = scan(step)(start, forces);
        sum(costs)
    }

    fn ratio(x: [4], y: [4]) -> [] {
        let shares = x / y;
        let bounded = tanh(shares);
        sum(bounded)
    }

    fn root(x: [3]) -> [] {
        let roots = sqrt(x);
        sum(roots)
    }

    fn attended(q: [2, 3, 4], k: [2, 3, 4], v: [2, 3, 4]) -> [] {
        mean(square(causal_attention(q, k, v)))
    }
}

#[test]
fn a_profile_has_each_step_with_its_work() -> Result<(), LabelsError> {
    let mut plan = net::<f32>().plan();
    let mut rng = Rng::with_seed(3);
    let p = Parameters::<f32, Net>::uniform(-1.0..1.0, &mut rng);
    let x = Tensor::uniform(-1.0..1.0, &mut rng);
    let labels = Labels::new([1; 32])?;
    let profile = plan.profile_vjp(4, &p, (&x, &labels));
    let explained = plan.explain_vjp();
    assert_eq!(
        (profile.runs, profile.steps.len()),
        (4, explained.all().len())
    );
    for (timed, step) in profile.steps.iter().zip(explained.all()) {
        assert_eq!((&timed.step, timed.times, timed.depth), (step, 1, 0));
        assert_eq!(
            (timed.bytes, timed.operations),
            (step.bytes, step.operations)
        );
    }
    let sum = profile.steps.iter().map(|timed| timed.time).sum();
    assert_eq!(profile.time, sum);
    assert!(profile.limits.operations > 0.0 && profile.limits.bytes > 0.0);
    let table = profile.to_string();
    assert!(
        table.contains("vjp of h") && table.contains("GFLOP/s"),
        "{table}"
    );
    // The runs were runs: the plan gives what it gave.
    let (value, _) = plan.value_and_vjp(&p, (&x, &labels));
    assert!((value - net::<f32>().value(&p, (&x, &labels))).item().abs() < 1e-5);
    Ok(())
}

#[test]
fn what_is_in_a_loop_counts_for_each_of_its_times() {
    let mut plan = walk::<f64>().plan();
    let profile = plan.profile(3, (&Tensor::ones(), &Tensor::ones()), ());
    let around = profile
        .steps
        .iter()
        .find(|timed| timed.step.is_loop())
        .unwrap();
    let inside: Vec<_> = profile
        .steps
        .iter()
        .filter(|timed| timed.depth == 1)
        .collect();
    assert!(!inside.is_empty() && inside.iter().all(|timed| timed.times == 5));
    assert_eq!(around.times, 1);
    let operations: u64 = inside.iter().map(|timed| timed.operations).sum();
    assert_eq!(around.operations, operations);
    let within: std::time::Duration = inside.iter().map(|timed| timed.time).sum();
    assert!(within <= around.time);
}

/// The trace is JSON, with an event for each time of each step, inside of those around it.
#[test]
fn a_trace_is_json() {
    let mut plan = walk::<f32>().plan();
    let profile = plan.profile(2, (&Tensor::ones(), &Tensor::ones()), ());
    let trace: serde_json::Value = serde_json::from_str(&profile.to_trace()).expect("JSON");
    let events = trace["traceEvents"].as_array().expect("events");
    let times: u64 = profile.steps.iter().map(|timed| timed.times).sum();
    assert_eq!(events.len() as u64, times);
    let span = |event: &serde_json::Value| {
        let start = event["ts"].as_f64().expect("a start");
        (start, start + event["dur"].as_f64().expect("a duration"))
    };
    let is_loop = |event: &&serde_json::Value| event["cat"] == "loop";
    let around = span(events.iter().find(is_loop).expect("a loop"));
    let inside = profile.steps.iter().filter(|timed| timed.depth == 1);
    let inside: Vec<usize> = inside.map(|timed| timed.step.number).collect();
    let mut seen = 0;
    for event in events {
        assert_eq!(
            (event["ph"].as_str(), event["pid"].as_u64()),
            (Some("X"), Some(1))
        );
        let step = event["args"]["step"].as_u64().expect("a step") as usize;
        if inside.contains(&step) {
            let (start, end) = span(event);
            assert!(around.0 <= start && end <= around.1 + 0.002, "{event}");
            seen += 1;
        }
    }
    assert_eq!(seen, 5 * inside.len());
}

/// The first node that divides by zero, and neither those that follow nor those that take infinities that were given.
#[test]
fn the_first_node_is_named() {
    let mut plan = ratio::<f64>().plan().checked();
    let (x, ones) = (Tensor::from([1.0, 2.0, 0.0, -3.0]), Tensor::ones());
    let fine = plan.try_value((&x, &ones), ()).expect("finite values");
    assert!((fine - ratio::<f64>().value((&x, &ones), ())).item().abs() < 1e-12);
    for (y, element, made) in [
        ([1.0, 1.0, 0.0, 1.0], 2, Made::Nan),
        ([1.0, 0.0, 0.0, 1.0], 1, Made::Infinity),
        ([1.0, 1.0, 1.0, 0.0], 3, Made::MinusInfinity),
    ] {
        let error = plan.try_value((&x, &Tensor::from(y)), ()).unwrap_err();
        assert_eq!((&*error.origin.name, &*error.origin.op), ("shares", "div"));
        assert_eq!((error.element, error.made, error.at), (element, made, None));
        let (file, line) = error.origin.source.clone().expect("a line");
        let source = include_str!("plan_profile.rs");
        let written = source.lines().nth(line as usize - 1).expect("the line");
        assert!(
            file.ends_with("plan_profile.rs") && written.contains("x / y"),
            "{file}:{line}"
        );
    }
    let given = Tensor::from([f64::INFINITY, 1.0, 1.0, 1.0]);
    let value = plan
        .try_value((&given, &Tensor::ones()), ())
        .expect("infinite from the start");
    assert!(value.item().is_finite());
    // A plan without checks gives the number.
    let zeros = Tensor::zeros();
    assert!(
        ratio::<f64>()
            .plan()
            .value((&zeros, &zeros), ())
            .item()
            .is_nan()
    );
}

/// The values are finite, and the derivative of the root at zero is not.
#[test]
fn a_pullback_is_named_by_its_node() {
    let mut plan = root::<f32>().plan().checked();
    let x = Tensor::from([1.0, 0.0, 4.0]);
    assert_eq!(plan.try_value(&x, ()).map(|value| value.item()), Ok(3.0));
    let error = plan.try_value_and_vjp(&x, ()).unwrap_err();
    assert_eq!(
        (&*error.origin.name, error.made, error.element),
        ("vjp of roots", Made::Infinity, 1)
    );
}

#[test]
fn a_step_of_a_loop_is_counted() {
    let mut plan = walk::<f64>().plan().checked();
    let mut forces = Tensor::ones();
    assert!(plan.try_value((&Tensor::ones(), &forces), ()).is_ok());
    forces = forces.map(|force| -force);
    let start = Tensor::from([9.0, 3.0, 9.0]);
    let error = plan.try_value((&start, &forces), ()).unwrap_err();
    assert_eq!(
        (&*error.origin.op, error.made, error.at),
        ("log", Made::MinusInfinity, Some(2))
    );
    let words = panic_of(|| plan.value((&start, &forces), ()));
    assert!(
        words.contains("made -inf from finite values: log, element 1, in step 2 of its loop"),
        "{words}"
    );
}

/// A mask of infinities is no fault: nothing is made from finite values that is not finite.
#[test]
fn what_takes_infinities_on_purpose_is_not_blamed() {
    let mut rng = Rng::with_seed(9);
    let mut x = || Tensor::uniform(-1.0..1.0, &mut rng);
    let (q, k, v) = (x(), x(), x());
    let mut plan = attended::<f64>().plan().checked();
    let given = plan
        .try_value_and_vjp((&q, &k, &v), ())
        .map(|(value, _)| value.item());
    let expected = attended::<f64>().value((&q, &k, &v), ()).item();
    assert!((given.expect("finite results") - expected).abs() < 1e-12);
}
