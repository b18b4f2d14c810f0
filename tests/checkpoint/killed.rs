//! A process that is killed at any moment leaves a whole file.

use super::folder::Folder;
use cotangent::checkpoint::{load, save};
use cotangent::optim::{Elements, Saved, Snapshot};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// What tells the process of this test that it is the one that writes.
const FOLDER: &str = "COTANGENT_WRITES_INTO";
/// Some pages, so that a write is not over at once.
const SIZE: usize = 50_000;

fn snapshot(n: u64) -> Snapshot<f32> {
    let entry = |name: &str, dims, elements| Saved {
        name: name.into(),
        dims,
        elements,
    };
    Snapshot {
        entries: vec![
            entry("n", vec![], Elements::Integers(vec![n])),
            entry("x", vec![SIZE], Elements::Scalars(vec![n as f32; SIZE])),
        ],
    }
}

/// Which snapshot a file is, if it is one, whole.
fn number(path: &Path) -> u64 {
    let got = load::<f32>(path).unwrap();
    let Some(Elements::Integers(n)) = got.get("n").map(|entry| &entry.elements) else {
        panic!("{:?}", got.get("n"))
    };
    assert!(got.get("x") == snapshot(n[0]).get("x"), "not that of {n:?}");
    n[0]
}

/// Not a test of its own: the process that is killed runs it.
#[test]
fn writes_until_it_is_killed() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        let path = Path::new(&folder).join("a.safetensors");
        for n in number(&path) + 1.. {
            save(&path, &snapshot(n)).unwrap();
        }
    }
}

#[test]
fn two_hundred_times() {
    let folder = Folder::new("killed");
    let path = folder.join("a.safetensors");
    save(&path, &snapshot(0)).unwrap();
    let mut rng = cotangent::fastrand::Rng::with_seed(1);
    let mut numbers = vec![0];
    for _ in 0..200 {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::writes_until_it_is_killed"])
            .env(FOLDER, &*folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(rng.u64(0..20_000)));
        process.kill().unwrap();
        process.wait().unwrap();
        numbers.push(number(&path));
    }
    assert!(numbers.is_sorted(), "{numbers:?}"); // never an older one
    let written = numbers.last().unwrap();
    assert!(*written > 20, "{written} were written"); // it was killed while it wrote, not before
}
