//! `docs/correspondence.md` against the code: each Rust item that it names exists, each law is on it, and each law refuses
//! a mutant.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What begins like a path of the crate and is of another, or a method alone.
const OUTSIDE: [&str; 3] = ["frunk", "slice", "get"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The Rust files of a folder, or a file.
fn files(path: &Path, all: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            files(&entry.expect("an entry").path(), all);
        }
    } else if path.extension().is_some_and(|ext| ext == "rs") {
        all.push(path.to_owned());
    }
}

/// The words of the code of a folder or file: no comments.
fn words(path: &Path) -> BTreeSet<String> {
    let mut all = Vec::new();
    files(path, &mut all);
    let text: Vec<String> = all.iter().map(read).collect();
    let lines = text.iter().flat_map(|text| text.lines());
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.flat_map(|line| line.split(|c| !is_part(c)).map(str::to_owned))
        .collect()
}

/// What is between backticks in a line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Why a path is none of this crate; nothing if it is one.
fn missing(path: &str, everywhere: &BTreeSet<String>) -> Option<String> {
    let names = path.split("::").map(|name| {
        let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_'));
        &name[..end.unwrap_or(name.len())]
    });
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let (mut at, mut rest) = (root().join("src"), &names[..]);
    while let [name, tail @ ..] = rest {
        let file = at.join(format!("{name}.rs"));
        match (at.join(name), file) {
            (folder, _) if folder.is_dir() => (at, rest) = (folder, tail),
            (_, file) if file.is_file() => (at, rest) = (file, tail),
            _ => break,
        }
    }
    let [item, of_item @ ..] = rest else {
        return None;
    };
    if rest.len() == names.len() {
        return Some(format!("`{path}`: there is no module `{item}`"));
    }
    if !words(&at).contains(*item) {
        return Some(format!("`{path}`: no `{item}` in {}", at.display()));
    }
    // Methods may be in another floor.
    let method = of_item.iter().find(|name| !everywhere.contains(**name));
    method.map(|name| format!("`{path}`: no `{name}`"))
}

/// The laws that are public.
fn laws() -> BTreeSet<String> {
    let list = read("src/lean/laws/mod.rs");
    let exports = list.split("\npub use ").skip(1);
    let exports = exports.filter_map(|export| export.split(';').next()?.split_once("::"));
    let names = exports.flat_map(|(_, names)| names.split([',', '{', '}']));
    let names = names.map(|name| name.trim().to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

#[test]
fn each_item_of_the_table_exists() {
    let page = read("docs/correspondence.md");
    let everywhere = words(&root().join("src"));
    let mut wrong = Vec::new();
    let mut known = 0;
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        for path in cells.iter().skip(1).flat_map(|cell| quoted(cell)) {
            let first = path.split("::").next().unwrap_or_default();
            let is_path = path.contains("::") && !path.contains(' ');
            if is_path && first.starts_with(|c: char| c.is_lowercase()) && !OUTSIDE.contains(&first)
            {
                wrong.extend(missing(path.trim_start_matches("cotangent::"), &everywhere));
                known += 1;
            }
        }
    }
    for file in quoted(&page.replace('\n', " ")) {
        let is_file = ["src/", "tests/", "docs/"]
            .iter()
            .any(|at| file.starts_with(at));
        if is_file && !root().join(file).exists() {
            wrong.push(format!("there is no {file}"));
        }
    }
    assert!(known > 100, "the table was not read: {known}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(missing("lean::laws::none_such", &everywhere).is_some());
    assert!(missing("laws::backprop_correct", &everywhere).is_some());
    assert!(missing("lean::tape::Tape::none_such", &everywhere).is_some());
}

#[test]
fn each_law_is_in_the_table_and_refuses_a_mutant() {
    let page = read("docs/correspondence.md");
    let mutants = read("tests/lean/mutants.rs") + &read("tests/lean/mutants/loops.rs");
    let mut wrong = Vec::new();
    let laws = laws();
    assert!(laws.len() > 40, "the list was not read: {laws:?}");
    for law in &laws {
        // A twin is judged as the law that it is one of.
        let is_twin = law.ends_with("_of") || law.ends_with("_at");
        if !is_twin && !page.contains(&format!("`lean::laws::{law}`")) {
            wrong.push(format!("`{law}` is not in docs/correspondence.md"));
        }
        let named = [format!("\"{law}\""), format!("laws::{law}")];
        if !is_twin && !named.iter().any(|named| mutants.contains(named)) {
            wrong.push(format!("`{law}` refuses no mutant in tests/lean"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
