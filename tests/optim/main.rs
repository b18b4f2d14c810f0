//! Training: a step of a trainer is what loss, gradient and update give one after the other.

#[path = "../common/panics.rs"]
mod panics;

mod lbfgs;
mod reference;
mod saved;
mod settings;
mod state;

use cotangent::fastrand::Rng;
use cotangent::optim::{Optimiser, Trainer, adam, adamw, momentum, sgd};
use cotangent::prelude::*;

graph! {
    struct Net { w: [3, 4], b: [4], out: [4, 2], gain: [] }

    fn loss(p: Net; x: [5, 3], labels: [5] < 2) -> ([], [5] < 2) {
        let scores = matmul(tanh(matmul(x, p.w) + p.b), p.out) * p.gain;
        (cross_entropy(scores, labels), argmax(scores, 1))
    }
}

type Weights = Parameters<f64, Net>;

/// Sums in another order, and numbers of about 1.
#[track_caller]
fn assert_close(got: Weights, expected: &Weights) {
    let difference = got - expected;
    assert!(difference.dot(&difference).sqrt() < 1e-12, "{difference:?}");
}

/// What becomes of the parameters, by the graph and by operators on lists: `update` has the parameters, the gradient, what is
/// kept and the number of the step.
fn compare(
    optimiser: &Optimiser<f64>,
    rate: f64,
    mut update: impl FnMut(&mut Weights, Weights, &mut [Weights; 2], f64, i32),
) -> Result<(), LabelsError> {
    let mut rng = Rng::with_seed(3);
    let graph = loss::<f64>();
    let mut p = Weights::uniform(-1.0..1.0, &mut rng);
    let mut trainer = graph.trainer(optimiser, &p);
    let mut kept = [Weights::zeros(), Weights::zeros()];
    for step in 1..=20 {
        let x = Tensor::uniform(-1.0..1.0, &mut rng);
        let labels = Labels::new((0..5).map(|_| rng.usize(..2)).collect::<Vec<_>>())?;
        // The rate may change from step to step.
        let rate = if step > 10 { rate / 2.0 } else { rate };
        trainer.set_rate(rate);
        let ((expected, best), gradient) = graph.value_and_vjp(&p, (&x, &labels));
        let (got, answers) = trainer.step((&x, &labels));
        approx::assert_abs_diff_eq!(got, expected, epsilon = 1e-12);
        assert_eq!(answers, best);
        update(&mut p, gradient, &mut kept, rate, step);
        assert_close(trainer.parameters(), &p);
        assert_eq!(trainer.steps(), step as usize);
    }
    for (got, expected) in trainer.kept().into_iter().zip(&kept) {
        assert_close(got, expected);
    }
    assert_eq!(Some(trainer.kept().len()), optimiser.kept());
    Ok(())
}

#[test]
fn gradient_descent() -> Result<(), LabelsError> {
    compare(&sgd(0.3), 0.3, |p, g, _, rate, _| *p -= g * rate)
}

#[test]
fn with_momentum() -> Result<(), LabelsError> {
    compare(&momentum(0.1, 0.9), 0.1, |p, g, [m, _], rate, _| {
        *m = 0.9 * &*m + g;
        *p -= rate * &*m;
    })
}

/// Algorithm 1 of Kingma and Ba (2015), in its own words.
fn adam_of(decay: f64) -> impl FnMut(&mut Weights, Weights, &mut [Weights; 2], f64, i32) {
    move |p, g, [m, v], rate, step| {
        *m = 0.9 * &*m + 0.1 * &g;
        *v = 0.999 * &*v + 0.001 * g.map(|g| g * g);
        let m_hat = &*m / (1.0 - 0.9_f64.powi(step));
        let v_hat = &*v / (1.0 - 0.999_f64.powi(step));
        let change = m_hat.zip_map(&v_hat, |m, v| m / (v.sqrt() + 1e-8));
        *p = &*p - rate * change - (rate * decay) * &*p;
    }
}

#[test]
fn adam_is_as_in_the_paper() -> Result<(), LabelsError> {
    compare(&adam(0.05), 0.05, adam_of(0.0))
}

#[test]
fn adamw_takes_a_part_of_the_parameters() -> Result<(), LabelsError> {
    compare(&adamw(0.05, 0.1), 0.05, adam_of(0.1))
}

/// A trainer in a struct, with its type written out, on another thread.
struct Session {
    trainer: Trainer<f32, Tensor<f32, shape![2]>, environment![[2]], context![[]]>,
}

#[test]
fn a_trainer_is_a_field_and_goes_to_a_thread() {
    let g = graph!(|x: [2]; to: [2]| mse(x, to));
    let mut session = Session {
        trainer: g.trainer(&sgd(0.5), &Tensor::zeros()),
    };
    let mut other = session.trainer.clone();
    let to = Tensor::from([2.0, 4.0]);
    let here = std::thread::spawn(move || {
        session.trainer.step(&to);
        session.trainer.step(&to);
        session.trainer.parameters()
    });
    assert_eq!(here.join().expect("no panic"), Tensor::from([1.5, 3.0]));
    // A clone has memory of its own.
    other.step(&Tensor::from([0.0, 1.0]));
    assert_eq!(other.parameters(), Tensor::from([0.0, 0.5]));
}

#[test]
fn parameters_come_as_they_were_given() {
    let g = graph!(|x: [2], y: []| sum(x * y));
    let (x, y) = (Tensor::from([1.0, 2.0]), Tensor::scalar(3.0));
    let mut pair = g.trainer(&sgd(1.0), (&x, &y));
    pair.step(());
    assert_eq!(
        pair.parameters(),
        (Tensor::from([-2.0, -1.0]), Tensor::scalar(0.0))
    );
    let mut list = g.trainer(&sgd(1.0), &tlist![x, y]);
    list.step(());
    assert_eq!(
        list.parameters(),
        tlist![Tensor::from([-2.0, -1.0]), Tensor::scalar(0.0)]
    );
}

/// Each step draws by the key that it is given, as the interpreter does, on any number of threads: the gradient of a sum is the mask over
/// the probability.
#[test]
fn a_step_with_dropout() -> std::io::Result<()> {
    let g: GraphData<f32, _, _, _> = graph!(|x: [300, 500]; key| sum(dropout(x, key, { 0.5 })));
    let key = |step| Key::new(3).fold_in(step);
    let mut expected = Tensor::ones();
    let mut masks = Vec::new();
    for step in 0..3 {
        // `eval` interprets.
        let tlist![_, mask, _] = g.eval(&Tensor::ones(), &key(step));
        expected -= &mask * 0.5;
        masks.push(mask);
    }
    assert!(masks[0] != masks[1] && masks[1] != masks[2]);
    for threads in 1..5 {
        let mut trainer = g.trainer(&sgd(0.5), &Tensor::ones());
        trainer.set_threads(threads)?;
        for step in 0..3 {
            trainer.step(&key(step));
        }
        assert_eq!(trainer.parameters(), expected, "{threads} threads");
    }
    Ok(())
}

/// A rule may give back what is the same for all numbers.
#[test]
fn a_rule_that_ignores_the_parameter() {
    let constant = Optimiser::new(
        2.0,
        &graph!(|_p: [], _g: [], _n: []; rate: [], step: []| {
            (rate * step, step)
        }),
    );
    let mut trainer = graph!(|x: [3]| sum(x)).trainer(&constant, &Tensor::zeros());
    trainer.step(());
    trainer.step(());
    assert_eq!(trainer.parameters(), Tensor::from([4.0; 3]));
    assert_eq!(trainer.kept(), [Tensor::from([2.0; 3])]);
}

/// A parameter is updated once its gradient is there, so that two gradients take the memory of one: one row is multiplied by three
/// matrices, which stay, and of which two have a gradient at once at most.
#[test]
fn gradients_take_turns() {
    graph! {
        struct Three { a: [64, 64], b: [64, 64], c: [64, 64] }

        fn loss(p: Three; x: [1, 64]) -> [] {
            sum(matmul(tanh(matmul(tanh(matmul(x, p.a)), p.b)), p.c))
        }
    }
    let graph = loss::<f32>();
    let p = Parameters::<f32, Three>::zeros();
    let memory = graph.trainer(&sgd(0.1), &p).memory();
    let matrix = 64 * 64 * 4;
    assert!(
        (3 * matrix..5 * matrix).contains(&memory.peak),
        "{} bytes, and a matrix has {matrix}",
        memory.peak
    );
    // Gradients that are returned are all there at once.
    let of_vjp = graph.plan().memory_of_vjp();
    assert_eq!(of_vjp.outputs, 4 + 3 * matrix);
}
