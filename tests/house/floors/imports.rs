//! Which files of a crate import from which, and the circles of that. What a path names is found through the `use` of the
//! modules on its way. A `mod.rs` that has only `mod`, `use` and documents is a list, and in no circle.
//!
//! `cargo run -p ui-tests --bin figures` reads this file too.

use super::tokens::{tokens, without_tests};
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Macros that the crate exports are named at its root, wherever they are written.
pub const MACROS: [&str; 1] = ["law_tests"];

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
pub struct Crate {
    modules: BTreeMap<Names, Module>,
    pub lists: BTreeSet<String>,
}

impl Crate {
    /// Reads all files below a `src/`, those of tests left out.
    pub fn read(root: &Path) -> std::io::Result<Self> {
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
    pub fn files(&self) -> BTreeSet<&str> {
        self.modules
            .values()
            .map(|module| module.file.as_str())
            .collect()
    }

    /// Adds a file: its path in `src/` and its text.
    pub fn add(&mut self, file: &str, source: &str) {
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
    pub fn imports(&self) -> BTreeMap<&str, BTreeSet<String>> {
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

/// The circles of a crate's imports, of any length: the files of each, in alphabetical order. Lists are in none.
pub fn circles(all: &Crate) -> Vec<Vec<String>> {
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

/// `op/add.rs` is `[op, add]`, `op/mod.rs` is `[op]`, `lib.rs` is `[]`.
pub fn module_path(path: &Path) -> Vec<String> {
    let path = path.with_extension("");
    let parts = path.iter().map(|part| part.to_string_lossy().into_owned());
    parts
        .filter(|part| part != "mod" && part != "lib")
        .collect()
}

/// Every `.rs` file below a folder, relative to `root`.
pub fn sources(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sources(root, &path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.extend(path.strip_prefix(root).map(Path::to_path_buf));
        }
    }
    Ok(())
}
