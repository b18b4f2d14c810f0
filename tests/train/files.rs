//! What a training leaves in its folder.

use super::folder::Folder;
use super::task::{BATCHES, loss, points, training};
use cotangent::prelude::*;
use cotangent::train::EarlyStop;
use std::fs;

#[test]
fn checkpoints_logs_and_a_report() {
    let folder = Folder::new("files");
    let trained = training(&points())
        .epochs(2)
        .log_every(5)
        .watch("valid/loss", EarlyStop::least(9))
        .classes(&["outside", "<within>"])
        .report("Points & a circle", &loss::<f32, N<8>>())
        .checkpoint(&*folder)
        .run()
        .unwrap();
    let mut names: Vec<String> = fs::read_dir(&*folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names[1].starts_with("events.out.tfevents."), "{names:?}");
    names.remove(1);
    assert_eq!(
        names,
        [
            "best.safetensors",
            "last.safetensors",
            "log.csv",
            "log.jsonl",
            "report.html"
        ]
    );

    // A line for each value: two epochs of six measures, and two of steps 5 and 10.
    let table = fs::read_to_string(folder.join("log.csv")).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(
        (lines[0], lines.len()),
        ("step,epoch,seconds,name,value", 1 + 2 * 2 + 2 * 6)
    );
    assert!(
        lines[1].starts_with("5,0,") && lines[1].contains(",step/loss,"),
        "{}",
        lines[1]
    );
    assert!(
        lines[3].starts_with(&format!("{BATCHES},1,")) && lines[3].contains(",train/loss,"),
        "{}",
        lines[3]
    );
    let last = format!("valid/f1,{}", trained.last("valid/f1").unwrap());
    assert!(lines[16].ends_with(&last), "{}", lines[16]);

    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    for part in [
        "<h2>Time</h2>",
        " epochs of ",
        "<h2>Where the time of a step goes</h2>",
        "10 runs",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for part in [
        "<title>Points &amp; a circle</title>",
        "&lt;within&gt;",
        "cross_entropy",
        "valid",
        "</svg>",
        "recall",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<within>"));
    // It needs nothing from elsewhere: the only address is the name of the format of drawings.
    let addresses = page.matches("http").count();
    assert_eq!(
        addresses,
        page.matches("xmlns=\"http://www.w3.org/2000/svg\"").count()
    );
    assert_eq!(trained.confusion.unwrap().total(), 60);

    let path = folder.join("last.safetensors");
    let p = cotangent::checkpoint::load_parameters::<f32, super::task::Net>(path).unwrap();
    assert_eq!(p, trained.trainer.parameters());
}
