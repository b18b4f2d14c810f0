//! What a planned graph gives, by a plan of its own or without being asked to, is what the interpreter gives.

use super::interpreted::{all_numbers, cotangents, seed, tangents, values};
use super::numbers::numbers;
use cotangent::fastrand::Rng;
use cotangent::prelude::*;

graph! {
    struct Net { conv: [4, 1, 3, 3], bias: [4], weight: [4 * 9, 5], gain: [5] }

    /// A small convolution net over a batch, with dropout.
    fn net(p: Net; x: [6, 1, 8, 8], labels: [6] < 5, key) -> ([], [6, 5]) {
        let h = relu(conv2d(x, p.conv, p.bias, ConvWindow::new()));
        let h = dropout(max_pool2d(h, 2), key, { 0.25 });
        let scores = softmax(matmul(flatten_rows(h), p.weight), 1) * p.gain;
        (cross_entropy(scores, labels), scores)
    }

    fn pendulum(state: [2], force: []) -> ([2], []) {
        let angle = sum(slice(state, 0, 0, 1));
        let speed = sum(slice(state, 0, 1, 1));
        let faster = speed + (force - sin(angle)) * { 0.1 };
        let further = angle + faster * { 0.1 };
        let next = stack((further, faster), 0);
        (next, square(further) + square(force) * { 0.01 })
    }
    fn swing(start: [2], forces: [20]) -> [] {
        let (_last, costs) = scan(pendulum)(start, forces);
        sum(costs)
    }

    fn several(x: [3, 4], y: [4]) -> ([3, 4], [], [3]) {
        let z = tanh(x * y) + exp(-x * x);
        (z, mean(z), max_axis(z, 1))
    }
}

/// Sums in another order: a few units in the last place of what is about one.
#[track_caller]
fn close(planned: Vec<f64>, plain: Vec<f64>) {
    assert_eq!(planned.len(), plain.len());
    for (planned, plain) in planned.iter().zip(&plain) {
        assert!(
            (planned - plain).abs() <= 1e-12 * plain.abs().max(1.0),
            "{planned} {plain}"
        );
    }
}

#[test]
fn a_net_with_labels_and_a_key() -> Result<(), LabelsError> {
    let graph = net::<f64>();
    let mut plan = graph.plan();
    let mut rng = Rng::with_seed(1);
    let labels = Labels::new([0, 1, 2, 3, 4, 0])?;
    // The same plan, again and again: nothing is left of the run before.
    for number in 0..3 {
        let p = Parameters::<f64, Net>::uniform(-1.0..1.0, &mut rng);
        let x = Tensor::uniform(-1.0..1.0, &mut rng);
        let key = Key::new(number);
        let env = (&x, &labels, &key);
        let expected = all_numbers(&values(&graph, &p, env));
        let one = Tensor::scalar(1.0);
        let dp = all_numbers(&cotangents(&graph, &p, env, &[&seed(&one)]));
        assert!(dp.iter().filter(|dp| **dp != 0.0).count() > 20);
        for ((loss, scores), dp_) in [plan.value_and_vjp(&p, env), graph.value_and_vjp(&p, env)] {
            close(
                [numbers(&loss), numbers(&scores)].concat(),
                expected.clone(),
            );
            close(numbers(&dp_), dp.clone());
        }
        for (loss, scores) in [plan.value(&p, env), graph.value(&p, env)] {
            close(
                [numbers(&loss), numbers(&scores)].concat(),
                expected.clone(),
            );
        }
    }
    Ok(())
}

#[test]
fn a_loop() {
    let graph = swing::<f64>();
    let mut rng = Rng::with_seed(2);
    let (start, forces) = (
        Tensor::uniform(-1.0..1.0, &mut rng),
        Tensor::uniform(-1.0..1.0, &mut rng),
    );
    let x = (&start, &forces);
    let expected = all_numbers(&values(&graph, x, ()));
    let one = Tensor::scalar(1.0);
    let dx = all_numbers(&cotangents(&graph, x, (), &[&seed(&one)]));
    let mut plan = graph.plan();
    for (cost, (dstart, dforces)) in [plan.value_and_vjp(x, ()), graph.value_and_vjp(x, ())] {
        close(numbers(&cost), expected.clone());
        close([numbers(&dstart), numbers(&dforces)].concat(), dx.clone());
    }
}

/// Cotangents of all results are inputs of the plan; and a clone has memory of its own, and runs on another thread.
#[test]
fn several_results() {
    let graph = several::<f64>();
    let mut rng = Rng::with_seed(3);
    let (x, y) = (
        Tensor::uniform(-1.0..1.0, &mut rng),
        Tensor::uniform(-1.0..1.0, &mut rng),
    );
    let mut plan = graph.plan();
    for scale in [1.0, -3.0] {
        let dy = (
            Tensor::full(scale),
            Tensor::scalar(2.0),
            Tensor::from([1.0, 0.0, scale]),
        );
        let expected = all_numbers(&values(&graph, (&x, &y), ()));
        let seeds: [&dyn Fn(&mut _); 3] = [&seed(&dy.0), &seed(&dy.1), &seed(&dy.2)];
        let expected_dx = all_numbers(&cotangents(&graph, (&x, &y), (), &seeds));
        let mut clone = plan.clone();
        let here = plan.vjp((&x, &y), (), &dy);
        let unasked = graph.vjp((&x, &y), (), &dy);
        let (x, y, seed) = (x.clone(), y.clone(), dy.clone());
        let there = std::thread::spawn(move || clone.vjp((&x, &y), (), &seed));
        let there = there.join().expect("it does not panic");
        for (values, (dx, dy)) in [here, there, unasked] {
            let values = [numbers(&values.0), numbers(&values.1), numbers(&values.2)];
            close(values.concat(), expected.clone());
            close([numbers(&dx), numbers(&dy)].concat(), expected_dx.clone());
        }
    }
}

/// Of what depends on no input the tangent is zero; labels have none.
#[test]
fn tangents_of_results() -> Result<(), LabelsError> {
    let graph: GraphData<f64, _, _, _> = graph!(
        |x: [3], w: [3, 4]; c: [2], labels: [3] < 4| -> ([], [2], [3] < 4, [4]) {
            let y = matmul(tanh(x), w);
            (mean(square(y)), c, labels, exp(y))
        }
    );
    let mut rng = Rng::with_seed(5);
    let mut tensor = || {
        (
            Tensor::uniform(-1.0..1.0, &mut rng),
            Tensor::uniform(-1.0..1.0, &mut rng),
        )
    };
    let ((x, w), (dx, dw)) = (tensor(), tensor());
    let (c, labels) = (Tensor::from([1.0, 2.0]), Labels::new([0, 3, 1])?);
    let (x, dx, env) = ((&x, &w), (&dx, &dw), (&c, &labels));
    let expected = all_numbers(&values(&graph, x, env));
    let expected_dy = all_numbers(&tangents(&graph, x, dx, env));
    let mut plan = graph.plan();
    for (y, dy) in [
        plan.value_and_jvp(x, dx, env),
        graph.value_and_jvp(x, dx, env),
    ] {
        close(
            [numbers(&y.0), numbers(&y.1), numbers(&y.3)].concat(),
            expected.clone(),
        );
        close(
            [numbers(&dy.0), numbers(&dy.3)].concat(),
            expected_dy.clone(),
        );
        assert_eq!((y.2, dy.1), (labels.clone(), Tensor::zeros()));
    }
    Ok(())
}

#[test]
#[should_panic(expected = "cannot plan graph `graph`")]
fn closures_have_no_program() {
    let square = NodeData::<f64, (), context![[]], ()>::from_closures(
        "square",
        |x, ()| x.get::<0>().map(|x| x * x),
        |x, dx, ()| x.get::<0>().zip_map(dx.get::<0>(), |x, dx| 2.0 * x * dx),
        |x, (), dy| tlist![x.get::<0>().zip_map(dy, |x, dy| 2.0 * x * dy)],
    );
    let _ = GraphData::<_, _, context![[]], _>::nil()
        .snoc(square)
        .plan();
}
