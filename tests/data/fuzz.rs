//! Files with random mistakes: each is read, or refused in words. None panics, and none takes memory that is not in the file.

use crate::files::bytes_of;
use cotangent::data::csv::Csv;
use cotangent::data::npy::Npz;
use cotangent::data::safetensors::Safetensors;
use cotangent::data::text::Bpe;
use cotangent::data::{DataError, idx, image, npy};
use cotangent::fastrand::Rng;
use cotangent::prelude::*;

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

/// What may be taken at once for a file of at most two kilobytes. Deflate packs at most 1032 to 1, and an image is copied twice.
const MEMORY: u64 = 1 << 23;

/// Reads so many files with mistakes, and counts those that are refused. An error has words, and they are not long.
#[track_caller]
fn refused(file: &[u8], times: u64, read: impl Fn(&[u8]) -> Result<(), DataError>) -> u64 {
    assert!(read(file).is_ok(), "without a mistake");
    let mut count = 0;
    for seed in 0..times {
        let bytes = mutated(file, &mut Rng::with_seed(seed));
        let mut words = None;
        let used = allocation_counter::measure(|| {
            words = read(&bytes).err().map(|error| error.to_string())
        });
        assert!(
            used.bytes_max < MEMORY,
            "seed {seed}: {} bytes",
            used.bytes_max
        );
        if let Some(words) = words {
            assert!((10..2000).contains(&words.len()), "seed {seed}: {words}");
            count += 1;
        }
    }
    count
}

/// Of this many files.
const TIMES: u64 = 3000;

#[test]
fn npy_files() {
    for name in ["rows.npy", "version2.npy"] {
        let count = refused(&bytes_of(name), TIMES, |bytes| {
            npy::parse::<f32>(name, bytes).map(drop)
        });
        // A mistake in an element is a number, and one in the spaces of the header is none.
        assert!((TIMES / 4..TIMES).contains(&count), "{count}");
    }
    let columns = bytes_of("columns.npy");
    assert!(
        refused(&columns, TIMES, |bytes| npy::parse::<f64>("columns", bytes)
            .map(drop))
            > TIMES / 4
    );
}

#[test]
fn npz_files() {
    for name in ["stored.npz", "packed.npz"] {
        let count = refused(&bytes_of(name), TIMES, |bytes| {
            let archive = Npz::parse(name, bytes)?;
            for array in archive.names() {
                archive
                    .array::<f32>(&array)
                    .map(drop)
                    .or_else(|_| archive.array::<u8>(&array).map(drop))
                    .or_else(|_| archive.array::<i64>(&array).map(drop))?;
            }
            Ok(())
        });
        assert!(count > TIMES / 4, "{count}");
    }
}

#[test]
fn idx_files() {
    let mut file = vec![0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4];
    file.extend(0..24);
    let count = refused(&file, TIMES, |bytes| {
        idx::parse::<u8>("idx", bytes)?
            .flattened()
            .bytes::<f32, shape![12]>(f32::from)
            .map(drop)
    });
    assert!(count > TIMES / 2, "{count}");
}

#[test]
fn safetensors_files() {
    let count = refused(&bytes_of("three.safetensors"), TIMES, |bytes| {
        let file = Safetensors::parse("tensors", bytes.to_vec())?;
        for name in file.names() {
            // Of another type, it is an error that is meant.
            let _ = (file.array::<f32>(&name), file.array::<i64>(&name));
        }
        Ok(())
    });
    assert!(count > TIMES / 4, "{count}");
}

#[test]
fn tables() {
    let file = b"kind,size,weight\nsmall,1.5,2\nlarge,\"30\",-4e3\n\"a \"\"big\"\" one\",7,8\n";
    let count = refused(file, TIMES, |bytes| {
        let table = Csv::new().parse("table", bytes)?;
        table.numbers::<f32, 2>(["size", "weight"])?;
        table.found_labels::<f32, N<3>>("kind").map(drop)
    });
    assert!((TIMES / 4..TIMES).contains(&count), "{count}");
}

#[test]
fn images() {
    for name in ["rgb.png", "grey.png", "flat.jpg"] {
        let count = refused(&bytes_of(name), TIMES, |bytes| {
            image::parse(name, bytes).map(drop)
        });
        assert!(count > TIMES / 10, "{name}: {count}");
    }
}

#[test]
fn tokenisers() {
    let count = refused(&bytes_of("tokenizer.json"), TIMES / 3, |bytes| {
        let bpe = Bpe::<N2<1, 0>>::parse("tokeniser", bytes)?;
        // What it knows of the text may be little: then there is an error, or another text.
        let _ = bpe
            .encode("the cat sat<end>")
            .and_then(|tokens| bpe.decode(&tokens));
        Ok(())
    });
    assert!(count > TIMES / 12, "{count}");
}
