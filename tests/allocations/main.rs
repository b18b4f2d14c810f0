//! What runs of plans allocate, counted.

use allocation_counter::measure;
use cotangent::optim::{Trainer, adam, sgd};
use cotangent::prelude::*;
use cotangent::tensor::Value;

graph! {
    struct Layers { first: [4, 16], bias: [16], second: [16, 2] }

    /// Products that are small enough not to be packed.
    fn small(p: Layers; x: [1, 4], y: [1, 2]) -> [] {
        mse(matmul(tanh(matmul(x, p.first) + p.bias), p.second), y)
    }

    /// A mask in a layer, and one in each step of a loop.
    fn kept(x: [6], w: [6]; key) -> ([6], []) {
        let y = dropout(x * w, key, { 0.25 });
        (y, sum(y))
    }
    fn dropped(p: Layers; x: [1, 4], y: [1, 2], start: [6], factors: [8, 6], key) -> [] {
        let h = dropout(tanh(matmul(x, p.first) + p.bias), key, { 0.5 });
        let (_last, sums) = scan(kept)(start, factors, key);
        mse(matmul(h, p.second), y) + mean(sums)
    }

    /// The same with its key, and the mean of what was lost, as a state.
    fn stateful(p: Layers; key, mean: [], x: [1, 4], y: [1, 2], start: [6], factors: [8, 6]) -> ([], key, []) {
        let lost = dropped(p, x, y, start, factors, key);
        (lost, next_key(key), 0.75 * mean + 0.25 * lost)
    }

    fn wide(x: [128, 128], w: [128, 128]) -> [] {
        mean(square(matmul(x, w)))
    }

    fn pendulum(state: [2], force: []) -> ([2], []) {
        let next = state * { 0.9 } + sin(state) * { 0.1 };
        (next, square(force) + sum(next))
    }
    fn swing(start: [2], forces: [20]) -> [] {
        let (_last, costs) = scan(pendulum)(start, forces);
        sum(costs)
    }
}

/// So many a step of a trainer makes for a loss.
const STEP: u64 = 3;

/// How many allocations something makes.
fn count(run: impl FnOnce()) -> u64 {
    measure(run).count_total
}

/// Of `value`: the elements of the result, what shares them, and the list of the results.
#[test]
fn a_value_is_what_is_allocated() {
    let mut plan = small::<f32>().plan();
    let p = Layers::of(Tensor::ones(), Tensor::zeros(), Tensor::ones());
    let (x, y) = (Tensor::ones(), Tensor::zeros());
    let first = count(|| drop(plan.value(&p, (&x, &y))));
    assert!(first > 3, "{first}");
    for _ in 0..3 {
        assert_eq!(count(|| drop(plan.value(&p, (&x, &y)))), 3);
    }
}

/// Of `value_and_vjp`: elements and what shares them for the value and for each of three cotangents, and their list.
#[test]
fn cotangents_are_what_is_allocated() {
    let mut plan = small::<f32>().plan();
    let p = Layers::of(Tensor::ones(), Tensor::zeros(), Tensor::ones());
    let (x, y) = (Tensor::ones(), Tensor::zeros());
    drop(plan.value_and_vjp(&p, (&x, &y)));
    for _ in 0..3 {
        assert_eq!(
            count(|| drop(plan.value_and_vjp(&p, (&x, &y)))),
            2 * (1 + 3) + 1
        );
    }
}

/// The run itself allocates nothing: elementwise chains, reductions, products, loops with what they keep.
#[test]
fn a_run_into_slices_allocates_nothing() {
    let mut plan = swing::<f64>().plan();
    let (start, forces) = ([0.5, 0.25], [0.1; 20]);
    let (mut y, mut dstart, mut dforces) = ([0.0], [0.0; 2], [0.0; 20]);
    let inputs: [&[f64]; 2] = [&start, &forces];
    let mut run = || {
        let outputs: &mut [&mut [f64]] = &mut [&mut y, &mut dstart, &mut dforces];
        plan.value_and_vjp_into(&inputs, outputs);
    };
    run();
    for _ in 0..3 {
        assert_eq!(count(&mut run), 0);
    }
    // And it is the run that others make.
    let (value, (ds, df)) =
        swing::<f64>().value_and_vjp((&Tensor::from(start), &Tensor::from(forces)), ());
    assert!((value.item() - y[0]).abs() < 1e-12);
    let close = |x: &[f64], y: &[f64]| x.iter().zip(y).all(|(x, y)| (x - y).abs() < 1e-12);
    assert!(close(ds.as_slice(), &dstart) && close(df.as_slice(), &dforces));
}

/// Of a step: the elements of its results, what shares them, and their list.
#[test]
fn a_step_allocates_its_results() {
    let graph = small::<f32>();
    let p = Layers::of(Tensor::ones(), Tensor::zeros(), Tensor::ones());
    let (x, y) = (Tensor::ones(), Tensor::zeros());
    for optimiser in [sgd(0.1), adam(0.1)] {
        let mut trainer = graph.trainer(&optimiser, &p);
        drop(trainer.step((&x, &y)));
        let step = |trainer: &mut Trainer<_, _, _, _>| count(|| drop(trainer.step((&x, &y))));
        let each = step(&mut trainer);
        assert_eq!(each, STEP);
        assert_eq!((step(&mut trainer), step(&mut trainer)), (each, each));
    }
}

/// What `dropped` is given but for its key.
fn batch() -> (
    Tensor<f32, shape![1, 4]>,
    Tensor<f32, shape![1, 2]>,
    Tensor<f32, shape![6]>,
    Tensor<f32, shape![8, 6]>,
) {
    (
        Tensor::ones(),
        Tensor::zeros(),
        Tensor::ones(),
        Tensor::full(0.5),
    )
}

/// Keys and masks are among what the arena holds: a step with dropout, in a loop too, allocates no more than one without, but for the
/// key that is given, as a value.
#[test]
fn a_step_with_dropout_allocates_its_results() {
    let p = Layers::of(Tensor::ones(), Tensor::zeros(), Tensor::ones());
    let (x, y, start, factors) = batch();
    let mut trainer = dropped::<f32>().trainer(&sgd(0.1), &p);
    let mut step = |number| {
        let key = Key::new(7).fold_in(number);
        let env = (&x, &y, &start, &factors, &key);
        let mut loss = 0.0;
        let each = count(|| loss = trainer.step(env).item());
        (each, loss)
    };
    let (_, first) = step(0);
    let (each, second) = step(1);
    let of_key = count(|| drop(Value::<f32>::from(Key::new(7))));
    assert_eq!((each, of_key), (STEP + of_key, 2));
    assert_ne!(first, second);
    assert_eq!([step(2).0, step(3).0], [each; 2]);
}

/// A state stays in the arena: a step that replaces its key allocates its results and nothing else.
#[test]
fn a_step_with_a_key_as_its_state_allocates_its_results() {
    let p = Layers::of(Tensor::ones(), Tensor::zeros(), Tensor::ones());
    let (x, y, start, factors) = batch();
    let state = (&Key::new(7), &Tensor::scalar(0.0));
    let mut trainer = stateful::<f32>().trainer_with_state(&sgd(0.1), &p, state);
    let mut losses = Vec::with_capacity(4);
    let mut step = || count(|| losses.push(trainer.step((&x, &y, &start, &factors)).item()));
    step();
    assert_eq!([step(), step(), step()], [STEP; 3]);
    losses.dedup();
    assert_eq!(losses.len(), 4, "each step draws for itself");
    assert_ne!(trainer.state().0, Key::new(7));
}

/// What `gemm` packs into, of products of more than 64 × 64 × 64 multiplications, it allocates for each product.
#[test]
fn large_products_allocate_what_they_pack() {
    let mut plan = wide::<f32>().plan();
    // Only this thread is counted.
    plan.set_threads(1).expect("the thread that calls");
    let (x, w) = (vec![1.0; 128 * 128], vec![0.5; 128 * 128]);
    let mut y = [0.0];
    let inputs: [&[f32]; 2] = [&x, &w];
    let mut run = || plan.value_into(&inputs, &mut [&mut y]);
    run();
    let again = measure(&mut run);
    assert_eq!(again.bytes_current, 0);
    assert_eq!(again.count_total, 1);
}
