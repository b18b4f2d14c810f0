//! The files of `macros/src/`: each floor imports from itself and from lower ones only. Every `mod.rs` is a list.

use super::imports::{Crate, module_path};
use std::collections::BTreeSet;
use std::path::Path;

/// The modules of the macro crate, lowest floor first.
const FLOORS: [&str; 9] = [
    "tokens",
    "rustc",
    "errors",
    "syntax",
    "validation",
    "lowering",
    "expansion",
    "invocation",
    "lib",
];

/// The floor of a file, if its module has one.
fn floor(file: &str) -> Option<usize> {
    let modules = module_path(Path::new(file));
    let module = modules.first().map_or("lib", String::as_str);
    FLOORS.iter().position(|floor| *floor == module)
}

/// The imports from higher floors, and from or to files without one.
fn upward(all: &Crate) -> Vec<String> {
    let imports = all.imports();
    let each = imports.iter().flat_map(|(file, others)| {
        let wrong = others
            .iter()
            .filter(move |other| match (floor(file), floor(other)) {
                (Some(here), Some(there)) => there > here,
                (None, _) | (_, None) => true,
            });
        wrong.map(move |other| format!("{file} imports {other}"))
    });
    each.collect()
}

fn macros() -> std::io::Result<Crate> {
    Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("macros/src"))
}

#[test]
fn no_file_of_the_macro_crate_imports_upward() -> std::io::Result<()> {
    let all = macros()?;
    assert_eq!(upward(&all), [""; 0]);
    // Every module has a floor, and no floor is left over.
    let files = all.files();
    let modules: BTreeSet<_> = files.iter().map(|file| floor(file)).collect();
    let floors: BTreeSet<_> = (0..FLOORS.len()).map(Some).collect();
    assert_eq!(modules, floors, "{files:?}");
    Ok(())
}

#[test]
fn each_mod_rs_of_the_macro_crate_is_a_list() -> std::io::Result<()> {
    let all = macros()?;
    let mut files = all.files();
    files.retain(|file| file.ends_with("mod.rs") && !all.lists.contains(*file));
    assert_eq!(files, BTreeSet::<&str>::new());
    Ok(())
}

/// A made-up crate.
fn made_up(files: &[(&str, &str)]) -> Crate {
    let mut all = Crate::default();
    for (file, source) in files {
        all.add(file, source);
    }
    all
}

#[test]
fn an_import_from_a_higher_floor_is_found() {
    let lib = ("lib.rs", "mod syntax; mod lowering;");
    let lists = [
        ("syntax/mod.rs", "pub(crate) mod shape;"),
        ("lowering/mod.rs", "pub(crate) mod call;"),
    ];
    let shape = ("syntax/shape.rs", "pub struct Shape;");
    let call = ("lowering/call.rs", "use crate::syntax::shape::Shape;");
    let judge =
        |files: &[(&str, &str)]| upward(&made_up(&[&[lib, lists[0], lists[1]], files].concat()));
    assert_eq!(judge(&[shape, call]), [""; 0]);
    let up = ("syntax/shape.rs", "use crate::lowering::call;");
    assert_eq!(
        judge(&[up, call]),
        ["syntax/shape.rs imports lowering/call.rs"]
    );
    let elsewhere = ("lowering/call.rs", "use crate::attic::f;");
    let attic = ("attic.rs", "pub fn f() {}");
    assert_eq!(
        judge(&[shape, elsewhere, attic]),
        ["lowering/call.rs imports attic.rs"]
    );
}
