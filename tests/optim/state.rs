//! Training with a state that the results replace: keys, running statistics, labels.

use cotangent::optim::{momentum, sgd};
use cotangent::prelude::*;
use num_rational::BigRational;

graph! {
    struct Seen { mean: [6], steps: [] }

    /// Of small whole numbers and halves, so that sums are exact in any order. What was kept stands beside it.
    fn loss(w: [6, 4]; key, seen: Seen, x: [5, 6]) -> ([], key, Seen, [5, 6]) where A: OrderedField {
        let kept = dropout(x, key, 0.5);
        let seen = Seen { mean: 0.5 * seen.mean + 0.5 * sum_axis(kept, 0), steps: seen.steps + 1.0 };
        (sum(square(matmul(kept, w))), next_key(key), seen, kept)
    }
}

fn exact<S: Shape>(x: &Tensor<f64, S>) -> Tensor<BigRational, S> {
    x.map(|&x| BigRational::from_float(x).expect("finite"))
}

fn batch(step: usize) -> Tensor<f64, shape![5, 6]> {
    Tensor::from_fn(|[row, column]| ((3 * row + column + step) % 4) as f64)
}

/// A trainer gives bit for bit what the interpreter gives over the rationals, in a loop by hand, and keeps the key and the
/// statistics in its memory, on any number of threads.
#[test]
fn a_key_and_statistics() -> Result<(), Box<dyn std::error::Error>> {
    let (g, exactly) = (loss::<f64>(), loss::<BigRational>());
    let w = Tensor::from_fn(|[i, j]| ((i + 2 * j) % 5) as f64);
    for threads in 1..4 {
        let (mut key, mut seen) = (Key::new(3), Seen::of(Tensor::zeros(), Tensor::zeros()));
        let mut p = exact(&w);
        let state = (&key, &Seen::of(Tensor::zeros(), Tensor::zeros()));
        let mut trainer = g.trainer_with_state(&sgd(1.0 / 64.0), &w, state);
        trainer.set_threads(threads)?;
        let mut masks = Vec::new();
        for step in 0..4 {
            let x = batch(step);
            let env = (&key, &seen, &exact(&x));
            let ((expected, next, next_seen, kept), dp) = exactly.value_and_vjp(&p, env);
            let rate = BigRational::from_float(1.0 / 64.0).expect("finite");
            p -= dp * rate;
            (key, seen) = (next, next_seen);

            let (got, beside) = trainer.step(&x);
            assert_eq!(
                (exact(&got), exact(&beside)),
                (expected, kept),
                "step {step}"
            );
            let (of_trainer, by_trainer) = trainer.state();
            assert_eq!(of_trainer, key);
            assert_eq!(exact(&by_trainer.mean), seen.mean);
            assert_eq!(by_trainer.steps.item(), (step + 1) as f64);
            assert_eq!(exact(&trainer.parameters()), p);
            masks.push(beside.map(|&kept| kept != 0.0).as_slice().to_vec());
        }
        masks.dedup();
        assert_eq!(masks.len(), 4, "each step draws for itself");
    }
    Ok(())
}

/// The mask that is drawn with a key is none that is drawn with the next one, nor with those after it, wherever they are drawn:
/// at the same place of the graph and at another.
#[test]
fn no_mask_comes_again() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [64]; key| -> ([64], [64], [64], [64], key, key) {
        let other = next_key(key);
        let third = next_key(other);
        (dropout(x, key, 0.5), dropout(x, other, 0.5), dropout(x, third, 0.5), dropout(x, key, 0.5),
         next_key(key), next_key(third))
    });
    assert_eq!(cotangent::prove::draws_are_apart(&g), Ok(4));
    let mut masks = Vec::new();
    let mut key = Key::new(1);
    let mut keys = vec![key];
    for step in 0..20 {
        let (a, b, c, d, next, other) = g.value(&Tensor::ones(), &key);
        masks.extend(
            [a, b, c, d].map(|x| x.as_slice().iter().map(|&x| x != 0.0).collect::<Vec<_>>()),
        );
        assert_ne!(next, other);
        key = if step % 2 == 0 { next } else { other };
        keys.push(key);
    }
    let count = masks.len();
    masks.sort();
    masks.dedup();
    assert_eq!((count, masks.len()), (80, 80));
    keys.sort_by_key(|key| key.halves);
    keys.dedup();
    assert_eq!(keys.len(), 21);
}

/// A state that is one key, alone in the environment; a copy of the trainer, and a checked one, draw what it draws.
#[test]
fn a_key_alone() {
    let g: GraphData<f32, _, _, _> = graph!(|x: [300]; key| -> ([], key) {
        (sum(dropout(x, key, 0.5)), next_key(key))
    });
    let mut trainer = g.trainer_with_state(&momentum(0.5, 0.5), &Tensor::ones(), &Key::new(5));
    let first = trainer.step(());
    let mut copies = [trainer.clone(), trainer.checked()];
    let second = trainer.step(());
    assert_ne!(first, second);
    for copy in &mut copies {
        assert_eq!(copy.step(()), second);
        assert_eq!(
            (copy.state(), copy.parameters()),
            (trainer.state(), trainer.parameters())
        );
    }
}

/// A key that a graph that is called gives, from layers that are called in a row.
#[test]
fn a_key_of_a_call() {
    graph! {
        fn layer(x: [40]; key) -> ([40], key) {
            let next = next_key(key);
            (dropout(x, next, 0.25), next)
        }
        fn layers(x: [40]; key) -> ([], key) {
            let (h, key) = layer(x, key);
            let (h, key) = layer(h, key);
            (sum(dropout(h, key, 0.25)), key)
        }
    }
    let g = layers::<f64>();
    // The callee draws from the key that it gives, and its caller, too.
    assert_eq!(cotangent::prove::draws_are_apart(&g), Ok(3));
    let mut trainer = g.trainer_with_state(&sgd(0.5), &Tensor::ones(), &Key::new(2));
    let (mut key, mut x) = (Key::new(2), Tensor::ones());
    for _ in 0..3 {
        let ((_, next), dx) = g.value_and_vjp(&x, &key);
        trainer.step(());
        (x, key) = (x - dx * 0.5, next);
        assert_eq!((trainer.parameters(), trainer.state()), (x.clone(), key));
    }
}

/// A state that is labels, and results beside it: what was read last, and the sum.
#[test]
fn a_state_of_labels() -> Result<(), LabelsError> {
    graph! {
        fn matched(x: [3]; last: [3] < 4, now: [3] < 4) -> ([], [3] < 4, []) {
            let equal = sum(to_scalar(last) * to_scalar(now));
            (sum(x * x) + 0 * equal, now, equal)
        }
    }
    let g = matched::<f64>();
    let first = Labels::new([1, 2, 3])?;
    let mut trainer = g.trainer_with_state(&sgd(0.5), &Tensor::ones(), &first);
    let (loss, product) = trainer.step(&Labels::new([1, 1, 1])?);
    assert_eq!((loss.item(), product.item()), (3.0, 6.0));
    assert_eq!(trainer.state(), Labels::new([1, 1, 1])?);
    let (loss, product) = trainer.step(&Labels::new([0, 3, 2])?);
    assert_eq!((loss.item(), product.item()), (0.0, 5.0));
    Ok(())
}
