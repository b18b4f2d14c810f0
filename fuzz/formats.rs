//! What is done with the bytes of a file of each format: read, or refused in words. What must hold of it is asserted.
//!
//! The targets of the fuzzer call these, and so does `tests/fuzz`, with the corpus that the fuzzer has left.

use cotangent::checkpoint::{Import, Source, load, load_parameters, save, save_parameters};
use cotangent::data::csv::Csv;
use cotangent::data::npy::Npz;
use cotangent::data::safetensors::Safetensors;
use cotangent::data::text::Bpe;
use cotangent::data::{idx as idx_files, image as images, npy as arrays};
use cotangent::optim::{Snapshot, Trainer, adam, warm_up};
use cotangent::prelude::*;
use std::cell::RefCell;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Whether a file is read.
pub type Outcome = Result<(), Box<dyn Error>>;

/// An error in words that are not long, or the words of a bug.
fn in_words<T, E: Error>(result: Result<T, E>) -> Result<T, E> {
    if let Err(error) = &result {
        let words = error.to_string();
        // A dozen names at most, each cut, and each letter escaped.
        assert!((10..9000).contains(&words.len()), "{words}");
    }
    result
}

pub fn csv(bytes: &[u8]) -> Outcome {
    let table = in_words(Csv::new().missing(["", "NA"]).parse("table", bytes))?;
    let names = table.names();
    for name in &names {
        assert_eq!(table.texts(name.as_str())?.len(), table.rows());
        let _ = in_words(table.number::<f32>(name.as_str()));
        let _ = in_words(table.found_labels::<f32, N<3>>(name.as_str()));
    }
    in_words(table.numbers::<f64, 2>([0, 1]))?;
    Ok(())
}

pub fn npy(bytes: &[u8]) -> Outcome {
    let _ = in_words(arrays::parse::<u8>("array", bytes));
    let _ = in_words(arrays::parse::<i64>("array", bytes));
    let _ = in_words(arrays::parse::<f64>("array", bytes));
    let array = in_words(arrays::parse::<f32>("array", bytes))?;
    assert_eq!(
        array.dims().iter().product::<usize>(),
        array.as_slice().len()
    );
    Ok(())
}

pub fn npz(bytes: &[u8]) -> Outcome {
    let archive = in_words(Npz::parse("archive", bytes))?;
    for name in archive.names() {
        let _ = in_words(archive.array::<f32>(&name));
        let _ = in_words(archive.array::<i64>(&name));
    }
    Ok(())
}

pub fn idx(bytes: &[u8]) -> Outcome {
    let _ = in_words(idx_files::parse::<f32>("idx", bytes));
    let file = in_words(idx_files::parse::<u8>("idx", bytes))?;
    if let Ok(labels) = in_words(file.labels::<f32, N<10>, shape![]>()) {
        assert_eq!(labels.rows(), file.as_slice().len());
    }
    in_words(file.flattened().bytes::<f32, shape![4]>(f32::from))?;
    Ok(())
}

pub fn safetensors(bytes: &[u8]) -> Outcome {
    let file = in_words(Safetensors::parse("tensors", bytes.to_vec()))?;
    for name in file.names() {
        let _ = in_words(file.array::<f64>(&name));
        let _ = in_words(file.array::<i64>(&name));
        if let Ok(array) = in_words(file.array::<f32>(&name)) {
            assert_eq!(
                array.dims().iter().product::<usize>(),
                array.as_slice().len()
            );
        }
    }
    Ok(())
}

pub fn image(bytes: &[u8]) -> Outcome {
    let image = in_words(images::parse("image", bytes))?;
    assert_eq!(
        image.dims().iter().product::<usize>(),
        image.as_slice().len()
    );
    Ok(())
}

pub fn tokeniser(bytes: &[u8]) -> Outcome {
    let bpe = in_words(Bpe::<N2<1, 0>>::parse("tokeniser", bytes))?;
    // What it knows of the text may be little: then there is an error, or another text.
    let tokens = in_words(bpe.encode("the cat sat<end>"))?;
    in_words(bpe.decode(&tokens))?;
    Ok(())
}

graph! {
    pub struct Line { slope: [2], offset: [] }
    pub fn loss(p: Line; key, x: [2], y: [2]) -> ([], key) {
        (mse(dropout(x, key, 0.5) * p.slope + p.offset, y), next_key(key))
    }
}

pub type Training = Trainer<
    f32,
    Parameters<f32, Line>,
    environment![[2], [2]],
    environment![[]],
    environment![key],
>;

/// A training in its third step.
pub fn training() -> Training {
    let optimiser = adam(0.1).schedule(warm_up(4)).average(0.9).accumulate(2);
    let mut training =
        loss::<f32>().trainer_with_state(&optimiser, &Line::init(Key::new(0)), &Key::new(1));
    for _ in 0..3 {
        training.step((&Tensor::ones(), &Tensor::zeros()));
    }
    training
}

/// A file of this process alone.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        // In memory, where there is such a place.
        let memory = PathBuf::from("/dev/shm");
        let folder = if memory.is_dir() {
            memory
        } else {
            std::env::temp_dir()
        };
        let folder = folder.join(format!("cotangent-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for temporary files");
        folder
    });
    let path = FOLDER.join(name);
    fs::write(&path, bytes).expect("a temporary file");
    path
}

/// A checkpoint of a training, which a training goes on with.
pub fn snapshot(bytes: &[u8]) -> Outcome {
    let path = file("snapshot", bytes);
    let snapshot = in_words(load::<f32>(&path))?;
    thread_local! {
        // Made once: to plan it takes longer than to read a file.
        static TRAINING: RefCell<Training> = RefCell::new(training());
    }
    TRAINING.with_borrow_mut(|training| {
        // Compared as text: a scalar may be no number. A file has its entries in another order.
        let text = |snapshot: &Snapshot<f32>| {
            let mut entries: Vec<_> = snapshot
                .entries
                .iter()
                .map(|entry| format!("{entry:?}"))
                .collect();
            entries.sort();
            entries
        };
        let before = text(&training.snapshot());
        if let Err(error) = in_words(training.restore(&snapshot)) {
            assert_eq!(
                text(&training.snapshot()),
                before,
                "nothing of it was taken"
            );
            return Err(error.into());
        }
        save(&path, &training.snapshot())?;
        assert_eq!(text(&load(&path)?), text(&training.snapshot()));
        training.step((&Tensor::ones(), &Tensor::zeros()));
        Ok(())
    })
}

/// Parameters, of this library or of another.
pub fn parameters(bytes: &[u8]) -> Outcome {
    let path = file("parameters", bytes);
    let import = || -> Result<Parameters<f32, Line>, Box<dyn Error>> {
        let mut file = Import::read(&path)?;
        let p = file.take::<f32, Line>(|name| match name {
            "slope" => Source::of("slope").rows(1..3).reshaped(),
            name => Source::of(name).plus(name),
        })?;
        file.finish()?;
        Ok(p)
    };
    let _ = import().map_err(|error| assert!(error.to_string().len() > 10));
    let p = in_words(load_parameters::<f32, Line>(&path))?;
    save_parameters(&path, &p)?;
    let again = load_parameters::<f32, Line>(&path)?;
    assert_eq!(format!("{again:?}"), format!("{p:?}"));
    Ok(())
}
