//! Settings: what they do together, and what cannot be.

use crate::panics::panic_of;
use cotangent::optim::*;
use cotangent::prelude::*;
use cotangent::program::{Input, Program, Type};
use cotangent::tensor::Dims;

#[test]
fn what_cannot_be_is_said_at_once() {
    let optimiser = Adam {
        beta1: 1.0,
        beta2: -0.5,
        epsilon: f64::NAN,
    }
    .adamw(f64::NAN, 1.0)
    .decay(-0.1)
    .clip_value(0.0)
    .clip_norm(f64::INFINITY)
    .accumulate(0)
    .average(1.0)
    .schedule(constant_factor(-1.0).then(warm_up(0)));
    let words = [
        "rate is NaN: expected a number from 0 on",
        "beta1 is 1: expected a number from 0 on, below 1",
        "beta2 is -0.5: expected a number from 0 on, below 1",
        "epsilon is NaN: expected a number from 0 on",
        "decay is 1: expected a number from 0 on, below 1",
        "decay is -0.1: expected a number from 0 on, below 1",
        "clip_value is 0: expected a number above 0",
        "clip_norm is inf: expected a number above 0",
        "accumulate is 0: expected a number of batches from 1 on",
        "average is 1: expected a number from 0 on, below 1",
        "factor of the schedule is -1: expected a number from 0 on",
        "schedule before `then` is one without an end: expected one that ends; `for_updates` gives it an end",
        "length of a part of the schedule is 0: expected a number of updates from 1 on",
        "factor of the schedule is inf: expected a number from 0 on",
    ];
    let expected = format!("the settings of the optimiser: {}", words.join("; "));
    let error = optimiser.check().expect_err("settings");
    assert_eq!(error.to_string(), expected);

    let graph = graph!(|x: []| x * x);
    let x = Tensor::scalar(1.0);
    let refused = graph.try_trainer(&optimiser, &x);
    assert_eq!(refused.expect_err("settings"), error);
    assert_eq!(optimiser.try_state(&x).expect_err("settings"), error);
    assert_eq!(panic_of(|| graph.trainer(&optimiser, &x)), expected);
    assert_eq!(panic_of(|| optimiser.state(&x)), expected);
}

#[test]
fn each_rule_says_its_own() {
    let words = |optimiser: Optimiser<f32>| {
        let error = optimiser.check().expect_err("settings");
        let all: Vec<String> = error
            .wrong
            .iter()
            .map(|wrong| wrong.setting.clone())
            .collect();
        all.join(" ")
    };
    let nan = f64::NAN;
    assert_eq!(words(sgd(-0.5)), "rate");
    assert_eq!(words(sgd(f32::INFINITY)), "rate");
    assert_eq!(words(momentum(0.1, 1.0)), "momentum");
    assert_eq!(words(nesterov(0.1, -0.1)), "momentum");
    assert_eq!(words(Adagrad { epsilon: -1.0 }.adagrad(0.1)), "epsilon");
    assert_eq!(
        words(
            Lion {
                beta1: 2.0,
                beta2: nan
            }
            .lion(0.1, 3.0)
        ),
        "beta1 beta2 decay"
    );
    let wrong = RmsProp {
        alpha: 1.0,
        epsilon: -1.0,
        momentum: 1.0,
        centred: true,
    };
    assert_eq!(words(wrong.rmsprop(0.1)), "alpha epsilon momentum");
    let wrong = Adafactor {
        decay_rate: nan,
        epsilon: -1.0,
        least_scale: -1.0,
        clipping: 0.0,
        ..Adafactor::default()
    };
    assert_eq!(
        words(wrong.adafactor(0.1)),
        "decay_rate epsilon least_scale clipping"
    );
    let wrong = Plateau {
        factor: 0.0,
        threshold: 1.0,
        least: nan,
        ..Plateau::default()
    };
    let parts = "factor of the plateau threshold of the plateau least factor of the plateau";
    assert_eq!(words(sgd(0.1).schedule(wrong.into())), parts);
    assert_eq!(
        words(sgd(0.1).schedule(step_decay(0, 0.5))),
        "step of the schedule"
    );
}

#[test]
fn a_rule_of_tensors_that_is_none() {
    let graph = graph!(|w: [2]| sum(w * w));
    let none = Optimiser::of_tensors(0.1, |dims: &Dims| {
        let mut program = Program::new(&[dims.clone(), dims.clone(), Dims::new(&[])]);
        program.set_outputs(&[0])?;
        Ok(program)
    });
    let words = "the settings of the optimiser: rule of `w` is `[2], [2], [] -> [2]`: \
                 expected a program `p: [2], gradient: [2], kept.., rate: [], step: [] -> p, kept..`";
    let error = graph
        .try_trainer(&none, &Tensor::zeros())
        .expect_err("no rule");
    assert_eq!(error.to_string(), words);
    let broken = Optimiser::of_tensors(0.1, |dims: &Dims| {
        let mut program = Program::new(std::slice::from_ref(dims));
        program.set_outputs(&[7])?;
        Ok(program)
    });
    let error = graph
        .try_trainer(&broken, &Tensor::zeros())
        .expect_err("no rule");
    let words = "rule of `w` is an error, the program has 1 values, there is no value 7";
    assert!(error.to_string().contains(words), "{error}");
}

/// What is kept without a name, or by the name of another, is saved by its number.
#[test]
fn names_of_what_is_kept() {
    let keeps = Optimiser::of_tensors(0.1, |dims: &Dims| {
        let input = |name: &str, dims: &Dims| Input {
            name: name.into(),
            ty: Type::scalar(dims.clone()),
        };
        let number = Dims::new(&[]);
        let kept = ["v", "v", ""].map(|name| input(name, &number));
        let [first, second, third] = kept;
        let (rate, step) = (input("rate", &number), input("step", &number));
        let (p, g) = (input("p", dims), input("g", dims));
        let mut program = Program::new(&[p, g, first, second, third, rate, step]);
        program.set_outputs(&[0, 5, 6, 2])?;
        Ok(program)
    });
    let g: GraphData<f64, _, _, _> = graph!(|w: [2]| sum(w * w));
    let mut trainer = g.trainer(&keeps, &Tensor::ones());
    trainer.step(());
    let snapshot = trainer.snapshot();
    for (name, kept) in [("kept/v/w", 0.1), ("kept/1/w", 1.0), ("kept/2/w", 0.0)] {
        let entry = snapshot.get(name).map(|entry| entry.elements.clone());
        assert_eq!(entry, Some(Elements::Scalars(vec![kept])), "{name}");
    }
    assert_eq!(trainer.restore(&snapshot), Ok(()));
}

/// Names are those of the fields; of several inputs with theirs; and each is another.
#[test]
fn names_of_parameters() {
    graph! {
        struct Norm { gain: [2] }
        struct Net { norms: [Norm; 2], weight: [2, 2] }
        fn of_one(p: Net) -> [] { sum(p.weight) * sum(p.norms[0].gain) * sum(p.norms[1].gain) }
        fn of_two(p: Net, scale: []) -> [] { scale * sum(p.weight) * sum(p.norms[0].gain) * sum(p.norms[1].gain) }
    }
    let names = |snapshot: Snapshot<f64>| -> Vec<String> {
        let entries = snapshot.entries.into_iter().map(|entry| entry.name);
        entries.filter(|name| !name.contains('/')).collect()
    };
    let p = Parameters::<f64, Net>::zeros();
    let one = of_one::<f64>().trainer(&sgd(0.1), &p).snapshot();
    assert_eq!(names(one), ["norms.0.gain", "norms.1.gain", "weight"]);
    let scale = Tensor::scalar(1.0);
    let two = of_two::<f64>().trainer(&sgd(0.1), (&p, &scale)).snapshot();
    assert_eq!(
        names(two),
        ["p.norms.0.gain", "p.norms.1.gain", "p.weight", "scale"]
    );
    let list = graph!(|x: [], y: []| x * y).trainer(&sgd(0.1), &tlist![scale.clone(), scale]);
    assert_eq!(names(list.snapshot()), ["x", "y"]);
}

/// Two batches whose gradients cancel change nothing; and what a graph keeps changes at each step, on any number of threads.
#[test]
fn accumulation_and_a_state() -> std::io::Result<()> {
    let g: GraphData<f64, _, _, _> =
        graph!(|x: [300]; seen: [], by: [300]| -> ([], []) { (sum(x * by), seen + 1.0) });
    for threads in 1..4 {
        let optimiser = momentum(1.0, 0.5).accumulate(2);
        let mut trainer = g.trainer_with_state(&optimiser, &Tensor::ones(), &Tensor::scalar(0.0));
        trainer.set_threads(threads)?;
        let by = Tensor::from_fn(|[i]| (i % 7) as f64);
        for (batch, factor) in [1.0, -1.0, 3.0, 1.0].into_iter().enumerate() {
            trainer.step(&(&by * factor));
            assert_eq!(trainer.state().item(), (batch + 1) as f64);
            let expected = if batch < 3 {
                Tensor::ones()
            } else {
                Tensor::ones() - &by * 2.0
            };
            assert_eq!(trainer.parameters(), expected);
            let sums = trainer.snapshot();
            let sums = sums.get("gathered/x").map(|entry| entry.elements.clone());
            let expected = if batch % 2 == 0 {
                &by * factor
            } else {
                Tensor::zeros()
            };
            assert_eq!(sums, Some(Elements::Scalars(expected.as_slice().to_vec())));
        }
        assert_eq!((trainer.steps(), trainer.updates()), (4, 2));
    }
    Ok(())
}

/// The norm is that of all gradients, whatever their dims; one that is short enough stays as it is, to the bit.
#[test]
fn the_norm_of_all() {
    let g = graph!(|x: [2, 2], y: []; c: []| c * (sum(x) + 2 * y));
    let start = (&Tensor::zeros(), &Tensor::scalar(0.0));
    let changed = |most: f64| {
        let mut trainer = g.trainer(&sgd(1.0).clip_norm(most), start);
        trainer.step(&Tensor::scalar(3.0));
        trainer.parameters()
    };
    // √(4 · 3² + 6²) = 6 √2
    assert_eq!(changed(8.5), (Tensor::full(-3.0), Tensor::scalar(-6.0)));
    let (x, y) = changed(1.0);
    let half = 0.125_f64.sqrt();
    approx::assert_abs_diff_eq!(x, Tensor::full(-half), epsilon = 1e-15);
    approx::assert_abs_diff_eq!(y, Tensor::scalar(-2.0 * half), epsilon = 1e-15);
}

#[test]
fn schedules_of_optax() {
    // By its functions: linear_schedule(1, 0.5, 4), cosine_decay_schedule(1, 4, 0.5), exponential_decay(1, 2, 0.5, staircase=True).
    let factors = |schedule: Schedule| [0, 1, 2, 3, 4, 5].map(|n| schedule.factor(n));
    assert_eq!(
        factors(linear(1.0, 0.5, 4)),
        [1.0, 0.875, 0.75, 0.625, 0.5, 0.5]
    );
    assert_eq!(
        factors(step_decay(2, 0.5)),
        [1.0, 1.0, 0.5, 0.5, 0.25, 0.25]
    );
    let waves = factors(cosine(4, 0.5));
    let root = 0.125_f64.sqrt() / 2.0;
    for (got, expected) in waves
        .into_iter()
        .zip([1.0, 0.75 + root, 0.75, 0.75 - root, 0.5, 0.5])
    {
        approx::assert_abs_diff_eq!(got, expected, epsilon = 1e-15);
    }
    let parts = constant_factor(2.0)
        .for_updates(1)
        .then(warm_up(2))
        .then(linear(4.0, 8.0, 2));
    assert_eq!(factors(parts.clone()), [2.0, 0.5, 1.0, 4.0, 6.0, 8.0]);
    assert_eq!(
        (parts.updates(), constant_factor(1.0).updates()),
        (Some(5), None)
    );
    assert_eq!(factors(parts.times(constant_factor(0.5)))[5], 4.0);
}

/// A plateau after another schedule hears of nothing before it begins.
#[test]
fn a_plateau_listens_in_its_turn() {
    let g = graph!(|x: []| x);
    let schedule = constant_factor(1.0).for_updates(3).then(plateau(0.5, 0));
    let mut trainer = g.trainer(&sgd(1.0).schedule(schedule), &Tensor::scalar(0.0));
    for measure in [1.0, 2.0, 3.0, 4.0, 5.0, f64::NAN, 3.0] {
        trainer.step(());
        trainer.report(measure);
    }
    // Updates 0 to 4 have the factor 1: the reports 4 and 5 are of update 3 and 4, the first is the least, and the second is none.
    assert_eq!(trainer.parameters().item(), -5.0 - 0.5 - 0.25);
    trainer.step(());
    assert_eq!(trainer.parameters().item(), -5.0 - 0.5 - 0.25 - 0.25);
    let error = trainer
        .set_schedule(constant_factor(f64::NAN))
        .expect_err("a NaN");
    assert!(
        error.to_string().contains("factor of the schedule is NaN"),
        "{error}"
    );
    trainer
        .set_schedule(constant_factor(4.0))
        .expect("a schedule");
    trainer.set_rate(0.5);
    trainer.step(());
    assert_eq!(trainer.parameters().item(), -8.0);
    assert_eq!(*trainer.schedule(), constant_factor(4.0));
}
