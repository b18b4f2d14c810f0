//! An example where it teaches: each function and macro of the prelude, each type that it lists and each module of the crate
//! has one.
//!
//! What is asked for is read from `src/prelude.rs` and `src/lib.rs`, so a new op or macro is asked for by itself. Of what the
//! prelude takes by `*` only functions count: the structs of ops are there for rustc. [`ALSO`] has main types that are no
//! part of the prelude, and [`WITHOUT`] what needs no example, each with the reason.
//!
//! An example is a fenced block of Rust that runs: not one that is marked `ignore`, `no_run` or `compile_fail`. It names an
//! item if the name is in its code, on a line that is shown and is no `use`. That of a module need not name it.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use syn::{Attribute, Item, UseTree, Visibility};

type Failure = Box<dyn std::error::Error>;

/// Main types that the prelude does not list by name: where they are, and how they are called.
const ALSO: &[(&str, &str)] = &[
    ("explain", "Summary"),
    ("op", "Op"),
    ("op", "Recorder"),
    ("program", "Function"),
    ("program", "Program"),
    ("program", "Scan"),
    ("prove", "Term"),
    ("scalar", "Dual"),
    ("scalar", "Interval"),
    ("tensor", "Dims"),
    ("tensor", "Value"),
];

/// What the prelude has and needs no example, with the reason.
const WITHOUT: &[(&str, &str)] = &[
    ("Call", "what the function of an op returns: `Op` shows one"),
    ("EraseError", "an error: `TensorList::cast` shows one"),
    ("Indexed", "a bound of `Tensor::get`, which shows it"),
    ("LabelsError", "an error: `LabelsOf` shows one"),
    ("Positive", "a bound, which `graph!` writes"),
    ("TensorError", "an error: `Tensor::from_vec` shows one"),
];

#[derive(PartialEq)]
enum Kind {
    Module,
    Function,
    Other,
}

/// What is public in a file, or is one.
struct Documented {
    name: String,
    kind: Kind,
    docs: String,
}

/// What must have an example: the module that it is re-exported from, and its name.
type Demand = (String, String);

/// What each module documents, as far as it was read.
#[derive(Default)]
struct Modules(BTreeMap<String, Vec<Documented>>);

impl Modules {
    fn read(&mut self, module: &str) -> Result<&[Documented], Failure> {
        if !self.0.contains_key(module) {
            self.0.insert(module.to_owned(), read_module(module)?);
        }
        Ok(&self.0[module])
    }
}

/// The documentation of an item or of a file, as text.
fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(line),
                    ..
                }) => Some(line.value() + "\n"),
                _ => None,
            },
            _ => None,
        });
    lines.collect()
}

/// The public items of a file, those of its inline modules too. A macro by example is public if it is exported.
fn documented(items: &[Item], found: &mut Vec<Documented>) {
    let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    for item in items {
        let (ident, is_public, attributes) = match item {
            Item::Const(i) => (&i.ident, is_public(&i.vis), &i.attrs),
            Item::Enum(i) => (&i.ident, is_public(&i.vis), &i.attrs),
            Item::Fn(i) => (&i.sig.ident, is_public(&i.vis), &i.attrs),
            Item::Mod(i) => (&i.ident, is_public(&i.vis), &i.attrs),
            Item::Struct(i) => (&i.ident, is_public(&i.vis), &i.attrs),
            Item::Trait(i) => (&i.ident, is_public(&i.vis), &i.attrs),
            Item::Type(i) => (&i.ident, is_public(&i.vis), &i.attrs),
            Item::Macro(i) => match &i.ident {
                Some(ident) => {
                    let is_exported = |a: &Attribute| a.path().is_ident("macro_export");
                    (ident, i.attrs.iter().any(is_exported), &i.attrs)
                }
                None => continue,
            },
            _ => continue,
        };
        if is_public {
            found.push(Documented {
                name: ident.to_string(),
                kind: match item {
                    Item::Mod(_) => Kind::Module,
                    Item::Fn(_) => Kind::Function,
                    _ => Kind::Other,
                },
                docs: docs(attributes),
            });
        }
        if let Item::Mod(module) = item {
            let items = module.content.as_ref().map(|(_, items)| items.as_slice());
            documented(items.unwrap_or_default(), found);
        }
    }
}

/// The names that a `use` brings, each with the first module of its path; `*` for all of it.
fn named(tree: &UseTree, path: &[String], found: &mut Vec<Demand>) {
    let from = || path.get(1).or(path.first()).cloned().unwrap_or_default();
    match tree {
        UseTree::Path(inner) => {
            named(
                &inner.tree,
                &[path, &[inner.ident.to_string()]].concat(),
                found,
            );
        }
        UseTree::Name(name) => found.push((from(), name.ident.to_string())),
        UseTree::Rename(name) => found.push((from(), name.ident.to_string())),
        UseTree::Glob(_) => found.push((from(), "*".to_owned())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| named(tree, path, found)),
    }
}

/// What a file re-exports; for all of a module its functions.
fn re_exported(items: &[Item], modules: &mut Modules) -> Result<Vec<Demand>, Failure> {
    let mut found = Vec::new();
    for item in items {
        if let Item::Use(item) = item
            && matches!(item.vis, Visibility::Public(_))
        {
            named(&item.tree, &[], &mut found);
        }
    }
    let mut demands = Vec::new();
    for (module, name) in found {
        if name == "*" {
            let all = modules.read(&module)?.iter();
            let functions = all.filter(|item| item.kind == Kind::Function);
            demands.extend(functions.map(|item| (module.clone(), item.name.clone())));
        } else {
            demands.push((module, name));
        }
    }
    Ok(demands)
}

/// The examples of a text that run, each with the lines that are shown and are no `use`.
fn examples(docs: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = docs.lines();
    while let Some(line) = lines.next() {
        let Some(marks) = line.trim_start().strip_prefix("```") else {
            continue;
        };
        let code = lines.by_ref().take_while(|line| line.trim() != "```");
        let shown = code
            .map(str::trim_start)
            .filter(|line| *line != "#" && !line.starts_with("# ") && !line.starts_with("use "));
        let shown: String = shown.map(|line| format!("{line}\n")).collect();
        let mut marks = marks.split([',', ' ']).filter(|mark| !mark.is_empty());
        if marks.all(|mark| ["rust", "should_panic", "standalone_crate"].contains(&mark)) {
            found.push(shown);
        }
    }
    found
}

/// Whether a name is in a piece of code. What stands in comments and strings is no name.
fn is_in(name: &str, code: TokenStream) -> bool {
    code.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => is_in(name, group.stream()),
        _ => false,
    })
}

/// Whether this has an example of its own.
fn has_example(item: &Documented) -> bool {
    examples(&item.docs).iter().any(|code| {
        let tokens: TokenStream = code.parse().unwrap_or_default();
        (item.kind == Kind::Module && !tokens.is_empty()) || is_in(&item.name, tokens)
    })
}

/// What lacks an example, and what is excused and has one.
fn missing(
    demands: &[Demand],
    excused: &[(&str, &str)],
    modules: &mut Modules,
) -> Result<Vec<String>, Failure> {
    let mut missing = Vec::new();
    for (module, name) in demands {
        let mut all = modules.read(module)?.iter();
        let has_example = all.any(|item| item.name == *name && has_example(item));
        let is_excused = excused.iter().any(|(excused, _)| excused == name);
        match (has_example, is_excused) {
            (false, false) => missing.push(format!("`{name}` of `{module}` has no example")),
            (true, true) => missing.push(format!("`{name}` has an example, and a reason for none")),
            _ => {}
        }
    }
    let asked = |name: &str| demands.iter().any(|(_, asked)| asked == name);
    let unknown = excused.iter().filter(|(name, _)| !asked(name));
    let unknown = unknown.map(|(name, _)| format!("`{name}` is excused, and nothing asks for it"));
    missing.extend(unknown);
    Ok(missing)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn parse(path: &Path) -> Result<syn::File, Failure> {
    let parsed = syn::parse_file(&fs::read_to_string(path)?);
    Ok(parsed.map_err(|error| format!("{}: {error}", path.display()))?)
}

/// The files of a module of the crate; of what stands at its root, all files.
fn files(module: &str) -> Result<Vec<PathBuf>, Failure> {
    if module == "cotangent_macros" {
        return Ok(vec![root().join("macros/src/lib.rs")]);
    }
    let src = root().join("src");
    let file = src.join(module).with_extension("rs");
    if file.exists() {
        return Ok(vec![file]);
    }
    let mut folders = vec![match src.join(module) {
        folder if folder.is_dir() => folder,
        _ => src,
    }];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|ext| ext == "rs") => files.push(path),
                false => {}
            }
        }
    }
    Ok(files)
}

/// What is public in a module, and its files, which are modules themselves.
fn read_module(module: &str) -> Result<Vec<Documented>, Failure> {
    let mut found = Vec::new();
    for path in files(module)? {
        let file = parse(&path)?;
        documented(&file.items, &mut found);
        let named = match path.ends_with("mod.rs") {
            true => path.parent().and_then(Path::file_name),
            false => path.file_stem(),
        };
        found.push(Documented {
            name: named.unwrap_or_default().to_string_lossy().into_owned(),
            kind: Kind::Module,
            docs: docs(&file.attrs),
        });
    }
    Ok(found)
}

#[test]
fn examples_stand_where_they_teach() -> Result<(), Failure> {
    let src = root().join("src");
    let mut modules = Modules::default();
    let mut demands = re_exported(&parse(&src.join("prelude.rs"))?.items, &mut modules)?;
    let also = ALSO.iter();
    demands.extend(also.map(|(module, name)| (module.to_string(), name.to_string())));
    for item in parse(&src.join("lib.rs"))?.items {
        if let Item::Mod(module) = item
            && matches!(module.vis, Visibility::Public(_))
            && module.content.is_none()
        {
            demands.push((module.ident.to_string(), module.ident.to_string()));
        }
    }
    // The reader reads: it has found what is at the ends of the lists.
    for known in [
        "exp",
        "graph",
        "einsum",
        "law_tests",
        "scan",
        "Tensor",
        "Tape",
        "tensor",
    ] {
        assert!(
            demands.iter().any(|(_, name)| name == known),
            "`{known}` was not found"
        );
    }
    let missing = missing(&demands, WITHOUT, &mut modules)?;
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    Ok(())
}

/// What is missing of a made-up module `m` with this source.
fn judge(prelude: &str, source: &str, excused: &[(&str, &str)]) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    documented(&syn::parse_file(source)?.items, &mut found);
    let mut modules = Modules(BTreeMap::from([("m".to_owned(), found)]));
    let demands = re_exported(&syn::parse_file(prelude)?.items, &mut modules)?;
    missing(&demands, excused, &mut modules)
}

#[test]
fn only_an_example_that_runs_and_names_the_item_counts() -> Result<(), Failure> {
    let judge = |mark: &str, code: &str| {
        let source = format!("/// ```{mark}\n/// {code}\n/// ```\npub fn f() {{}}");
        judge("pub use crate::m::f;", &source, &[])
    };
    let missing = ["`f` of `m` has no example"];
    for mark in ["", "rust", "should_panic"] {
        assert_eq!(judge(mark, "f();")?, [""; 0], "{mark}");
    }
    for mark in [
        "ignore",
        "no_run",
        "compile_fail,E0308",
        "text",
        "rust,ignore",
    ] {
        assert_eq!(judge(mark, "f();")?, missing, "{mark}");
    }
    for code in [
        "g();",
        "// f();",
        "let s = \"f\";",
        "# f();",
        "use f;",
        "ff();",
    ] {
        assert_eq!(judge("", code)?, missing, "{code}");
    }
    assert_eq!(judge("", "assert_eq!(g(f(1)), 2);")?, [""; 0]);
    Ok(())
}

#[test]
fn the_prelude_says_what_is_asked_for() -> Result<(), Failure> {
    let source = "pub struct A; pub fn f() {} pub fn h() {}
        /// ```
        /// let _ = 1;
        /// ```
        pub mod inner { pub struct B; struct C; }
        #[macro_export] macro_rules! m { () => {} }";
    let judge = |prelude: &str, excused: &[(&str, &str)]| judge(prelude, source, excused);
    let none = |name: &str| format!("`{name}` of `m` has no example");
    // All of it: its functions. By name: types too, and what is in a module.
    assert_eq!(judge("pub use crate::m::*;", &[])?, [none("f"), none("h")]);
    assert_eq!(
        judge("pub use crate::m::{A, h};", &[])?,
        [none("A"), none("h")]
    );
    assert_eq!(
        judge("pub use crate::m::{inner, inner::B};", &[])?,
        [none("B")]
    );
    assert_eq!(
        judge("use crate::m::*; pub use crate::m::m;", &[])?,
        [none("m")]
    );
    // A reason is for what is asked for, and lacks an example.
    assert_eq!(
        judge("pub use crate::m::A;", &[("A", "a reason")])?,
        [""; 0]
    );
    let both = judge(
        "pub use crate::m::inner;",
        &[("inner", "a reason"), ("A", "a reason")],
    )?;
    insta::assert_snapshot!(both.join("\n"), @r"
    `inner` has an example, and a reason for none
    `A` is excused, and nothing asks for it
    ");
    Ok(())
}
