//! Files with mistakes: each is read, or refused in words. None panics, and none takes memory that is not in the file.
//!
//! `fuzz/formats.rs` says what is done with them. The files are those without a mistake, with mistakes that are made here, and those
//! that the fuzzer has left, in `fuzz/corpus`.
#![cfg(all(feature = "data-formats", feature = "train"))]

#[path = "../../fuzz/formats.rs"]
mod formats;
mod seeds;

use cotangent::fastrand::Rng;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// A format, and what is done with a file of it.
type Format = (&'static str, fn(&[u8]) -> formats::Outcome);

macro_rules! formats {
    ($($format:ident)*) => {
        const FORMATS: &[Format] = &[$((stringify!($format), formats::$format)),*];
    };
}
formats!(csv npy npz idx safetensors image tokeniser snapshot parameters);

/// A file with a few mistakes: bytes that are others, numbers that are large, parts that are gone or there twice.
fn mutated(file: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..rng.usize(1..=4) {
        if bytes.is_empty() {
            return bytes;
        }
        // Half of them at the start, where headers are.
        let reach = if rng.bool() {
            bytes.len()
        } else {
            bytes.len().min(64)
        };
        let at = rng.usize(..reach);
        match rng.u8(..6) {
            0 => bytes[at] ^= 1 << rng.u8(..8),
            1 => bytes[at] = rng.u8(..),
            2 => bytes.truncate(at),
            3 => bytes[at..].iter_mut().take(8).for_each(|byte| *byte = 0xff),
            4 => {
                let digits = b"9999999999";
                bytes.splice(at..at, digits.iter().copied().take(rng.usize(1..=10)));
            }
            _ => {
                let end = (at + rng.usize(1..=16)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                match rng.bool() {
                    true => drop(bytes.drain(at..end)),
                    false => drop(bytes.splice(at..at, part)),
                }
            }
        }
    }
    bytes
}

/// What may be taken at once for a file of some kilobytes. Deflate packs at most 1032 to 1, and an image is copied twice.
const MEMORY: u64 = 1 << 23;

/// What is said of a file, within the memory that it may take.
fn outcome(read: fn(&[u8]) -> formats::Outcome, bytes: &[u8], name: &str) -> Result<(), String> {
    let mut outcome = Ok(());
    let used = allocation_counter::measure(|| {
        outcome = read(bytes).map_err(|error| error.to_string());
    });
    assert!(used.bytes_max < MEMORY, "{name}: {} bytes", used.bytes_max);
    outcome
}

/// The files of a format, with their names in the archive.
fn corpus(format: &str) -> Vec<(String, Vec<u8>)> {
    let path = folder().join(format!("{format}.zip"));
    let file = File::open(path).expect("an archive for each format");
    let mut archive = ZipArchive::new(file).expect("an archive");
    let count = archive.len();
    let file = |i| {
        let mut file = archive.by_index(i).expect("a file");
        let name = format!("{format}/{}", file.name().expect("a name"));
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        (name, bytes)
    };
    (0..count).map(file).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
}

/// What the fuzzer has found: each file goes another way through a reader.
#[test]
fn files_of_the_corpus() {
    for (format, read) in FORMATS {
        let files = corpus(format);
        let refused = files
            .iter()
            .filter(|(name, bytes)| outcome(*read, bytes, name).is_err());
        let refused = refused.count();
        // Both are there: files that are read, and files that are not.
        assert!(
            (1..files.len()).contains(&refused),
            "{format}: {refused} of {}",
            files.len()
        );
    }
}

/// 3,000 files with mistakes of each file without one.
#[test]
fn files_with_mistakes() {
    for (format, file) in seeds::seeds() {
        let (_, read) = FORMATS
            .iter()
            .find(|(name, _)| *name == format)
            .expect("a format");
        outcome(*read, &file, format).expect("a file without a mistake");
        // These two are slow to read.
        let times = if matches!(format, "tokeniser" | "snapshot") {
            1000
        } else {
            3000
        };
        let refused = (0..times).filter(|&seed| {
            let bytes = mutated(&file, &mut Rng::with_seed(seed));
            outcome(*read, &bytes, &format!("{format}, seed {seed}")).is_err()
        });
        // A mistake in an element is a number, and one in a space is none.
        let refused = refused.count() as u64;
        assert!(
            (times / 10..times).contains(&refused),
            "{format}: {refused} of {times}"
        );
    }
}

/// `cargo test --all-features --test fuzz -- --ignored` writes the files that the fuzzer begins with.
#[test]
#[ignore = "writes files"]
fn write_the_seeds() {
    for (number, (format, bytes)) in seeds::seeds().into_iter().enumerate() {
        let folder = folder().join(format);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("seed-{number}")), bytes).expect("a file");
    }
}
