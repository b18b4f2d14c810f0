//! Ctrl-C saves and ends.
#![cfg(target_os = "linux")]

use super::folder::Folder;
use super::task::{points, training};
use cotangent::train::Ended;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What tells the process of this test that it is the one that trains.
const FOLDER: &str = "COTANGENT_TRAINS_INTO";
const EPOCHS: usize = 300;

/// Not a test of its own: the process that is interrupted runs it.
#[test]
fn trains_until_it_is_interrupted() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        let slow =
            training(&points()).measure(|_, _, _| std::thread::sleep(Duration::from_millis(2)));
        let trained = slow
            .checkpoint(Path::new(&folder))
            .epochs(EPOCHS)
            .run()
            .unwrap();
        assert_eq!(trained.ended, Ended::Interrupted);
        std::fs::write(
            Path::new(&folder).join("steps"),
            trained.trainer.steps().to_string(),
        )
        .unwrap();
    }
}

#[test]
fn it_saves_and_ends() {
    let folder = Folder::new("interrupted");
    // What runs in the background ignores the signal, as its children do, and then so does a training.
    let mut process = Command::new("env")
        .arg("--default-signal=INT")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "interrupted::trains_until_it_is_interrupted"])
        .env(FOLDER, &*folder)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // When it has written its first checkpoint it is in the middle of it.
    let begun = Instant::now();
    while !folder.join("last.safetensors").exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "no checkpoint");
        std::thread::sleep(Duration::from_millis(5));
    }
    let killed = Command::new("kill")
        .args(["-INT", &process.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
    assert!(process.wait().unwrap().success());
    // The checkpoint is of the step at which it ended.
    let steps: usize = std::fs::read_to_string(folder.join("steps"))
        .unwrap()
        .parse()
        .unwrap();
    assert!((7..7 * EPOCHS).contains(&steps), "{steps}");
    let snapshot = cotangent::checkpoint::load::<f32>(folder.join("last.safetensors")).unwrap();
    let expected = cotangent::optim::Elements::Integers(vec![steps as u64]);
    assert_eq!(snapshot.get("progress/steps").unwrap().elements, expected);
    assert!(folder.join("report.html").exists());
}
