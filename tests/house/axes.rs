//! The ops whose axis `graph!` reads as an integer, `sum_axis(x, 1)`, are all that take one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::floors::sources;

/// The functions of a file that take an axis. A method, which is indented, is called in Rust.
fn takes_axis(source: &str) -> BTreeSet<String> {
    let functions = source.split("\npub fn ").skip(1);
    let header = |function: &str| function.split(['{', ';']).next().map(str::to_owned);
    let with_axis = functions
        .filter_map(header)
        .filter(|header| header.contains("axis: Axis<") || header.contains("axis: I"));
    with_axis
        .filter_map(|header| header.split(['<', '(']).next().map(str::to_owned))
        .collect()
}

#[test]
fn the_macro_knows_each_op_that_takes_an_axis() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| fs::read_to_string(path).expect("a file of the library");
    let (folder, mut files) = (root.join("src/op"), Vec::new());
    sources(&folder, &folder, &mut files).expect("the ops of the library");
    let ops: BTreeSet<String> = files
        .iter()
        .flat_map(|path| takes_axis(&read(&folder.join(path))))
        .collect();
    assert!(ops.len() > 20, "they were not read: {ops:?}");
    let macros = read(&root.join("macros/src/lowering/sizes.rs"));
    let list = macros.split_once("const OPS").expect("the list").1;
    let list = list.split_once("];").expect("its end").0;
    let known: BTreeSet<String> = list
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    assert_eq!(known, ops);
}

#[test]
fn functions_with_an_axis_are_found() {
    let source = "\npub fn a<const I: usize>(x: Var<S>, _axis: Axis<I>) -> B {\n}\npub fn b(x: u8) {}\n\
        impl C {\n    pub fn d(axis: Axis<I>) {}\n}\n";
    assert_eq!(takes_axis(source), BTreeSet::from(["a".to_owned()]));
}
