//! Each chapter of the book is in its summary, is tested, and leads to chapters that are there.

use super::documents::{links, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn book() -> PathBuf {
    root().join("docs/book/src")
}

fn chapters() -> BTreeSet<String> {
    let files = fs::read_dir(book()).expect("the book");
    let names = files.map(|file| file.expect("a file").file_name().into_string());
    let mut chapters: BTreeSet<String> = names.map(|name| name.expect("a name")).collect();
    assert!(chapters.remove("SUMMARY.md"));
    chapters
}

#[test]
fn every_chapter_is_in_the_summary_and_is_tested() {
    let summary = fs::read_to_string(book().join("SUMMARY.md")).expect("a summary");
    assert_eq!(
        links(&summary).map(str::to_owned).collect::<BTreeSet<_>>(),
        chapters()
    );
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("the library");
    for chapter in chapters() {
        assert!(
            library.contains(&format!("\"{chapter}\"")),
            "{chapter} is not tested"
        );
    }
}

/// What is not in the book is named, and not linked: a page on a server has no folders beside it.
#[test]
fn links_of_the_book_lead_into_the_book() {
    for chapter in chapters() {
        let page = fs::read_to_string(book().join(&chapter)).expect("a chapter");
        for link in links(&page).filter(|link| link.ends_with(".md") || link.contains(".md#")) {
            let file = link.split('#').next().unwrap_or_default();
            assert!(book().join(file).is_file(), "{chapter}: {link}");
        }
        assert!(
            !page.contains("](docs/") && !page.contains("](../"),
            "{chapter}"
        );
    }
}

/// The training that the README shows is that of the example.
#[test]
fn the_readme_shows_the_training_of_the_digits() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let example = fs::read_to_string(root().join("examples/digits/train.rs")).expect("the example");
    let shown = readme
        .split("```rust,ignore\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let shown = shown.expect("a block that is quoted");
    assert!(
        shown.contains("fn train(") && example.contains(shown.trim_end()),
        "{shown}"
    );
}
