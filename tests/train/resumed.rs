//! A training that goes on is the one that never stopped, to the last bit.

use super::folder::Folder;
use super::task::{BATCHES, points, trainer, training};
use cotangent::optim::Snapshot;
use cotangent::prelude::*;
use cotangent::train::{Ended, Record, TrainError, read_log};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What was logged, without the time.
fn logged(folder: &std::path::Path) -> Vec<Record> {
    let mut records = read_log(folder.join("log.jsonl")).unwrap();
    records.iter_mut().for_each(|record| record.seconds = 0.0);
    records
}

/// What a training comes to that is never interrupted; in a folder of this name.
fn whole(name: &str) -> (Snapshot<f32>, Vec<Record>) {
    let folder = Folder::new(name);
    let trained = training(&points())
        .checkpoint(&*folder)
        .log_every(4)
        .run()
        .unwrap();
    assert_eq!(
        (trained.ended, trained.trainer.steps()),
        (Ended::Whole, 5 * BATCHES)
    );
    let losses: Vec<f64> = trained
        .records
        .iter()
        .filter_map(|record| record.value("train/loss"))
        .collect();
    assert!(
        losses.len() == 5 && losses[4] < 0.9 * losses[0],
        "{losses:?}"
    ); // it learns
    (trained.trainer.snapshot(), logged(&folder))
}

#[test]
fn after_each_number_of_epochs() {
    let (expected, log) = whole("after-epochs");
    let folder = Folder::new("epochs");
    for epochs in 1..=5 {
        let trained = training(&points())
            .checkpoint(&*folder)
            .log_every(4)
            .epochs(epochs)
            .run()
            .unwrap();
        assert_eq!(trained.trainer.steps(), epochs * BATCHES);
        if epochs == 5 {
            assert_eq!(trained.trainer.snapshot(), expected);
        }
    }
    assert_eq!(logged(&folder), log);
    // Once more: there is nothing left to do.
    let trained = training(&points())
        .checkpoint(&*folder)
        .log_every(4)
        .run()
        .unwrap();
    assert_eq!(trained.trainer.snapshot(), expected);
    assert_eq!(logged(&folder), log);
}

/// In the middle of an epoch, by a panic in each of its steps: it goes on from the last checkpoint, with what was measured of the
/// epoch so far.
#[test]
fn after_each_step_of_an_epoch() {
    let (expected, log) = whole("after-steps");
    for step in [9, 10, 11, 12, 13, 14, 15] {
        let folder = Folder::new(&format!("step-{step}"));
        let mut taken = 0;
        let stopped = catch_unwind(AssertUnwindSafe(|| {
            training(&points())
                .checkpoint(&*folder)
                .log_every(4)
                .save_every(2)
                .measure(|m, (_, answers), tlist![_, labels]| {
                    m.answers(answers, labels);
                    taken += 1;
                    assert!(taken < step, "as if it were killed");
                })
                .run()
                .is_ok()
        }));
        assert!(stopped.is_err());
        let trained = training(&points())
            .checkpoint(&*folder)
            .log_every(4)
            .run()
            .unwrap();
        assert_eq!(trained.trainer.snapshot(), expected, "{step}");
        assert_eq!(logged(&folder), log, "{step}");
    }
}

/// A loop of the user's own, with the same parts, comes to the same.
#[test]
fn as_a_loop_of_ones_own() {
    let (expected, _) = whole("by-hand");
    let mut trainer = trainer();
    for epoch in 0..5 {
        for batch in points()
            .batches::<N<8>>(Key::new(4).fold_in(epoch))
            .unwrap()
        {
            trainer.step(&batch);
        }
    }
    assert_eq!(trainer.snapshot(), expected);
}

#[test]
fn a_checkpoint_over_other_data() {
    let folder = Folder::new("other-data");
    training(&points())
        .checkpoint(&*folder)
        .epochs(1)
        .run()
        .unwrap();
    let (fewer, _) = points().split_at(50).unwrap();
    let error = training(&fewer)
        .checkpoint(&*folder)
        .run()
        .unwrap_err()
        .to_string();
    assert!(
        error.ends_with("last.safetensors: the number of examples was 60: expected 50"),
        "{error}"
    );
    let error = trainer()
        .on::<N<8>, _>(&points(), Key::new(9))
        .checkpoint(&*folder)
        .run()
        .unwrap_err();
    assert!(
        matches!(
            error,
            TrainError::OtherData {
                what: "the key of the order",
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn a_file_that_is_no_checkpoint() {
    let folder = Folder::new("no-checkpoint");
    let path = folder.join("last.safetensors");
    std::fs::write(&path, "no").unwrap();
    let error = training(&points())
        .checkpoint(&*folder)
        .run()
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("last.safetensors: expected 8 bytes, got 2"),
        "{error}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), b"no"); // it is not overwritten
}
