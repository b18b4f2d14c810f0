//! Snapshots: a training that goes on from one has the bits of one that never stopped.

use cotangent::optim::*;
use cotangent::prelude::*;

graph! {
    struct Net { w: [3, 4], b: [4], out: [4, 2] }
    struct Seen { mean: [3] }

    /// With a key, running statistics and labels as state.
    fn loss(p: Net; key, seen: Seen, last: [5] < 2, x: [5, 3], labels: [5] < 2) -> ([], key, Seen, [5] < 2) {
        let h = dropout(tanh(matmul(x, p.w) + p.b), key, 0.25);
        let scores = matmul(h, p.out);
        let seen = Seen { mean: 0.9 * seen.mean + 0.1 * sum_axis(x, 0) };
        (cross_entropy(scores, labels) + 0.01 * sum(to_scalar(last)), next_key(key), seen, labels)
    }
}

type Weights = Parameters<f32, Net>;

fn schedule() -> Schedule {
    warm_up(3).then(cosine(20, 0.1)).times(plateau(0.5, 1))
}

/// All of them, with every option.
fn optimisers() -> Vec<(&'static str, Optimiser<f32>)> {
    let settings = Adafactor {
        least_factored: 2,
        ..Adafactor::default()
    };
    let centred = RmsProp {
        momentum: 0.5,
        centred: true,
        epsilon: 1e-2,
        ..RmsProp::default()
    };
    let all = [
        ("sgd", sgd(0.1)),
        ("momentum", momentum(0.1, 0.9)),
        ("nesterov", nesterov(0.1, 0.9)),
        ("adam", adam(0.1)),
        ("adamw", adamw(0.1, 0.1)),
        ("nadam", nadam(0.1)),
        ("rmsprop", rmsprop(0.01)),
        ("centred", centred.rmsprop(0.01)),
        ("adagrad", adagrad(0.1)),
        ("lion", lion(0.01, 0.1)),
        ("adafactor", settings.adafactor(0.1)),
    ];
    let with_options = |(name, optimiser): (_, Optimiser<f32>)| {
        let optimiser = optimiser
            .decay(0.01)
            .decoupled_decay(0.02)
            .decay_of(|_name, dims| dims.len() > 1)
            .rate_of(|name, _dims| if name == "out" { 2.0 } else { 1.0 })
            .clip_value(0.5)
            .clip_norm(0.5)
            .accumulate(3)
            .average(0.9)
            .schedule(schedule());
        (name, optimiser)
    };
    all.map(with_options).into()
}

fn start() -> Weights {
    let mut rng = cotangent::fastrand::Rng::with_seed(5);
    Weights::uniform(-1.0..1.0, &mut rng)
}

type Batch = (Tensor<f32, shape![5, 3]>, Labels<2, shape![5]>);

fn batch(step: usize) -> Batch {
    let x = Tensor::from_fn(|[i, j]| ((7 * i + 3 * j + step) % 5) as f32 / 4.0 - 0.5);
    let labels: Vec<usize> = (0..5).map(|i| (i * i + step) % 2).collect();
    (x, Labels::new(labels).expect("labels below 2"))
}

macro_rules! trainer {
    ($optimiser:expr, $p:expr, $seed:expr) => {
        loss::<f32>().trainer_with_state(
            $optimiser,
            $p,
            (
                &Key::new($seed),
                &Seen::of(Tensor::zeros()),
                &Labels::new(vec![0; 5]).expect("labels"),
            ),
        )
    };
}

#[test]
fn every_optimiser_goes_on() {
    for (name, optimiser) in optimisers() {
        let mut whole = trainer!(&optimiser, &start(), 1);
        // In the middle of an accumulation.
        for step in 0..10 {
            let (x, labels) = batch(step);
            whole.step((&x, &labels));
            whole.report(if step < 4 { 3.0 - step as f32 } else { 2.0 });
        }
        let snapshot = whole.snapshot();
        let mut other = trainer!(&optimiser, &Weights::zeros(), 9);
        other.set_rate(7.0);
        other
            .set_schedule(constant_factor(1.0))
            .expect("a schedule");
        other
            .restore(&snapshot)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(other.snapshot(), snapshot, "{name}");
        assert_eq!(
            (other.rate(), other.steps(), other.updates()),
            (whole.rate(), 10, 3)
        );
        let before = whole.parameters();
        for step in 10..20 {
            let (x, labels) = batch(step);
            let (expected, got) = (whole.step((&x, &labels)), other.step((&x, &labels)));
            assert_eq!(got, expected, "{name}, step {step}");
            whole.report(2.0_f32);
            other.report(2.0_f32);
        }
        assert_eq!(other.snapshot(), whole.snapshot(), "{name}");
        assert_eq!(other.state(), whole.state());
        assert_eq!(other.averaged(), whole.averaged());
        assert!(
            whole.parameters() != before && whole.averaged() != whole.parameters(),
            "{name}"
        );
    }
}

graph! {
    /// Its gradient is `by`, to the bit.
    fn linear(p: Net; by: Net) -> [] {
        sum(p.w * by.w) + sum(p.b * by.b) + sum(p.out * by.out)
    }
}

/// A trainer, one that is checked, and the function on lists have the same bits, with every option.
#[test]
fn trainers_and_lists_are_the_same() {
    for (name, optimiser) in optimisers() {
        let mut p = start();
        let mut trainer = linear::<f32>().trainer(&optimiser, &p);
        let mut checked = trainer.checked();
        let mut state = optimiser.state(&p);
        for step in 0..20 {
            let by = start().map(|x| x * (1.0 + (step % 7) as f32) - 0.5);
            trainer.step(&by);
            checked.step(&by);
            p = state.step(&p, &by);
            assert_eq!(trainer.parameters(), p, "{name}, step {step}");
            assert_eq!(checked.parameters(), p, "{name}, step {step}");
            trainer.report(1.0_f32);
            checked.report(1.0_f32);
            state.report(1.0_f32);
        }
        assert_eq!(Some(trainer.averaged()), state.averaged());
        let (of_trainer, of_list) = (trainer.snapshot(), state.snapshot());
        for entry in &of_list.entries {
            assert_eq!(of_trainer.get(&entry.name), Some(entry), "{name}");
        }
        assert_eq!(of_trainer.entries.len(), of_list.entries.len() + 3);
    }
}

#[test]
fn lists_go_on() {
    for (name, optimiser) in optimisers() {
        let gradient = |step: usize, p: &Weights| p.map(|p| p * (step as f32 - 4.0) + 0.25);
        let mut p = start();
        let mut whole = optimiser.state(&p);
        for step in 0..7 {
            p = whole.step(&p, &gradient(step, &p));
            whole.report(1.0_f32);
        }
        let mut other = optimiser.state(&start());
        other
            .restore(&whole.snapshot())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut q = p.clone();
        for step in 7..13 {
            p = whole.step(&p, &gradient(step, &p));
            q = other.step(&q, &gradient(step, &q));
        }
        assert_eq!((&p, whole.averaged()), (&q, other.averaged()), "{name}");
        assert_eq!(whole.snapshot(), other.snapshot());
        assert!(whole.averaged().is_some());
    }
}

#[test]
fn all_differences_at_once() {
    let optimiser = || momentum(0.1, 0.9).accumulate(2);
    let mut trainer = trainer!(&optimiser(), &start(), 1);
    let good = trainer.snapshot();
    let mut bad = good.clone();
    let entries = &mut bad.entries;
    let mut change = |name: &str, f: &dyn Fn(&mut Saved<f32>)| {
        f(entries
            .iter_mut()
            .find(|entry| entry.name == name)
            .expect("an entry"));
    };
    change("w", &|entry| entry.name = "v".into());
    change("b", &|entry| entry.dims = vec![2, 2]);
    change("kept/m/w", &|entry| {
        entry.elements = Elements::Integers(vec![0; 12])
    });
    change("kept/m/b", &|entry| {
        entry.elements = Elements::Scalars(vec![0.0; 3])
    });
    change("state/last", &|entry| {
        entry.elements = Elements::Integers(vec![0, 1, 2, 1, 0])
    });
    change("progress/gathered", &|entry| {
        entry.elements = Elements::Integers(vec![2])
    });
    change("progress/schedule", &|entry| {
        entry.elements = Elements::Doubles(vec![0.0, -1.0])
    });
    let twice = bad.get("out").expect("an entry").clone();
    bad.entries.push(twice);
    let error = trainer.restore(&bad).expect_err("another training");
    let words = [
        "`out` is there more than once",
        "`w` is missing",
        "`b` has the dims [2, 2]: expected [4]",
        "`kept/m/w` has integers: expected scalars",
        "`kept/m/b` has 3 elements: expected 4, as its dims say",
        "`state/last` has 2: expected integers below 2",
        "`progress/gathered` has 2: expected a count below 2, that of the batches",
        "`progress/schedule` has others: expected the numbers of a schedule",
        "`v` is surplus",
    ];
    let expected = format!("the snapshot is of another training: {}", words.join("; "));
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.differences.len(), words.len());
    // Nothing was changed.
    assert_eq!(trainer.snapshot(), good);

    let mut empty = Snapshot {
        entries: Vec::new(),
    };
    let count = trainer
        .restore(&empty)
        .expect_err("nothing")
        .differences
        .len();
    assert_eq!(count, good.entries.len());
    empty.entries.extend(good.entries.clone().into_iter().rev());
    assert_eq!(trainer.restore(&empty), Ok(()));
}
