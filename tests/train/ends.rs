//! How a training ends before its end.

use super::task::{BATCHES, points, training};
use cotangent::data::Dataset;
use cotangent::optim::sgd;
use cotangent::prelude::*;
use cotangent::train::{EarlyStop, Ended, TrainError};

#[test]
fn a_measure_that_gets_no_better() {
    let trained = training(&points())
        .validate(|m, trainer| {
            // 3, 2, 1, 2, 3
            let epoch = (trainer.steps() / BATCHES) as f64;
            m.mean("distance", 1.0 + (epoch - 3.0).abs(), 1);
            Ok(())
        })
        .watch("valid/distance", EarlyStop::least(1))
        .run()
        .unwrap();
    assert_eq!((trained.ended, trained.best), (Ended::Early, Some(1.0)));
    assert_eq!(trained.trainer.steps(), 4 * BATCHES);
}

#[test]
fn a_measure_that_is_not_there() {
    let run = training(&points())
        .watch("valid/los", EarlyStop::least(1))
        .run();
    let error = run.unwrap_err().to_string();
    let there =
        "`train/loss`, `train/accuracy`, `train/f1`, `valid/loss`, `valid/accuracy`, `valid/f1`";
    assert_eq!(
        error,
        format!("`valid/los` is watched, and the measures are {there}")
    );
}

#[test]
fn a_validation_that_fails() {
    let run = training(&points())
        .validate(|_, _| Err("no test set".into()))
        .run();
    assert_eq!(
        run.unwrap_err().to_string(),
        "validation after epoch 0: no test set"
    );
}

graph! {
    fn logs<B: Dim>(p: []; x: [B]) -> [] {
        let logarithms = log(x * p);
        mean(square(logarithms))
    }
}
/// The line of the logarithms.
const LINE: u32 = line!() - 5;

fn numbers(of: impl IntoIterator<Item = f64>) -> Dataset<f64, environment![[]]> {
    Dataset::from_examples(of.into_iter().map(|x| tlist![Tensor::scalar(x)])).unwrap()
}

/// One example of 20 is 0: the node that takes its logarithm is named, with the line, in the batch that it came in.
#[test]
fn a_nan_has_a_node_and_a_batch() {
    let set = numbers((0..20).map(f64::from));
    let key = Key::new(7);
    let mut order = set.batches::<N<4>>(key.fold_in(0)).unwrap().enumerate();
    let has_zero = order.find(|(_, batch)| batch.get::<0>().iter().any(|&x| x == 0.0));
    let (expected, _) = has_zero.unwrap();
    let trainer = logs::<f64, N<4>>().trainer(&sgd(0.0), &Tensor::scalar(1.0));
    let error = trainer
        .on::<N<4>, _>(&set, key)
        .epochs(3)
        .silent()
        .run()
        .unwrap_err();
    let TrainError::NotFinite {
        epoch: 0,
        batch,
        node,
    } = &error
    else {
        panic!("{error}")
    };
    assert_eq!((*batch, &*node.origin.name), (expected, "logarithms"));
    let text = error.to_string();
    let line = format!("epoch 0, batch {expected}: `logarithms = log, tests/train/ends.rs:{LINE}`");
    assert!(text.starts_with(&line), "{text}\n{line}");
}

/// What was given is NaN itself: no node made it.
#[test]
fn a_nan_among_the_examples() {
    let set = numbers([1.0, f64::NAN]);
    let trainer = logs::<f64, N<1>>().trainer(&sgd(0.0), &Tensor::scalar(1.0));
    let error = trainer
        .on::<N<1>, _>(&set, Key::new(1))
        .silent()
        .run()
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.ends_with("the loss is NaN, and so was something that it was given"),
        "{text}"
    );
}

#[test]
fn a_batch_larger_than_the_set() {
    let trainer = logs::<f64, N<4>>().trainer(&sgd(0.0), &Tensor::scalar(1.0));
    let error = trainer
        .on::<N<4>, _>(&numbers([1.0, 2.0]), Key::new(1))
        .silent()
        .run();
    assert!(matches!(error, Err(TrainError::Data(_))), "{error:?}");
}
