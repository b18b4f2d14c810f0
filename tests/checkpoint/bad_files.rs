//! What is wrong with a file is said, with its name.

use super::folder::Folder;
use cotangent::checkpoint::{Import, Source, load, load_parameters, save, save_parameters};
use cotangent::optim::{Snapshot, momentum, sgd};
use cotangent::prelude::*;
use std::fs;
use std::path::Path;

graph! {
    struct Small { weight: [2, 3], bias: [3] }
    struct Other { weight: [3, 2], bias: [3], gain: [] }
}

fn small(path: &Path) -> Vec<u8> {
    let p: Parameters<f32, Small> = Small::of(Tensor::ones(), Tensor::zeros());
    save_parameters(path, &p).unwrap();
    fs::read(path).unwrap()
}

/// Cut at every length, a file is an error that names it; never a panic, and never something else than what was written.
#[test]
fn cut_at_every_length() {
    let folder = Folder::new("cut");
    let path = folder.join("cut.safetensors");
    let bytes = small(&path);
    for length in 0..bytes.len() {
        fs::write(&path, &bytes[..length]).unwrap();
        let error = load::<f32>(&path).unwrap_err().to_string();
        assert!(
            error.starts_with(path.to_str().unwrap()),
            "{length}: {error}"
        );
    }
    fs::write(&path, [&bytes[..], &[0]].concat()).unwrap();
    assert!(load::<f32>(&path).is_err());
}

/// One byte changed anywhere is an error, or is read: it is never a panic.
#[test]
fn every_byte_changed() {
    let folder = Folder::new("changed");
    let path = folder.join("changed.safetensors");
    let bytes = small(&path);
    for at in 0..bytes.len() {
        for change in [1, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            fs::write(&path, &changed).unwrap();
            let _ = load::<f32>(&path);
            let _ = load_parameters::<f32, Small>(&path);
        }
    }
}

/// A header that says it is larger than any memory.
#[test]
fn a_lying_header() {
    let folder = Folder::new("lying");
    let path = folder.join("a.safetensors");
    for header in [u64::MAX, 1 << 60, 1 << 33, 100_000_001] {
        fs::write(&path, [&header.to_le_bytes()[..], b"{}"].concat()).unwrap();
        assert!(load::<f32>(&path).is_err());
    }
    let huge = br#"{"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#;
    fs::write(
        &path,
        [&(huge.len() as u64).to_le_bytes()[..], huge].concat(),
    )
    .unwrap();
    assert!(load::<f32>(&path).is_err());
}

#[test]
fn no_file_and_no_folder() {
    let folder = Folder::new("no-file");
    let path = folder.join("none.safetensors");
    let error = load::<f32>(&path).unwrap_err().to_string();
    assert!(error.contains("none.safetensors: No such file"), "{error}");
    let error = load::<f32>(&*folder).unwrap_err().to_string();
    assert!(error.contains("irectory"), "{error}");
    let error = save(folder.join("no/a.safetensors"), &Snapshot::<f32>::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("a.safetensors.part: No such file"),
        "{error}"
    );
    // The place is a folder: what is there stays.
    fs::create_dir(folder.join("taken")).unwrap();
    let error = save(folder.join("taken"), &Snapshot::<f32>::default()).unwrap_err();
    assert!(error.to_string().contains("taken: "), "{error}");
}

/// All that differs is said at once.
#[test]
fn other_parameters() {
    let folder = Folder::new("other");
    let path = folder.join("p.safetensors");
    small(&path);
    let error = load_parameters::<f32, Other>(&path)
        .unwrap_err()
        .to_string();
    let expected = "`weight` has the dims [2, 3]: expected [3, 2]; `gain` is missing";
    assert!(error.ends_with(expected), "{error}");
    let error = load_parameters::<f64, Small>(&path)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("entry \"weight\": expected elements of type f64, got F32"),
        "{error}"
    );
    graph! { struct Half { weight: [2, 3] } }
    let error = load_parameters::<f32, Half>(&path).unwrap_err().to_string();
    assert!(error.ends_with("`bias` is surplus"), "{error}");
}

#[test]
fn a_checkpoint_of_another_training() {
    let folder = Folder::new("another");
    let path = folder.join("t.safetensors");
    let g = graph!(|x: [2]| sum(x * x));
    let trainer = g.trainer(&momentum(0.1_f32, 0.9), &Tensor::zeros());
    save(&path, &trainer.snapshot()).unwrap();
    let mut other = g.trainer(&sgd(0.1), &Tensor::ones());
    let error = other
        .restore(&load(&path).unwrap())
        .unwrap_err()
        .to_string();
    assert!(error.contains("is surplus"), "{error}");
    assert_eq!(other.parameters(), Tensor::ones()); // as it was
}

#[test]
fn imports_that_do_not_fit() {
    let folder = Folder::new("imports");
    let path = folder.join("p.safetensors");
    small(&path);
    let take = |source: fn(&str) -> Source| {
        let mut file = Import::read(&path).unwrap();
        file.take::<f32, Small>(source).unwrap_err().to_string()
    };
    for (source, expected) in [
        (
            (|_| Source::of("w")) as fn(&str) -> Source,
            "`w` is missing; `w` is missing",
        ),
        (
            |name| match name {
                "weight" => Source::of("weight").transposed(),
                name => Source::of(name),
            },
            "`weight` has the dims [3, 2]: expected [2, 3]",
        ),
        (
            |name| match name {
                "bias" => Source::of("bias").transposed(),
                name => Source::of(name),
            },
            "`bias` has the dims [3]: expected a matrix to transpose",
        ),
        (
            |name| Source::of(name).rows(2..4),
            "`weight` has 2 rows: expected rows 2 to 4; `bias` has 3 rows: expected rows 2 to 4",
        ),
        (
            |name| match name {
                "bias" => Source::of("bias").plus("weight"),
                name => Source::of(name),
            },
            "`weight` has the dims [2, 3]: expected [3]",
        ),
        (
            |name| match name {
                "bias" => Source::of("weight").reshaped(),
                name => Source::of(name),
            },
            "`weight` has the dims [2, 3]: expected [3]",
        ),
    ] {
        let error = take(source);
        assert!(error.ends_with(expected), "{error}\n{expected}");
    }
    let error = Import::read(&path)
        .unwrap()
        .finish()
        .unwrap_err()
        .to_string();
    assert!(
        error.ends_with("`bias` is surplus; `weight` is surplus"),
        "{error}"
    );
}
