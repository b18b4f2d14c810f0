//! The files of `macros/src/`: no circle of imports, of any length, so that they can be read one after another; and
//! each floor imports from itself and from lower ones only. Every `mod.rs` is a list.

use super::module_path;
use super::mutual::Crate;
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use std::collections::{BTreeMap, BTreeSet};
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

/// The circles of a crate's imports, of any length: the files of each, in alphabetical order. Lists are in none.
fn circles(all: &Crate) -> Vec<Vec<String>> {
    let imports = all.imports();
    let counts = |file: &str| !all.lists.contains(file);
    let mut graph = DiGraph::new();
    let files = imports.keys().filter(|file| counts(file));
    let nodes: BTreeMap<&str, _> = files.map(|&file| (file, graph.add_node(file))).collect();
    for (file, others) in &imports {
        for other in others.iter().filter(|other| other != file) {
            if let (Some(&from), Some(&to)) = (nodes.get(file), nodes.get(other.as_str())) {
                graph.add_edge(from, to, ());
            }
        }
    }
    let mut circles: Vec<Vec<String>> = tarjan_scc(&graph)
        .into_iter()
        .filter(|circle| circle.len() > 1)
        .map(|circle| {
            let mut files: Vec<_> = circle.iter().map(|&node| graph[node].to_owned()).collect();
            files.sort();
            files
        })
        .collect();
    circles.sort();
    circles
}

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
fn the_macro_crate_has_no_circle_of_imports() -> std::io::Result<()> {
    let found = circles(&macros()?);
    assert_eq!(found, [[""; 0]; 0], "files of macros/src import in circles");
    Ok(())
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
fn a_circle_is_found() {
    let lib = ("lib.rs", "mod a; mod b; mod c; mod d;");
    let a = ("a.rs", "use crate::b::B; pub struct A;");
    let b = ("b.rs", "pub struct B; fn f() { crate::c::g() }");
    let c = ("c.rs", "use super::a::A; pub fn g() {}");
    let d = ("d.rs", "use crate::{a::A, b, c}; use b::B;");
    assert_eq!(
        circles(&made_up(&[lib, a, b, c, d])),
        [["a.rs", "b.rs", "c.rs"]]
    );
    // A pair is a circle too.
    let pair = ("c.rs", "use super::b::B; pub fn g() {}");
    assert_eq!(circles(&made_up(&[lib, a, b, pair, d])), [["b.rs", "c.rs"]]);
    // Two circles; an import that opens one of them.
    let (e, f) = (
        ("m/e.rs", "use super::F; pub struct E;"),
        ("m/f.rs", "use crate::m::e::E; pub struct F;"),
    );
    let list = ("m/mod.rs", "mod e; mod f; pub use e::E; pub use f::F;");
    let both = [lib, a, b, c, d, list, e, f];
    assert_eq!(
        circles(&made_up(&both)),
        [vec!["a.rs", "b.rs", "c.rs"], vec!["m/e.rs", "m/f.rs"]]
    );
    let open = ("c.rs", "pub fn g() {}");
    let none: [[String; 0]; 0] = [];
    assert_eq!(circles(&made_up(&[lib, a, b, open, d])), none);
    // Through a list there is none: `e` is read after `f`.
    let f = (
        "m/f.rs",
        "pub struct F; #[cfg(test)] mod tests { use crate::m::E; }",
    );
    assert_eq!(circles(&made_up(&[lib, list, e, f])), none);
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
