//! The page for those who come from another library: its figures are counted, its messages are those of the compiler, and the
//! programs of the messages are those of the page.

use std::fs;
use ui_tests::{COMING, Section, Sources, coming_from, repository};

fn page() -> String {
    fs::read_to_string(repository().join(COMING)).expect("the page")
}

fn sources() -> Sources {
    Sources::read(&repository()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn the_page_is_not_behind() {
    let page = page();
    let should = coming_from(&page, &sources().programs).unwrap_or_else(|error| panic!("{error}"));
    assert!(
        page == should,
        "{COMING} is behind: `cargo run -p ui-tests` writes it"
    );
}

#[test]
fn ten_programs_have_one_mistake_each() {
    let page = page();
    let programs = sources().programs;
    assert_eq!(Section::all(&page).count(), 10);
    let mut shown = Vec::new();
    for section in Section::all(&page) {
        let Some((name, _)) = section.mistake() else {
            assert!(section.title.contains("Saving"), "{}", section.title);
            continue;
        };
        let name = format!("coming/{name}");
        let program = programs.iter().find(|program| program.name == name);
        let program = program.unwrap_or_else(|| panic!("no program {name}"));
        let ours = section.program("cotangent").expect("a program");
        let ours: Vec<_> = ours.lines().map(str::trim).collect();
        let lines = program.source.lines().map(str::trim);
        let others: Vec<_> = lines
            .filter(|line| !ours.contains(line) && !["fn main() {", "}"].contains(line))
            .collect();
        // The mistake, and what builds the graph.
        assert!(others.len() <= 2, "{name}: {others:?}");
        shown.push(name);
    }
    let in_the_folder = programs
        .iter()
        .filter(|program| program.name.starts_with("coming/"));
    assert_eq!(in_the_folder.count(), shown.len(), "{shown:?}");
}

#[test]
fn figures_and_messages_are_written() {
    let block = |library: &str| {
        format!("**{library}**\n\n```rust\nuse it;\nf(\n    1,\n);\n// No.\n```\n\n")
    };
    let blocks = ["PyTorch", "JAX", "dfdx", "cotangent"].map(block).concat();
    let with = |table: &str, message: &str| {
        format!(
            "# Page\n\n| | a | b | c | d |\n| --- | ---: | ---: | ---: | ---: |\n{table}\n\nText.\n\n## 1. One\n\n{blocks}\
             - cotangent (`ui-tests/coming/fail/linear.rs`):\n\n```text\n{message}```\n"
        )
    };
    let programs = sources().programs;
    let linear = programs
        .iter()
        .find(|program| program.name == "coming/fail/linear")
        .expect("a program");
    let rows = "| 1. One | 2 | 2 | 2 | 2 |\n| all | 2 | 2 | 2 | 2 |\n| all, with closing brackets | 3 | 3 | 3 | 3 |";
    assert_eq!(
        coming_from(&with("| old |", "error: old\n"), &programs),
        Ok(with(rows, &linear.message))
    );
    assert!(coming_from(&with("", "").replace("dfdx", "candle"), &programs).is_err());
    assert!(coming_from(&with("", "error\n").replace("linear", "none"), &programs).is_err());
    assert!(coming_from("# Page", &programs).is_err());
}
