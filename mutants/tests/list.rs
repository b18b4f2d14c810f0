//! The list fits to the sources.

use mutants::mutant::all;
use std::collections::BTreeSet;
use std::path::Path;

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
