//! `docs/compile-fail.md` shows the crate outside of the workspace as it is.

use std::fs;
use std::path::{Path, PathBuf};

fn rust_files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("target") {
            rust_files(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push(path);
        }
    }
}

#[test]
fn each_program_of_the_page_is_a_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/compile-fail.md")).expect("the page");
    let mut files = Vec::new();
    rust_files(&root.join("examples/guarded"), &mut files);
    let texts: Vec<String> = files
        .iter()
        .map(|path| fs::read_to_string(path).expect("a file"))
        .collect();
    let blocks: Vec<&str> = page
        .split("```rust\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        // A file may begin with what it is.
        assert!(
            texts.iter().any(|text| text.ends_with(block)),
            "no file has:\n{block}"
        );
    }
}
