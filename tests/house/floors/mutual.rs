//! No two files import each other: each can then be read after those that it needs. A `mod.rs` that has only `mod`, `use`
//! and documents does not count. What a path names is found through the `use` of the modules on its way.

use super::tokens::{tokens, without_tests};
use super::{MACROS, module_path, sources};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Pairs that are left, with the reason. The list may shrink; a pair that is no longer there must go.
const LEFT: [(&str, &str, &str); 0] = [];

type Names = Vec<String>;

/// A module of a crate, in a file of its own or inside one.
#[derive(Debug, Default)]
struct Module {
    file: String,
    /// What `use` brings: the name here, and where it comes from.
    uses: Vec<(String, Names)>,
    /// The other paths.
    paths: Vec<Names>,
    /// The names of its items.
    items: BTreeSet<String>,
}

/// The modules of a crate by path, and the files that do not count.
#[derive(Default)]
pub(super) struct Crate {
    modules: BTreeMap<Names, Module>,
    pub(super) lists: BTreeSet<String>,
}

impl Crate {
    /// Reads all files below a `src/`, those of tests left out.
    pub(super) fn read(root: &Path) -> std::io::Result<Self> {
        let mut files = Vec::new();
        sources(root, root, &mut files)?;
        let mut all = Self::default();
        for file in &files {
            // Tests are a `#[cfg(test)] mod tests;`.
            if !module_path(file).contains(&"tests".to_owned()) {
                let name = file.display().to_string().replace('\\', "/");
                all.add(&name, &fs::read_to_string(root.join(file))?);
            }
        }
        Ok(all)
    }

    /// All files.
    pub(super) fn files(&self) -> BTreeSet<&str> {
        self.modules
            .values()
            .map(|module| module.file.as_str())
            .collect()
    }

    /// Adds a file: its path in `src/` and its text.
    pub(super) fn add(&mut self, file: &str, source: &str) {
        let tokens = without_tests(&tokens(source));
        if file.ends_with("mod.rs") && is_list(&tokens) {
            self.lists.insert(file.to_owned());
        }
        let mut path = module_path(Path::new(file));
        let here = |path: &Names| {
            (
                path.clone(),
                Module {
                    file: file.to_owned(),
                    ..Module::default()
                },
            )
        };
        self.modules.extend([here(&path)]);
        // How deep the braces are, and where each module inside of the file was opened.
        let (mut depth, mut opened) = (0, Vec::new());
        let at = |i: usize| tokens.get(i).map_or("", String::as_str);
        let mut i = 0;
        while i < tokens.len() {
            let module = self.modules.entry(path.clone()).or_default();
            match at(i) {
                "{" => depth += 1,
                "}" => {
                    depth -= 1;
                    if opened.last() == Some(&depth) {
                        opened.pop();
                        path.pop();
                    }
                }
                "mod" if at(i + 2) == "{" => {
                    path.push(at(i + 1).to_owned());
                    opened.push(depth);
                    depth += 1;
                    self.modules.extend([here(&path)]);
                    i += 2;
                }
                "use" if at(i + 1) != "<" => {
                    let end = (i..tokens.len())
                        .find(|&end| at(end) == ";")
                        .unwrap_or(tokens.len());
                    let mut start = i + 1;
                    use_tree(
                        &tokens[..end],
                        &mut start,
                        &mut Vec::new(),
                        &mut module.uses,
                    );
                    i = end;
                }
                "struct" | "enum" | "trait" | "fn" | "type" | "const" | "static" => {
                    module.items.insert(at(i + 1).to_owned());
                }
                "macro_rules" => {
                    module.items.insert(at(i + 2).to_owned());
                }
                first
                    if at(i + 1) == "::"
                        && is_name(first)
                        && (i == 0 || !["::", "."].contains(&at(i - 1))) =>
                {
                    let mut found = vec![first.to_owned()];
                    while at(i + 1) == "::" && is_name(at(i + 2)) {
                        found.push(at(i + 2).to_owned());
                        i += 2;
                    }
                    module.paths.push(found);
                }
                _ => {}
            }
            i += 1;
        }
    }

    /// The modules and the files that a path means, read in a module.
    fn resolve(&self, module: &[String], path: &[String], fuel: usize) -> BTreeSet<String> {
        let Some((first, rest)) = path.split_first() else {
            return self
                .modules
                .get(module)
                .map(|m| m.file.clone())
                .into_iter()
                .collect();
        };
        match (first.as_str(), module.split_last()) {
            _ if fuel == 0 => BTreeSet::new(),
            // A macro is at the root, wherever it is written.
            ("crate" | "cotangent", _)
                if rest
                    .first()
                    .is_some_and(|name| MACROS.contains(&name.as_str())) =>
            {
                BTreeSet::new()
            }
            ("crate" | "cotangent", _) => self.inside(&[], rest, fuel - 1),
            ("self", _) => self.inside(module, rest, fuel - 1),
            ("super", Some((_, parent))) => match rest.first().map(String::as_str) {
                Some("super") => self.resolve(parent, rest, fuel - 1),
                _ => self.inside(parent, rest, fuel - 1),
            },
            // A name of this module; all else is of another crate, or a type's own.
            _ if self.has(module, first) => self.inside(module, path, fuel - 1),
            _ => BTreeSet::new(),
        }
    }

    /// Whether a module has a module of this name, or brings it by `use`.
    fn has(&self, module: &[String], name: &str) -> bool {
        self.modules
            .contains_key(&[module, &[name.to_owned()]].concat())
            || self.modules[module]
                .uses
                .iter()
                .any(|(used, _)| used == name)
    }

    /// The files that a path means which begins in a module.
    fn inside(&self, module: &[String], path: &[String], fuel: usize) -> BTreeSet<String> {
        let Some(this) = self.modules.get(module) else {
            return BTreeSet::new();
        };
        let Some((first, rest)) = path.split_first() else {
            return BTreeSet::from([this.file.clone()]);
        };
        let resolve = |used: &Names| match used == &[[first.clone()].as_slice(), rest].concat() {
            true => BTreeSet::new(), // `use name;` of another crate
            false => self.resolve(module, &[used, rest].concat(), fuel.saturating_sub(1)),
        };
        let child = [module, std::slice::from_ref(first)].concat();
        let used = || this.uses.iter().filter(|(name, _)| name == first);
        if fuel == 0 {
            BTreeSet::new()
        } else if first == "self" {
            self.inside(module, rest, fuel - 1)
        } else if first == "*" {
            let all = this.uses.iter().flat_map(|(_, used)| resolve(used));
            all.chain([this.file.clone()]).collect()
        } else if self.modules.contains_key(&child) {
            self.inside(&child, rest, fuel - 1)
        } else if used().next().is_some() {
            used().flat_map(|(_, used)| resolve(used)).collect()
        } else if this.items.contains(first) {
            BTreeSet::from([this.file.clone()])
        } else {
            // By a glob, from a module that has it.
            let globs = this.uses.iter().filter(|(name, _)| name == "*");
            let found = globs.flat_map(|(_, glob)| {
                let path = [&glob[..glob.len() - 1], path].concat();
                self.resolve(module, &path, fuel - 1)
            });
            let found: BTreeSet<String> = found.collect();
            match found.is_empty() {
                true => BTreeSet::from([this.file.clone()]),
                false => found,
            }
        }
    }

    /// The files that each file imports from.
    pub(super) fn imports(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let mut imports: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (path, module) in &self.modules {
            let all = module
                .uses
                .iter()
                .map(|(_, used)| used)
                .chain(&module.paths);
            let found = all.flat_map(|used| self.resolve(path, used, 32));
            imports.entry(&module.file).or_default().extend(found);
        }
        imports
    }

    /// The pairs of files that import each other.
    fn pairs(&self) -> Vec<(String, String)> {
        let imports = self.imports();
        let mut pairs = Vec::new();
        for (&file, others) in &imports {
            for other in others.iter().filter(|other| file < other.as_str()) {
                let back = imports
                    .get(other.as_str())
                    .is_some_and(|back| back.contains(file));
                if back && ![file, other].iter().any(|file| self.lists.contains(*file)) {
                    pairs.push((file.to_owned(), other.clone()));
                }
            }
        }
        pairs
    }
}

fn is_name(token: &str) -> bool {
    token
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_')
}

/// The paths of a `use`: those of a `{…}` each, with the name that it has here; `*` for all.
fn use_tree(
    tokens: &[String],
    i: &mut usize,
    prefix: &mut Names,
    found: &mut Vec<(String, Names)>,
) {
    let length = prefix.len();
    while let Some(token) = tokens.get(*i) {
        *i += 1;
        match token.as_str() {
            "::" => {}
            "{" => {
                while tokens.get(*i).is_some_and(|token| token != "}") {
                    use_tree(tokens, i, prefix, found);
                }
                *i += 1;
                prefix.truncate(length);
                // The comma after a group in a group.
                if tokens.get(*i).is_some_and(|token| token == ",") {
                    *i += 1;
                }
                return;
            }
            "," => break,
            "}" => {
                *i -= 1;
                break;
            }
            "as" => {
                let name = tokens.get(*i).cloned().unwrap_or_default();
                *i += 1;
                if tokens.get(*i).is_some_and(|token| token == ",") {
                    *i += 1;
                }
                found.push((name, prefix.clone()));
                prefix.truncate(length);
                return;
            }
            name => prefix.push(name.to_owned()),
        }
    }
    if prefix.len() > length {
        let last = prefix.iter().rev().find(|name| *name != "self");
        found.push((last.cloned().unwrap_or_default(), prefix.clone()));
    }
    prefix.truncate(length);
}

/// Whether a file has only `mod`, `use` and documents.
fn is_list(tokens: &[String]) -> bool {
    let mut i = 0;
    let at = |i: usize| tokens.get(i).map_or("", String::as_str);
    let after = |i: usize, end: &str| {
        (i..tokens.len())
            .find(|&i| at(i) == end)
            .map_or(tokens.len(), |i| i + 1)
    };
    while i < tokens.len() {
        i = match at(i) {
            "#" => after(i, "]"),
            "pub" if at(i + 1) == "(" => after(i, ")"),
            "pub" => i + 1,
            "mod" if at(i + 2) == ";" => i + 3,
            "use" => after(i, ";"),
            _ => return false,
        };
    }
    true
}

/// The pairs of a made-up crate.
fn judge(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all = Crate::default();
    for (file, source) in files {
        all.add(file, source);
    }
    all.pairs()
}

#[test]
fn no_two_files_import_each_other() -> std::io::Result<()> {
    let all = Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))?;
    let left: BTreeSet<_> = LEFT
        .map(|(one, other, _)| (one.to_owned(), other.to_owned()))
        .into();
    let found = all.pairs().into_iter().collect::<BTreeSet<_>>();
    let new: Vec<_> = found
        .difference(&left)
        .map(|(one, other)| format!("{one} and {other}"))
        .collect();
    let gone: Vec<_> = left.difference(&found).collect();
    assert!(
        new.is_empty(),
        "{} pairs of files import each other:\n{}",
        new.len(),
        new.join("\n")
    );
    assert!(gone.is_empty(), "take these out of `LEFT`: {gone:?}");
    Ok(())
}

#[test]
fn a_pair_is_found() {
    let pair = [("a.rs".to_owned(), "b.rs".to_owned())];
    let b = ("b.rs", "use crate::a::A; pub struct B(A);");
    for a in [
        "use crate::b::B; pub struct A(B);",
        "use super::b::{self, B};",
        "use crate::{b::{C, B as X}, c};",
        "fn f() { crate::b::f() }",
        "macro_rules! m { () => { $crate::b::f() } }",
        "mod inner { use super::super::b::B; }",
        "pub use crate::b::*;",
        "use cotangent::b; fn f() { b::f() }",
    ] {
        assert_eq!(
            judge(&[("lib.rs", "mod a; mod b;"), ("a.rs", a), b]),
            pair,
            "{a}"
        );
    }
}

#[test]
fn a_pair_is_found_through_others() {
    let lists = "mod a; mod b; pub use a::*; pub(crate) use b::{f, B};";
    let pair = [("m/a.rs".to_owned(), "m/b.rs".to_owned())];
    let (a, b) = (
        ("m/a.rs", "use super::B; pub struct A(B);"),
        ("m/b.rs", "use crate::m::A; pub fn f() {}"),
    );
    let root = ("lib.rs", "mod m;");
    assert_eq!(judge(&[root, ("m/mod.rs", lists), a, b]), pair);
    // By another name, from another module.
    let top = ("lib.rs", "mod m; pub use m::B as Other;");
    assert_eq!(
        judge(&[
            top,
            ("m/mod.rs", lists),
            ("m/a.rs", "use crate::Other; struct A;"),
            b
        ]),
        pair
    );
    // A `mod.rs` with an item of its own is a file like others.
    let item = ("m/mod.rs", "mod a; use a::A; pub struct M(A);");
    let found = judge(&[item, ("m/a.rs", "use super::M; pub struct A;")]);
    assert_eq!(found, [("m/a.rs".to_owned(), "m/mod.rs".to_owned())]);
    // And so is the file beside a folder.
    let item = ("m.rs", "mod a; fn f() { a::g() } fn h() {}");
    let found = judge(&[item, ("m/a.rs", "pub fn g() { super::h() }")]);
    assert_eq!(found, [("m.rs".to_owned(), "m/a.rs".to_owned())]);
}

#[test]
fn what_is_no_pair_passes() {
    let none: [(String, String); 0] = [];
    let b = ("b.rs", "use crate::a::A; pub struct B(A);");
    for a in [
        "//! See [`B`](crate::b::B).\npub struct A;",
        "pub struct A; #[cfg(test)] mod tests { use crate::b::B; }",
        "use std::b::B; use other::{b, B}; fn f() { x.b::<u8>(); Self::b::<u8>() }",
        "const S: &str = \"use crate::b::B;\";",
        "use crate::c::C;",
    ] {
        assert_eq!(
            judge(&[("lib.rs", "mod a; mod b;"), ("a.rs", a), b]),
            none,
            "{a}"
        );
    }
    // A list, and one way only.
    let list = (
        "m/mod.rs",
        "//! Documents.\n#![allow(x)]\nmod a; pub(crate) mod b; pub use a::{A, g};",
    );
    assert_eq!(
        judge(&[
            list,
            ("m/a.rs", "pub struct A; pub fn g() {}"),
            ("m/b.rs", "use super::{A, g};")
        ]),
        none
    );
}
