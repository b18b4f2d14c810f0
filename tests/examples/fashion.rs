//! The clothes: what is learnt of the few images in the repository.
#![cfg(all(feature = "gzip", feature = "train"))]

use cotangent::train::Ended;
use std::path::Path;

#[path = "../../examples/fashion/model.rs"]
mod model;
#[path = "../../examples/fashion/train.rs"]
mod train;

#[test]
fn learns_in_one_epoch() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fashion/data");
    let trained = train::train(&folder, 1, 0, None).unwrap();
    assert_eq!(
        (trained.ended, trained.trainer.steps()),
        (Ended::Whole, 2000 / 64)
    );
    let accuracy = trained.last("valid/accuracy").unwrap();
    assert!(accuracy > 0.6, "{accuracy}"); // a guess is 0.1
    assert_eq!(trained.confusion.unwrap().total(), 500);
}

#[test]
fn a_folder_without_the_files() {
    let error = train::train(Path::new("nowhere"), 1, 0, None)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("nowhere/train-images-idx3-ubyte.gz: "),
        "{error}"
    );
}
