//! What is written is what is read.

use super::folder::Folder;
use cotangent::checkpoint::{load, load_parameters, save, save_parameters};
use cotangent::optim::{Elements, Saved, Snapshot, adam};
use cotangent::prelude::*;

fn entry<A>(name: &str, dims: &[usize], elements: Elements<A>) -> Saved<A> {
    Saved {
        name: name.into(),
        dims: dims.to_vec(),
        elements,
    }
}

/// Every kind of element, NaNs and infinities, no element, no axis.
fn all_kinds<A: Copy>(scalars: [A; 6]) -> Snapshot<A> {
    let entries = vec![
        entry("w", &[2, 3], Elements::Scalars(scalars.to_vec())),
        entry("b.0", &[], Elements::Scalars(scalars[..1].to_vec())),
        entry("none", &[0, 4], Elements::Scalars(Vec::new())),
        entry(
            "progress/schedule",
            &[3],
            Elements::Doubles(vec![0.1, f64::INFINITY, -0.0]),
        ),
        entry("progress/steps", &[], Elements::Integers(vec![u64::MAX])),
        entry(
            "state/key",
            &[2],
            Elements::Keys(vec![[1, 2], [u32::MAX, 4]]),
        ),
    ];
    Snapshot { entries }
}

/// By name: in a file entries are in another order.
fn sorted<A: Clone>(snapshot: &Snapshot<A>) -> Vec<Saved<A>> {
    let mut entries = snapshot.entries.clone();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    entries
}

#[test]
fn every_kind_of_element() {
    let folder = Folder::new("kinds");
    let path = folder.join("a.safetensors");
    let singles = all_kinds([0.1_f32, f32::MIN_POSITIVE, -0.0, f32::INFINITY, 1e-45, 3.0]);
    save(&path, &singles).unwrap();
    assert_eq!(sorted(&load::<f32>(&path).unwrap()), sorted(&singles));
    let doubles = all_kinds([0.1_f64, 5e-324, -0.0, f64::NEG_INFINITY, 1.0 / 3.0, 3.0]);
    save(&path, &doubles).unwrap();
    assert_eq!(sorted(&load::<f64>(&path).unwrap()), sorted(&doubles));
}

/// The bits of a NaN are kept.
#[test]
fn nan() {
    let folder = Folder::new("nan");
    let path = folder.join("a.safetensors");
    let bits = 0x7fc0_1234;
    let x = vec![f32::from_bits(bits)];
    let snapshot = Snapshot {
        entries: vec![entry("x", &[1], Elements::Scalars(x))],
    };
    save(&path, &snapshot).unwrap();
    let loaded = load::<f32>(&path).unwrap();
    let Elements::Scalars(x) = &loaded.entries[0].elements else {
        panic!("{loaded:?}")
    };
    assert_eq!(x[0].to_bits(), bits);
}

#[test]
fn the_same_snapshot_is_the_same_file() {
    let folder = Folder::new("same");
    let snapshot = all_kinds([1.0_f32; 6]);
    let bytes = ["a", "b"].map(|name| {
        save(folder.join(name), &snapshot).unwrap();
        std::fs::read(folder.join(name)).unwrap()
    });
    assert_eq!(bytes[0], bytes[1]);
    assert!(!folder.join("a.part").exists());
}

graph! {
    struct Layer { weight: [2, 2], bias: [2] }
    struct Net { layers: [Layer; 2], gain: [] }

    fn loss(p: Net; key, x: [2]) -> ([], key) {
        let h = tanh(matmul(x, p.layers[0].weight) + p.layers[0].bias);
        let y = matmul(dropout(h, key, 0.5), p.layers[1].weight) + p.layers[1].bias;
        (sum(square(y * p.gain)), next_key(key))
    }
}

/// A training that is written after three steps and goes on in another trainer is the one that was never interrupted.
#[test]
fn a_training_goes_on() {
    let folder = Folder::new("goes-on");
    let path = folder.join("net.safetensors");
    let g = loss::<f32>();
    let start = |seed| Net::init(Key::new(seed));
    let mut p = start(3);
    p.gain = Tensor::scalar(1.5);
    let mut trainer = g.trainer_with_state(&adam(0.1), &p, &Key::new(5));
    let x = Tensor::from([0.5, -1.5]);
    for _ in 0..3 {
        trainer.step(&x);
    }
    save(&path, &trainer.snapshot()).unwrap();
    let mut other = g.trainer_with_state(&adam(0.9), &start(4), &Key::new(6));
    other.restore(&load(&path).unwrap()).unwrap();
    for _ in 0..4 {
        assert_eq!(trainer.step(&x), other.step(&x));
    }
    assert_eq!(trainer.snapshot(), other.snapshot());
    // The parameters alone, of the file of a training.
    let loaded = load_parameters::<f32, Net>(&path).unwrap();
    save_parameters(&path, &loaded).unwrap();
    assert_eq!(load_parameters::<f32, Net>(&path).unwrap(), loaded);
    let names: Vec<String> = loaded
        .names()
        .iter()
        .map(|(name, ..)| name.to_string())
        .collect();
    let file = cotangent::data::safetensors::Safetensors::read(&path).unwrap();
    let mut expected = names.clone();
    expected.sort();
    assert_eq!(file.names(), expected);
    assert_eq!(names[0], "layers.0.weight");
}
