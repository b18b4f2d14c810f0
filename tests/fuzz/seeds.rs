//! Files without a mistake.

use super::formats::{Line, training};
use cotangent::checkpoint::{CheckpointError, save, save_parameters};
use cotangent::prelude::*;
use std::fs;
use std::path::Path;

/// A format, and the bytes of a file of it.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let mut idx = vec![0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2];
    idx.extend(0..8);
    let table = b"size,weight,kind\n1.5,2,small\n\"30\",-4e3,large\n7,8,\"a \"\"big\"\" one\"\n";
    vec![
        ("csv", table.to_vec()),
        ("idx", idx),
        ("npy", made("rows.npy")),
        ("npy", made("version2.npy")),
        ("npz", made("stored.npz")),
        ("npz", made("packed.npz")),
        ("safetensors", made("three.safetensors")),
        ("image", made("rgb.png")),
        ("image", made("grey.png")),
        ("image", made("flat.jpg")),
        ("tokeniser", made("tokenizer.json")),
        ("snapshot", snapshot()),
        ("parameters", parameters()),
    ]
}

/// A file of `tests/data`, which other programs wrote.
fn made(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/files");
    fs::read(folder.join(name)).expect("a file of the tests")
}

/// What a function writes.
fn written(write: impl FnOnce(&Path) -> Result<(), CheckpointError>) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("seed");
    write(&path).expect("a file in it");
    fs::read(path).expect("a file")
}

fn snapshot() -> Vec<u8> {
    written(|path| save(path, &training().snapshot()))
}

fn parameters() -> Vec<u8> {
    let p: Parameters<f32, Line> = Line::init(Key::new(0));
    written(|path| save_parameters(path, &p))
}
