//! A planned graph over samples gives what the interpreter gives for each of them; and the sum of their cotangents.

use super::interpreted::{all_numbers, cotangents, seed, values};
use super::numbers::numbers;
use cotangent::fastrand::Rng;
use cotangent::prelude::*;
use cotangent::tensor::Value;

graph! {
    struct Net { conv: [2, 1, 3, 3], bias: [2], weight: [2 * 9, 5] }

    /// Of one image, with dropout; and which pixel is the brightest.
    fn net(p: Net; x: [1, 1, 8, 8], label: [1] < 5, key) -> ([], [1, 5], [1] < 64) {
        let h = relu(conv2d(x, p.conv, p.bias, ConvWindow::new()));
        let h = dropout(max_pool2d(h, 2), key, { 0.25 });
        let scores = matmul(flatten_rows(h), p.weight);
        (cross_entropy(scores, label), scores, argmax(flatten_rows(x), 1))
    }

    /// With the batch as a dim.
    fn rows<B: Dim>(w: [3, 2]; x: [B, 3]) -> [B, 2] { tanh(matmul(x, w)) }
}

#[track_caller]
fn close(got: &[f64], expected: &[f64]) {
    assert_eq!(got.len(), expected.len());
    for (got, expected) in got.iter().zip(expected) {
        // Sums in another order: a few units in the last place of what is about one.
        let error = (got - expected).abs();
        assert!(error <= 1e-12 * expected.abs().max(1.0), "{got} {expected}");
    }
}

#[test]
fn each_sample_and_the_sum_of_their_cotangents() -> Result<(), LabelsError> {
    let (graph, mut rng) = (net::<f64>(), Rng::with_seed(1));
    let mut plan = graph.plan().batched();
    let p = Parameters::<f64, Net>::uniform(-1.0..1.0, &mut rng);
    let key = Key::new(7);
    let one = Tensor::scalar(1.0);
    // Again and again, with other numbers: nothing is left of the run before.
    for count in [3, 1, 0, 5, 3] {
        let mut samples = Vec::new();
        for i in 0..count {
            samples.push((Tensor::uniform(-1.0..1.0, &mut rng), Labels::new([i % 5])?));
        }
        let given = || samples.iter().map(|(x, label)| (x, label, &key));
        let only_values = plan.value(&p, given());
        let (results, dp) = plan.value_and_vjp(&p, given());
        assert_eq!((results.len(), only_values.len()), (count, count));
        let mut sum = vec![0.0; numbers(&p).len()];
        for (i, (x, label)) in samples.iter().enumerate() {
            // A key of its own for each.
            let key = key.fold_in(i as u64);
            let env = (x, label, &key);
            let expected = values(&graph, &p, env);
            for results in [&results[i], &only_values[i]] {
                let got = [numbers(&results.0), numbers(&results.1)].concat();
                close(&got, &all_numbers(&expected));
                let Value::Index(brightest) = &expected[2] else {
                    panic!("labels are indices");
                };
                assert_eq!(results.2.as_slice(), brightest.as_slice());
            }
            let of_sample = cotangents(&graph, &p, env, &[&seed(&one)]);
            for (sum, dp) in sum.iter_mut().zip(all_numbers(&of_sample)) {
                *sum += dp;
            }
        }
        close(&numbers(&dp), &sum);
    }
    Ok(())
}

/// Samples that differ in nothing draw each for itself, so that dropout keeps other elements of them: those that the interpreter keeps.
#[test]
fn each_sample_draws_for_itself() {
    let graph: GraphData<f64, _, _, _> =
        graph!(|x: [40]; scale: [], key| dropout(x, key, { 0.5 }) * scale);
    let (mut plan, key) = (graph.plan().batched(), Key::new(3));
    let (x, one) = (Tensor::ones(), Tensor::scalar(1.0));
    for count in [2, 1, 5, 70] {
        let y = plan.value(&x, vec![(&one, &key); count]);
        for (i, y) in y.iter().enumerate() {
            let key = key.fold_in(i as u64);
            let expected = values(&graph, &x, (&one, &key));
            assert_eq!(numbers(y), all_numbers(&expected), "{i} of {count}");
        }
        assert!(count == 1 || y[0] != y[1]);
    }
}

#[test]
fn a_batch_that_is_a_dim() {
    let (w, mut rng) = (
        Tensor::from([[1.0, 0.0], [0.0, 1.0], [-1.0, 2.0]]),
        Rng::with_seed(2),
    );
    let x: Tensor<f64, shape![4, 3]> = Tensor::uniform(-1.0..1.0, &mut rng);
    let expected = rows::<f64, N<4>>().value(&w, &x);
    let samples: Vec<Tensor<f64, shape![1, 3]>> = x
        .rows()
        .map(|row| Tensor::from_vec(row.into_vec()).expect("three elements"))
        .collect();
    let y = rows::<f64, N<1>>().plan().batched().value(&w, &samples);
    close(
        &y.iter().flat_map(numbers).collect::<Vec<_>>(),
        &numbers(&expected),
    );
}

#[test]
fn a_clone_runs_elsewhere() {
    let graph: GraphData<f64, _, _, _> = graph!(|w: []; x: []| w * x);
    let mut plan = graph.plan().batched();
    let samples = [1.0, 2.0].map(Tensor::scalar);
    let (mut clone, there) = (plan.clone(), samples.clone());
    let there = std::thread::spawn(move || clone.value(&Tensor::scalar(3.0), &there));
    assert_eq!(
        plan.value(&Tensor::scalar(3.0), &samples),
        [3.0, 6.0].map(Tensor::scalar)
    );
    assert_eq!(
        there.join().expect("it does not panic"),
        [3.0, 6.0].map(Tensor::scalar)
    );
}
