//! The list fits to the sources.

use mutants::mutant::all;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// Each mutant's text is in its file once, so that the list cannot rot.
#[test]
fn every_mutant_applies() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mutants = all(&root).expect("a list");
    assert!(mutants.len() >= 25, "{} mutants", mutants.len());
    for mutant in &mutants {
        if let Err(error) = mutant.applied(&root) {
            panic!("{error}");
        }
    }
    let files: BTreeSet<_> = mutants.iter().map(|mutant| &mutant.file).collect();
    for part in [
        "src/lean/tape",
        "src/lean/link.rs",
        "src/graph",
        "src/program",
    ] {
        assert!(
            files.iter().any(|file| file.starts_with(part)),
            "no mutant of {part}"
        );
    }
}

/// What no law of the library can say, with its reason in `docs/mutants.md`.
const OF_THE_JUDGE: [&str; 1] = ["handles_are_of_their_graph"];

/// Each law that a mutant names is one of the library, so none of them is a panic.
#[test]
fn every_law_is_of_the_library() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut source = String::new();
    for folder in ["src/lean/laws", "src/prove"] {
        for entry in WalkDir::new(root.join(folder)) {
            let path = entry.expect("a folder").into_path();
            if path.is_file() {
                source += &fs::read_to_string(path).expect("a text");
            }
        }
    }
    let mut own = BTreeSet::new();
    for mutant in all(&root).expect("a list") {
        for law in &mutant.laws {
            let is_law = source.contains(&format!("\"{law}\""));
            match OF_THE_JUDGE.iter().find(|own| *own == law) {
                Some(&law) => drop(own.insert(law)),
                None => assert!(is_law, "{}: there is no law `{law}`", mutant.name),
            }
        }
    }
    assert!(
        own.iter().eq(&OF_THE_JUDGE),
        "a law of the judge that no mutant names"
    );
}
