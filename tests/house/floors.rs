//! A file of `src/` imports only from its own module and from lower floors, and no files import each other in circles.
//!
//! Comments and strings do not count, nor do items for tests and doc tests: a test of an op runs it in a graph.

mod circles;
mod imports;
mod macros;
mod tokens;

pub use imports::sources;
use imports::{MACROS, module_path};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tokens::{tokens, without_tests};

/// The modules of the crate, lowest floor first. Modules of one line may import each other.
const FLOORS: [&[&str]; 18] = [
    &["dim"],
    &["shape"],
    &["scalar", "tensor", "handle", "counterexample"],
    &["context"],
    &["env"],
    &["data"],
    &["program"],
    &["run"],
    &["op"],
    &["graph"],
    &["optim", "nn"],
    &["checkpoint"],
    &["lean"],
    &["prove"],
    &["explain"],
    &["train"],
    &["prelude", "errors"],
    &["lib"],
];
/// The exception: the tape is erased, and knows nothing of what it was erased from.
const TAPE: &str = "lean/tape/";

/// Why a file of the module `from` may not import from the module `to`, if it may not.
fn refusal(from: &str, to: &str) -> Option<String> {
    let floor = |module| FLOORS.iter().position(|floor| floor.contains(&module));
    match (floor(from), floor(to)) {
        _ if from == to || MACROS.contains(&to) => None,
        (None, _) => Some(format!(
            "`{from}` has no floor: give it one in tests/house/floors.rs"
        )),
        (_, None) => Some(format!("`{from}` imports `{to}`, which has no floor")),
        (Some(here), Some(there)) if there > here => {
            Some(format!("`{from}` imports `{to}`, which is above it"))
        }
        _ => None,
    }
}

/// What is wrong with the imports of one file. `path` is relative to `src/`.
fn violations(path: &Path, source: &str) -> Vec<String> {
    let modules = module_path(path);
    // A `#[cfg(test)] mod tests;` in files of its own is as one that is inside of a file.
    if modules.iter().any(|module| module == "tests") {
        return Vec::new();
    }
    let from = modules.first().map_or("lib", String::as_str);
    let is_tape = path.starts_with(TAPE);
    let refused = |to: &String| match to.as_str() {
        "op" | "graph" if is_tape => Some(format!("the tape imports `{to}`")),
        to => refusal(from, to),
    };
    imports(source, modules.len())
        .iter()
        .filter_map(refused)
        .map(|why| format!("src/{}: {why}", path.display()))
        .collect()
}

/// The top modules that a file names by `crate::`, `cotangent::` or enough `super::`. `depth` is that of its module.
fn imports(source: &str, depth: usize) -> BTreeSet<String> {
    let tokens = without_tests(&tokens(source));
    let mut found = BTreeSet::new();
    // The depth of the module here, and outside of each open brace.
    let (mut here, mut braces) = (depth, Vec::new());
    for i in 0..tokens.len() {
        match tokens[i].as_str() {
            "{" => {
                braces.push(here);
                if i >= 2 && tokens[i - 2] == "mod" {
                    here += 1;
                }
            }
            "}" => here = braces.pop().unwrap_or(depth),
            // The start of a path only.
            "crate" | "cotangent" | "super" if i == 0 || tokens[i - 1] != "::" => {
                let supers = tokens[i..]
                    .iter()
                    .step_by(2)
                    .take_while(|t| *t == "super")
                    .count();
                let is_path = tokens.get(i + 1).is_some_and(|t| t == "::");
                if is_path && (supers == 0 || supers == here) {
                    found.extend(first_segments(&tokens[i + 2 * supers.max(1)..]));
                }
            }
            _ => {}
        }
    }
    found
}

/// The first segment of a path, or of each path of a `{…}`. `*` takes everything, so it stands for the crate.
fn first_segments(tokens: &[String]) -> Vec<String> {
    let name = |token: &str| match token {
        "*" => "lib".to_owned(),
        name => name.to_owned(),
    };
    match tokens.first().map(String::as_str) {
        Some("{") => {
            let (mut depth, mut first, mut found) = (0, true, Vec::new());
            for token in tokens {
                match token.as_str() {
                    "{" => depth += 1,
                    "}" => depth -= 1,
                    "," if depth == 1 => first = true,
                    other if first => {
                        found.push(name(other));
                        first = false;
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            found
        }
        Some(one) => vec![name(one)],
        None => Vec::new(),
    }
}

#[test]
fn no_file_imports_upward() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &root, &mut files)?;
    files.sort();
    let mut wrong = Vec::new();
    let mut modules = BTreeSet::new();
    for file in &files {
        wrong.extend(violations(file, &fs::read_to_string(root.join(file))?));
        modules.insert(
            module_path(file)
                .first()
                .map_or("lib".to_owned(), String::clone),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Every module has a floor, and no floor is left over.
    let floors: BTreeSet<_> = FLOORS.concat().into_iter().map(str::to_owned).collect();
    assert_eq!(modules, floors);
    Ok(())
}

/// The imports of a made-up file.
fn judge(path: &str, source: &str) -> Vec<String> {
    violations(Path::new(path), source)
}

#[test]
fn an_upward_import_is_found() {
    let above = |path: &str, from: &str, to: &str| {
        vec![format!(
            "src/{path}: `{from}` imports `{to}`, which is above it"
        )]
    };
    let in_op = above("op/add.rs", "op", "graph");
    for source in [
        "use crate::graph::GraphData;",
        "use crate::{dim::Dim, graph::{GraphData, Node}, tensor};",
        "pub(crate) use crate :: graph as g;",
        "use super::super::graph;",
        "use cotangent::graph::Node;",
        "fn f() { let g = crate::graph::GraphData::nil(); }",
        "macro_rules! m { () => { $crate::graph::Node } }",
        "mod inner { use super::super::super::graph::Node; }",
        "const S: &str = \"//\"; use crate::graph::Node;",
        "fn f<'a>(c: char) -> bool { c == '\"' || c == '\\'' } use crate::graph::Node;",
        "const S: &str = r#\"\"/*\"#; use crate::graph::Node;",
    ] {
        assert_eq!(judge("op/add.rs", source), in_op, "{source}");
    }
    assert_eq!(
        judge("dim/mod.rs", "use super::shape::Shape;"),
        above("dim/mod.rs", "dim", "shape")
    );
    assert_eq!(
        judge("handle/graph_id.rs", "use crate::context::TList;"),
        above("handle/graph_id.rs", "handle", "context")
    );
    assert_eq!(
        judge("env/mod.rs", "use crate::program::Prim;"),
        above("env/mod.rs", "env", "program")
    );
    assert_eq!(
        judge("graph/run.rs", "use crate::lean::link;"),
        above("graph/run.rs", "graph", "lean")
    );
    assert_eq!(
        judge("op/mod.rs", "use crate::*;"),
        above("op/mod.rs", "op", "lib")
    );
}

#[test]
fn the_tape_does_not_see_the_graph() {
    let message = "src/lean/tape/tape.rs: the tape imports `graph`";
    let source = "use crate::graph::GraphData;";
    assert_eq!(judge("lean/tape/tape.rs", source), [message]);
    let message = "src/graph/run.rs: `graph` imports `lean`, which is above it";
    let source = "use crate::lean::tape::Tape;";
    assert_eq!(judge("graph/run.rs", source), [message]);
    let source = "use crate::{graph::GraphData, lean::tape::Tape};";
    assert_eq!(judge("lean/link.rs", source), [""; 0]);
}

#[test]
fn a_module_without_a_floor_is_found() {
    let message = "src/op/add.rs: `op` imports `attic`, which has no floor";
    assert_eq!(judge("op/add.rs", "use crate::attic::Old;"), [message]);
    let message = "src/attic.rs: `attic` has no floor: give it one in tests/house/floors.rs";
    assert_eq!(judge("attic.rs", "use crate::dim::Dim;"), [message]);
}

#[test]
fn what_is_allowed_passes() {
    for source in [
        "use crate::{context::TList, env::Environment, program::{Prim, Program}};",
        "use super::{Call, Op}; use super::var::Var; use self::matmul::MatMul;",
        "//! See [`laws`](crate::lean::laws).\n/// `use crate::graph::Node;`\n/* use crate::graph; /* nested */ */",
        "const S: &str = \"use crate::graph::Node;\"; const R: &str = r\"crate::lean::laws\";",
        "#[cfg(test)]\nmod tests { use crate::prelude::*; fn f() { if true {} } }",
        "#[cfg(doctest)]\n#[doc = include_str!(\"README.md\")]\nstruct Readme;",
        "pub(crate) fn f() {} pub(in crate::op) fn g() {} use other::crate_::graph;",
    ] {
        assert_eq!(judge("op/add.rs", source), [""; 0], "{source}");
    }
    let of_tests = "use crate::graph::Node;";
    for path in ["op/tests.rs", "op/add/tests/cases.rs"] {
        assert_eq!(judge(path, of_tests), [""; 0], "{path}");
    }
    // What follows a test counts again.
    let source = "#[cfg(test)] mod tests { use crate::prelude::*; } use crate::lean::laws;";
    assert_eq!(judge("op/mod.rs", source).len(), 1);
}
