//! Every public item has an example that runs and names it: whoever lands on a page of the documentation sees the item used.
//!
//! The sources are read, not the pages. An item is
//! - a public module, struct, enum, trait, type, constant, function or macro that can be reached from the root of the crate by
//!   `pub mod` and `pub use`, and a macro of `macros/`;
//! - what is in one: a variant of an enum, a public field that has a name, an associated item of a trait, a public method or
//!   constant of an inherent `impl`.
//!
//! Not an item: what is `#[doc(hidden)]`, what a trait says for a type that implements it, the fields of a variant, a tuple's
//! field, and what another crate owns (`typenum`, `generic_array`, `frunk`), which is documented there.
//!
//! An example is a fenced block of Rust. It runs unless it is marked `ignore`, `no_run` or `compile_fail`. It names an item if the
//! item's name is a word of its code, on a line that is shown and is no `use`, outside of comments and strings. A module needs an example that
//! runs. Any other item needs one that names it: its own, or for what is in a type, a trait or an `impl`, one of that.
//!
//! A type that is all that a variant of an enum holds, such as `Scale` in `Prim::Scale(Scale)`, may be named by an example of the
//! enum instead, and so may what is in it: one example then shows them side by side.
//!
//! A macro by example is read as what it writes, with `$x` read as `x`. What gets its name from the call of a macro is named by
//! an example of one of the items that macros of its module write, or in the call; what is in it is not looked at. Variants that
//! such a macro names are as many as the names in its calls.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::{Attribute, Fields, ImplItem, Item, TraitItem, UseTree, Visibility};

type Failure = Box<dyn std::error::Error>;

/// A module, with the file that it is in.
struct Module {
    file: PathBuf,
    docs: String,
    items: Vec<Item>,
    /// Which of the items a macro by example writes. The type of such an `impl` may be a variable.
    written: BTreeSet<usize>,
    /// The names in the calls of macros.
    called: BTreeSet<String>,
    /// The variables of its macros.
    variables: BTreeSet<String>,
}

/// The modules of a crate, by path.
type Modules = BTreeMap<Vec<String>, Module>;

/// One thing that must have an example.
#[derive(Debug)]
struct Demand {
    place: String,
    name: String,
    /// A module has no name to be used by.
    is_module: bool,
    /// Its own documentation, then that of what it is in.
    docs: Vec<String>,
}

/// Reads the modules of a crate from its root file.
fn read_crate(root: &Path, base: &Path) -> Result<Modules, Failure> {
    let file = syn::parse_file(&fs::read_to_string(root)?)
        .map_err(|e| format!("{}: {e}", root.display()))?;
    let mut modules = Modules::new();
    read_module(
        Vec::new(),
        root,
        base,
        docs(&file.attrs),
        file.items,
        &mut modules,
    )?;
    Ok(modules)
}

fn read_module(
    path: Vec<String>,
    file: &Path,
    base: &Path,
    docs_of: String,
    items: Vec<Item>,
    modules: &mut Modules,
) -> Result<(), Failure> {
    let mut kept = Vec::new();
    let mut by_macros = BTreeSet::new();
    let (mut called, mut variables) = (BTreeSet::new(), BTreeSet::new());
    for item in items {
        if attributes(&item).iter().any(is_for_tests) {
            continue;
        }
        match &item {
            Item::Mod(module) => {
                let inner = [path.clone(), vec![module.ident.to_string()]].concat();
                let outer = docs(&module.attrs);
                if let Some((_, items)) = &module.content {
                    read_module(inner, file, base, outer, items.clone(), modules)?;
                } else {
                    let stem = inner
                        .iter()
                        .fold(base.to_path_buf(), |path, name| path.join(name));
                    let files = [stem.with_extension("rs"), stem.join("mod.rs")];
                    let file = files
                        .iter()
                        .find(|file| file.exists())
                        .ok_or("a module without a file")?;
                    let parsed = syn::parse_file(&fs::read_to_string(file)?)
                        .map_err(|e| format!("{}: {e}", file.display()))?;
                    let all = format!("{outer}\n{}", docs(&parsed.attrs));
                    read_module(inner, file, base, all, parsed.items, modules)?;
                }
            }
            Item::Macro(rules) if rules.mac.path.is_ident("macro_rules") => {
                let items = written(rules.mac.tokens.clone());
                let items = items.map_err(|e| format!("{}: {e}", file.display()))?;
                by_macros.extend(kept.len()..kept.len() + items.len());
                kept.extend(items);
                variables.extend(variables_in(&rules.mac.tokens));
            }
            Item::Macro(call) => called.extend(names_in(&call.mac.tokens)),
            _ => {}
        }
        kept.push(item);
    }
    let file = file.to_path_buf();
    modules.insert(
        path,
        Module {
            file,
            docs: docs_of,
            items: kept,
            written: by_macros,
            called,
            variables,
        },
    );
    Ok(())
}

/// The items that a macro by example writes. What is no list of items is none, and may then have nothing public.
fn written(rules: TokenStream) -> Result<Vec<Item>, String> {
    let mut items = Vec::new();
    let tokens: Vec<TokenTree> = rules.into_iter().collect();
    // Each rule: pattern, `=`, `>`, what is written, `;`.
    for rule in tokens.split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ';')) {
        let [_, _, _, TokenTree::Group(body)] = rule else {
            continue;
        };
        let body = without_variables(body.stream(), 0);
        match syn::parse2::<syn::File>(body.clone()) {
            Ok(file) => items.extend(file.items),
            Err(error) if mentions(&body, "pub") => {
                return Err(format!(
                    "a macro that writes public items, and cannot be read: {error}: {body}"
                ));
            }
            Err(_) => {}
        }
    }
    Ok(items)
}

/// `$x` is `x`, and `$(…)*` is what is in it, once. The bodies of methods are left out: a `$x` in one may be an operator.
fn without_variables(tokens: TokenStream, depth: usize) -> TokenStream {
    let mut out = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(p) if p.as_char() == '$' => match tokens.peek() {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                    out.extend(without_variables(group.stream(), depth));
                    tokens.next();
                    // The separator, if there is one, and the operator.
                    while let Some(TokenTree::Punct(p)) = tokens.next() {
                        if "*+?".contains(p.as_char()) {
                            break;
                        }
                    }
                }
                _ => {}
            },
            TokenTree::Group(group) => {
                let inner = match group.delimiter() {
                    Delimiter::Brace if depth > 0 => TokenStream::new(),
                    Delimiter::Brace => without_variables(group.stream(), depth + 1),
                    _ => without_variables(group.stream(), depth),
                };
                out.push(TokenTree::Group(Group::new(group.delimiter(), inner)));
            }
            other => out.push(other),
        }
    }
    out.into_iter().collect()
}

/// All names in a piece of code.
fn names_in(tokens: &TokenStream) -> BTreeSet<String> {
    let names = tokens.clone().into_iter().flat_map(|token| match token {
        TokenTree::Ident(ident) => BTreeSet::from([ident.to_string()]),
        TokenTree::Group(group) => names_in(&group.stream()),
        _ => BTreeSet::new(),
    });
    names.collect()
}

/// The names behind a `$`.
fn variables_in(tokens: &TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match (token, tokens.peek()) {
            (TokenTree::Punct(p), Some(TokenTree::Ident(name))) if p.as_char() == '$' => {
                found.insert(name.to_string());
            }
            (TokenTree::Group(group), _) => found.extend(variables_in(&group.stream())),
            _ => {}
        }
    }
    found
}

fn mentions(tokens: &TokenStream, word: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => mentions(&group.stream(), word),
        _ => false,
    })
}

/// The attributes of an item.
fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(i) => &i.attrs,
        Item::Enum(i) => &i.attrs,
        Item::Fn(i) => &i.attrs,
        Item::Impl(i) => &i.attrs,
        Item::Macro(i) => &i.attrs,
        Item::Mod(i) => &i.attrs,
        Item::Static(i) => &i.attrs,
        Item::Struct(i) => &i.attrs,
        Item::Trait(i) => &i.attrs,
        Item::Type(i) => &i.attrs,
        Item::Use(i) => &i.attrs,
        _ => &[],
    }
}

/// The name of an item, and whether it is public. A macro by example is public if it is exported, and then at the root.
fn name(item: &Item) -> Option<(String, bool)> {
    let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    Some(match item {
        Item::Const(i) => (i.ident.to_string(), is_public(&i.vis)),
        Item::Enum(i) => (i.ident.to_string(), is_public(&i.vis)),
        Item::Fn(i) => (i.sig.ident.to_string(), is_public(&i.vis)),
        Item::Macro(i) => {
            let exported = i
                .attrs
                .iter()
                .any(|attribute| attribute.path().is_ident("macro_export"));
            (i.ident.as_ref()?.to_string(), exported)
        }
        Item::Mod(i) => (i.ident.to_string(), is_public(&i.vis)),
        Item::Static(i) => (i.ident.to_string(), is_public(&i.vis)),
        Item::Struct(i) => (i.ident.to_string(), is_public(&i.vis)),
        Item::Trait(i) => (i.ident.to_string(), is_public(&i.vis)),
        Item::Type(i) => (i.ident.to_string(), is_public(&i.vis)),
        _ => return None,
    })
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else {
        return false;
    };
    let tokens = list.tokens.to_string();
    list.path.is_ident("cfg") && (tokens == "test" || tokens == "doctest")
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("doc") && list.tokens.to_string() == "hidden",
        _ => false,
    })
}

/// The documentation of an item, as text.
fn docs(attributes: &[Attribute]) -> String {
    let mut text = String::new();
    for attribute in attributes {
        if let syn::Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
        {
            match &pair.value {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(line),
                    ..
                }) => text.push_str(&line.value()),
                // `concat!("…", $x)`: its literals.
                syn::Expr::Macro(written) => {
                    for token in written.mac.tokens.clone() {
                        if let Ok(line) = syn::parse2::<syn::LitStr>(token.into()) {
                            text.push_str(&line.value());
                        }
                    }
                }
                _ => {}
            }
            text.push('\n');
        }
    }
    text
}

/// The documentation in the call of a macro, as text.
fn docs_in(tokens: &TokenStream) -> String {
    let mut text = String::new();
    for token in tokens.clone() {
        if let TokenTree::Group(group) = token {
            let inner: Vec<_> = group.stream().into_iter().collect();
            match inner.as_slice() {
                [TokenTree::Ident(doc), TokenTree::Punct(_), line] if doc == "doc" => {
                    let line = syn::parse2::<syn::LitStr>(line.clone().into());
                    text.push_str(&line.map(|line| line.value()).unwrap_or_default());
                    text.push('\n');
                }
                _ => text.push_str(&docs_in(&group.stream())),
            }
        }
    }
    text
}

/// What the documentation shows.
#[derive(Default)]
struct Shown {
    /// The module of each item, and its index there.
    items: BTreeSet<(Vec<String>, usize)>,
    /// The module and the name of what is nowhere written: a macro was given its name.
    named: BTreeSet<(Vec<String>, String)>,
    seen: BTreeSet<Vec<String>>,
}

/// What the documentation shows, from the root on.
fn shown(modules: &Modules) -> Shown {
    let mut shown = Shown::default();
    show_module(modules, &[], &mut shown);
    // An exported macro is at the root, wherever it is written.
    for (path, module) in modules {
        for (i, item) in module.items.iter().enumerate() {
            if matches!(item, Item::Macro(_)) && name(item).is_some_and(|(_, public)| public) {
                shown.items.insert((path.clone(), i));
            }
        }
    }
    shown
        .items
        .retain(|(path, i)| !is_hidden(attributes(&modules[path].items[*i])));
    shown
}

fn show_module(modules: &Modules, path: &[String], shown: &mut Shown) {
    if !shown.seen.insert(path.to_vec()) {
        return;
    }
    let public = modules[path]
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| match item {
            Item::Use(item) => matches!(item.vis, Visibility::Public(_)),
            item => name(item).is_some_and(|(_, public)| public),
        });
    for (i, item) in public.filter(|(_, item)| !is_hidden(attributes(item))) {
        match item {
            Item::Mod(inner) => {
                shown.items.insert((path.to_vec(), i));
                show_module(modules, &[path, &[inner.ident.to_string()]].concat(), shown);
            }
            Item::Use(item) => {
                for (from, name) in leaves(&item.tree, Vec::new()) {
                    let Some(target) = target(modules, path, &from) else {
                        continue;
                    };
                    let found = resolve(modules, &target, &name);
                    if found.is_empty() && !is_macro(modules, &name) {
                        shown.named.insert((target, name.clone()));
                    }
                    for (module, item) in found {
                        if let Item::Mod(inner) = &modules[&module].items[item] {
                            let inner = [module.clone(), vec![inner.ident.to_string()]].concat();
                            show_module(modules, &inner, shown);
                        }
                        shown.items.insert((module, item));
                    }
                }
            }
            _ => {
                shown.items.insert((path.to_vec(), i));
            }
        }
    }
}

/// Whether a macro by example has this name: an exported one is at the root, wherever it is written.
fn is_macro(modules: &Modules, wanted: &str) -> bool {
    let mut items = modules.values().flat_map(|module| &module.items);
    items.any(|item| matches!(item, Item::Macro(rules) if rules.ident.as_ref().is_some_and(|name| name == wanted)))
}

/// The leaves of a `use`: the path to each and its name, `*` for all.
fn leaves(tree: &UseTree, mut path: Vec<String>) -> Vec<(Vec<String>, String)> {
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            leaves(&inner.tree, path)
        }
        UseTree::Name(name) => vec![(path, name.ident.to_string())],
        UseTree::Rename(name) => vec![(path, name.ident.to_string())],
        UseTree::Glob(_) => vec![(path, "*".to_owned())],
        UseTree::Group(group) => group
            .items
            .iter()
            .flat_map(|tree| leaves(tree, path.clone()))
            .collect(),
    }
}

/// The module that the path of a `use` in a module leads to. `None`, if another crate owns it.
fn target(modules: &Modules, at: &[String], from: &[String]) -> Option<Vec<String>> {
    let mut target = at.to_vec();
    for (i, segment) in from.iter().enumerate() {
        match segment.as_str() {
            "crate" => target.clear(),
            "self" => {}
            "super" => {
                target.pop();
            }
            name => {
                let inner = [target.clone(), vec![name.to_owned()]].concat();
                if modules.contains_key(&inner) {
                    target = inner;
                } else if i == 0 {
                    return None;
                } else {
                    panic!(
                        "`use {}` in `{}`: no module `{name}`",
                        from.join("::"),
                        at.join("::")
                    );
                }
            }
        }
    }
    // `pub use typenum;` is a crate.
    (!from.is_empty()).then_some(target)
}

/// The public items of a name, or of all for `*`, in a module: its own, and what it re-exports.
fn resolve(modules: &Modules, at: &[String], wanted: &str) -> Vec<(Vec<String>, usize)> {
    let mut found = Vec::new();
    // Modules may re-export each other.
    let (mut seen, mut open) = (BTreeSet::new(), vec![(at.to_vec(), wanted.to_owned())]);
    while let Some((at, wanted)) = open.pop() {
        if !seen.insert((at.clone(), wanted.clone())) {
            continue;
        }
        for (i, item) in modules[&at].items.iter().enumerate() {
            if let Item::Use(item) = item {
                let public = matches!(item.vis, Visibility::Public(_));
                let leaves = leaves(&item.tree, Vec::new())
                    .into_iter()
                    .filter(|_| public);
                for (from, leaf) in
                    leaves.filter(|(_, leaf)| *leaf == wanted || leaf == "*" || wanted == "*")
                {
                    let name = if leaf == "*" { wanted.clone() } else { leaf };
                    open.extend(target(modules, &at, &from).map(|target| (target, name)));
                }
            } else if name(item)
                .is_some_and(|(name, public)| public && (name == wanted || wanted == "*"))
            {
                found.push((at.clone(), i));
            }
        }
    }
    found
}

/// Everything that must have an example.
fn demands(modules: &Modules, base: &Path) -> Vec<Demand> {
    let mut demands = Vec::new();
    let shown = shown(modules);
    let mut types: BTreeMap<String, String> = BTreeMap::new();
    let place = |module: &Module, span: proc_macro2::Span| {
        let file = module.file.strip_prefix(base).unwrap_or(&module.file);
        format!("{}:{}", file.display(), span.start().line)
    };
    let root = &modules[&Vec::new()];
    let place_of_root = place(root, proc_macro2::Span::call_site());
    demands.push(Demand {
        place: place_of_root,
        name: "the crate".into(),
        is_module: true,
        docs: vec![root.docs.clone()],
    });
    for (path, name) in &shown.named {
        let module = &modules[path];
        let calls = module.items.iter().filter_map(|item| match item {
            Item::Macro(call) if call.ident.is_none() => Some(docs_in(&call.mac.tokens)),
            _ => None,
        });
        let written = module.written.iter();
        let written = written.map(|&i| docs(attributes(&module.items[i])));
        let place = module.file.strip_prefix(base).unwrap_or(&module.file);
        demands.push(Demand {
            place: place.display().to_string(),
            name: name.clone(),
            is_module: false,
            docs: written.chain(calls).collect(),
        });
    }
    let holders = holders(modules, &shown);
    for (path, i) in &shown.items {
        let module = &modules[path];
        let item = &module.items[*i];
        let Some((name, _)) = name(item) else {
            continue;
        };
        let own = docs(attributes(item));
        let holder = match item {
            Item::Struct(_) | Item::Enum(_) => holders.get(&name).cloned().unwrap_or_default(),
            _ => String::new(),
        };
        let mut inside: Vec<(String, proc_macro2::Span, &[Attribute])> = Vec::new();
        let mut is_module = false;
        match item {
            Item::Mod(inner) => {
                is_module = true;
                let inner = &modules[&[path.clone(), vec![inner.ident.to_string()]].concat()];
                let place = place(inner, item.span());
                demands.push(Demand {
                    place,
                    name: format!("mod {name}"),
                    is_module,
                    docs: vec![inner.docs.clone()],
                });
                continue;
            }
            Item::Struct(item) => {
                types.insert(name.clone(), own.clone());
                if let Fields::Named(fields) = &item.fields {
                    for field in fields
                        .named
                        .iter()
                        .filter(|f| matches!(f.vis, Visibility::Public(_)))
                    {
                        let name = field
                            .ident
                            .as_ref()
                            .map(ToString::to_string)
                            .unwrap_or_default();
                        inside.push((name, field.span(), &field.attrs));
                    }
                }
            }
            Item::Enum(item) => {
                types.insert(name.clone(), own.clone());
                for variant in &item.variants {
                    let named = variant.ident.to_string();
                    if module.written.contains(i) && module.variables.contains(&named) {
                        continue;
                    }
                    inside.push((variant.ident.to_string(), variant.span(), &variant.attrs));
                }
            }
            Item::Trait(item) => {
                for inner in &item.items {
                    match inner {
                        TraitItem::Fn(f) => {
                            inside.push((f.sig.ident.to_string(), f.span(), &f.attrs))
                        }
                        TraitItem::Type(t) => {
                            inside.push((t.ident.to_string(), t.span(), &t.attrs))
                        }
                        TraitItem::Const(c) => {
                            inside.push((c.ident.to_string(), c.span(), &c.attrs))
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        for (inner, span, attributes) in inside {
            if !is_hidden(attributes) {
                let place = format!("{} {name}::", place(module, span));
                let docs = vec![docs(attributes), own.clone(), holder.clone()];
                demands.push(Demand {
                    place,
                    name: inner,
                    is_module,
                    docs,
                });
            }
        }
        demands.push(Demand {
            place: place(module, item.span()),
            name,
            is_module,
            docs: vec![own, holder],
        });
    }
    for module in modules.values() {
        for (i, item) in module.items.iter().enumerate() {
            let Item::Impl(block) = item else { continue };
            let syn::Type::Path(path) = &*block.self_ty else {
                continue;
            };
            let Some(name) = path
                .path
                .segments
                .last()
                .map(|segment| segment.ident.to_string())
            else {
                continue;
            };
            let nothing = String::new();
            let of_type = types
                .get(&name)
                .or(module.written.contains(&i).then_some(&nothing));
            let (None, Some(of_type), false) = (&block.trait_, of_type, is_hidden(&block.attrs))
            else {
                continue;
            };
            for inner in &block.items {
                let (ident, visibility, attributes) = match inner {
                    ImplItem::Fn(f) => (&f.sig.ident, &f.vis, &f.attrs),
                    ImplItem::Const(c) => (&c.ident, &c.vis, &c.attrs),
                    _ => continue,
                };
                if matches!(visibility, Visibility::Public(_)) && !is_hidden(attributes) {
                    let place = format!("{} {name}::", place(module, inner.span()));
                    let docs = vec![docs(attributes), docs(&block.attrs), of_type.clone()];
                    demands.push(Demand {
                        place,
                        name: ident.to_string(),
                        is_module: false,
                        docs,
                    });
                }
            }
        }
    }
    demands
}

/// For each type that is all that a variant of an enum holds, the documentation of the enum.
fn holders(modules: &Modules, shown: &Shown) -> BTreeMap<String, String> {
    let mut holders: BTreeMap<String, String> = BTreeMap::new();
    for (path, i) in &shown.items {
        let module = &modules[path];
        let Item::Enum(item) = &module.items[*i] else {
            continue;
        };
        for variant in &item.variants {
            let Fields::Unnamed(fields) = &variant.fields else {
                continue;
            };
            let (1, Some(syn::Type::Path(held))) =
                (fields.unnamed.len(), fields.unnamed.first().map(|f| &f.ty))
            else {
                continue;
            };
            let Some(held) = held.path.get_ident().map(ToString::to_string) else {
                continue;
            };
            let is_variable = module.written.contains(i) && module.variables.contains(&held);
            let names = match is_variable {
                true => module.called.clone(),
                false => BTreeSet::from([held]),
            };
            for name in names {
                holders
                    .entry(name)
                    .or_default()
                    .push_str(&docs(&item.attrs));
            }
        }
    }
    holders
}

/// The examples of a text that run, each with the lines that are shown.
fn examples(docs: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = docs.lines();
    while let Some(line) = lines.next() {
        let Some(marks) = line.trim_start().strip_prefix("```") else {
            continue;
        };
        let code: Vec<&str> = lines
            .by_ref()
            .take_while(|line| line.trim() != "```")
            .collect();
        let mut marks = marks.split([',', ' ']).filter(|mark| !mark.is_empty());
        if marks.all(|mark| ["rust", "should_panic", "standalone_crate"].contains(&mark)) {
            let shown = code.iter().filter(|line| {
                let line = line.trim_start();
                line != "#" && !line.starts_with("# ") && !line.starts_with("use ")
            });
            found.push(shown.map(|line| format!("{line}\n")).collect());
        }
    }
    found
}

/// The words of a piece of code, without comments and strings.
fn words(code: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let (mut word, mut chars) = (String::new(), code.chars().peekable());
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        words.insert(std::mem::take(&mut word));
        match c {
            '"' => {
                while chars
                    .next_if(|c| *c != '"')
                    .is_some_and(|c| c != '\\' || chars.next().is_some())
                {}
            }
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            _ => continue,
        }
        chars.next();
    }
    words.insert(word);
    words
}

/// Whether an item has its example.
fn is_shown_used(demand: &Demand) -> bool {
    let examples = demand.docs.iter().flat_map(|docs| examples(docs));
    examples.map(|code| words(&code)).any(|words| {
        let is_empty = words.iter().all(String::is_empty);
        !is_empty && (demand.is_module || words.contains(&demand.name))
    })
}

/// The names of the items without an example, each with its place.
fn missing(demands: &[Demand]) -> Vec<String> {
    let missing = demands.iter().filter(|demand| !is_shown_used(demand));
    missing
        .map(|demand| format!("{} {}", demand.place, demand.name))
        .collect()
}

/// The macros of `macros/`: their documentation is shown where they are re-exported.
fn demands_of_macros(base: &Path) -> Result<Vec<Demand>, Failure> {
    let modules = read_crate(&base.join("macros/src/lib.rs"), &base.join("macros/src"))?;
    let mut demands = demands(&modules, base);
    demands.retain(|demand| !demand.is_module);
    Ok(demands)
}

#[test]
fn every_public_item_has_an_example() -> Result<(), Failure> {
    let base = Path::new(env!("CARGO_MANIFEST_DIR"));
    let modules = read_crate(&base.join("src/lib.rs"), &base.join("src"))?;
    let mut all = demands(&modules, base);
    all.extend(demands_of_macros(base)?);
    // The reader reads: it has found what is at the ends of the tree.
    for known in [
        "exp",
        "Tensor",
        "backward_dense",
        "item",
        "Length",
        "law_tests",
        "needs",
        "einsum",
    ] {
        assert!(
            all.iter().any(|d| d.name.ends_with(known)),
            "`{known}` was not found"
        );
    }
    let missing = missing(&all);
    assert!(
        missing.is_empty(),
        "{} of {} items have no example:\n{}",
        missing.len(),
        all.len(),
        missing.join("\n")
    );
    Ok(())
}

/// What is missing in a made-up crate of one file, without the places.
fn judge(source: &str) -> Result<Vec<String>, Failure> {
    let file = syn::parse_file(source)?;
    let mut modules = Modules::new();
    let root = Path::new("lib.rs");
    read_module(
        Vec::new(),
        root,
        root,
        docs(&file.attrs),
        file.items,
        &mut modules,
    )?;
    let missing = missing(&demands(&modules, root));
    let names = missing
        .iter()
        .map(|line| line.split_once(' ').map_or("", |(_place, name)| name));
    Ok(names.map(str::to_owned).collect())
}

/// An example as a doc comment, under a mark such as `ignore`.
fn example(mark: &str, code: &str) -> String {
    format!("/// ```{mark}\n/// {code}\n/// ```\n")
}

/// A crate with an example of its own, and these items.
fn crate_of(items: &str) -> Result<Vec<String>, Failure> {
    judge(&format!("//! ```\n//! f();\n//! ```\n{items}"))
}

#[test]
fn only_an_example_that_runs_and_names_the_item_counts() -> Result<(), Failure> {
    let judge = |docs: String| crate_of(&format!("{docs}pub fn f() {{}}"));
    for mark in ["", "rust", "should_panic"] {
        assert_eq!(judge(example(mark, "f();"))?, [""; 0], "{mark}");
    }
    for mark in [
        "ignore",
        "no_run",
        "compile_fail",
        "compile_fail,E0308",
        "text",
        "rust,ignore",
    ] {
        assert_eq!(judge(example(mark, "f();"))?, ["f"], "{mark}");
    }
    for code in [
        "g();",
        "// f();",
        "let s = \"f\";",
        "# f();",
        "use f;",
        "ff();",
        "let s = \"\\\"f\";",
    ] {
        assert_eq!(judge(example("", code))?, ["f"], "{code}");
    }
    assert_eq!(judge(String::new())?, ["f"]);
    // A block that does not run, and beside it one that does.
    let both = example("compile_fail", "f(1);") + "///\n" + &example("", "f();");
    assert_eq!(judge(both)?, [""; 0]);
    Ok(())
}

#[test]
fn what_is_inside_is_named_by_what_it_is_in() -> Result<(), Failure> {
    let named = |code: &str, item: &str| crate_of(&format!("{}{item}", example("", code)));
    let item = "pub struct S { pub field: u8, hidden: u8 } impl S { pub fn method(&self) {} fn private(&self) {} }";
    assert_eq!(named("S::new().method().field;", item)?, [""; 0]);
    assert_eq!(named("S::new();", item)?, ["S:: field", "S:: method"]);
    let item = "pub enum E { One, Two { x: u8 } }";
    assert_eq!(named("E::One;", item)?, ["E:: Two"]);
    let item = "pub trait T { type Out; const SIZE: usize; fn run(&self); }";
    assert_eq!(named("T::run(&x)", item)?, ["T:: Out", "T:: SIZE"]);
    // An example on the `impl` is as good, one on another type is not.
    let on_impl = format!(
        "{}pub struct S; {}impl S {{ pub fn m() {{}} }}",
        example("", "S"),
        example("", "S::m()")
    );
    assert_eq!(crate_of(&on_impl)?, [""; 0]);
    let on_other = format!(
        "{}pub struct S; {}pub struct R; impl S {{ pub fn m() {{}} }}",
        example("", "S"),
        example("", "R, m")
    );
    assert_eq!(crate_of(&on_other)?, ["S:: m"]);
    // What a trait says of a type is no demand.
    assert_eq!(
        named(
            "S",
            "pub struct S; impl Clone for S { fn clone(&self) -> S { S } }"
        )?,
        [""; 0]
    );
    Ok(())
}

#[test]
fn only_what_is_shown_needs_an_example() -> Result<(), Failure> {
    for items in [
        "fn f() {} mod m { pub fn g() {} } pub(crate) struct S;",
        "#[doc(hidden)] pub fn f() {} #[doc(hidden)] pub mod m { pub fn g() {} }",
        "#[cfg(test)] pub fn f() {} pub use typenum; pub use ::frunk::{HList, hlist};",
        "mod m { pub struct S; impl S { pub fn f() {} } }",
    ] {
        assert_eq!(crate_of(items)?, [""; 0], "{items}");
    }
    let re_exported = "mod m { pub struct S; pub mod n { pub fn f() {} pub fn g() {} } }";
    for (uses, expected) in [
        ("pub use m::S;", "S"),
        ("pub use self::m::n::f;", "f"),
        ("pub use crate::m::n::{f as h};", "f"),
    ] {
        assert_eq!(
            crate_of(&format!("{re_exported}{uses}"))?,
            [expected],
            "{uses}"
        );
    }
    let all = crate_of(&format!("{re_exported}pub use m::*;"))?;
    assert_eq!(all, ["S", "mod n", "f", "g"]);
    // Through another module's `pub use`.
    let chain = crate_of(&format!(
        "{re_exported}mod o {{ pub use crate::m::n::*; }} pub use o::g;"
    ))?;
    assert_eq!(chain, ["g"]);
    // A module has to have an example, whatever is in it; so has the crate.
    assert_eq!(crate_of("pub mod empty {}")?, ["mod empty"]);
    assert_eq!(judge("fn f() {}")?, ["the crate"]);
    Ok(())
}

#[test]
fn what_a_macro_writes_needs_an_example() -> Result<(), Failure> {
    let rules = |body: &str| {
        format!("macro_rules! m {{ ($x:ident: $op:tt $($y:ident),*) => {{ {body} }}; }}")
    };
    // A method, whose body is no Rust before the macro is called.
    let method = rules("impl $x { pub fn f(&self) { self $op 1 } }");
    assert_eq!(crate_of(&method)?, ["x:: f"]);
    let method = rules(&format!(
        "impl $x {{\n{}pub fn f(&self) {{ self $op 1 }} }}",
        example("", "x.f()")
    ));
    assert_eq!(crate_of(&method)?, [""; 0]);
    // Types that an enum lists, and variants that are named by the call.
    let types = "pub struct A; pub struct B { pub b: u8 }";
    let listed = |code: &str| {
        let item = format!("\n{}pub enum E {{ $($x($x),)* }}", example("", code));
        let rules = format!("macro_rules! m {{ ($($x:ident)*) => {{ {item} }}; }} m! {{ A B }}");
        crate_of(&format!("{types} {rules}"))
    };
    assert_eq!(listed("E::from(A); B { b: 1 }")?, [""; 0]);
    assert_eq!(listed("E::from(A)")?, ["B:: b", "B"]);
    let item = |code: &str| format!("{}pub enum E {{ A(A), Other(B, u8) }}", example("", code));
    let judge = |code: &str| crate_of(&format!("{types} {}", item(code)));
    assert_eq!(judge("E::A(A); E::Other(B { b: 1 }, 2);")?, ["B:: b", "B"]);
    // A function whose name the call gives.
    let module = |docs: &str| {
        let function = rules(&format!("\n{docs}pub fn $x() {{ $($y();)* }}"));
        format!("mod n {{ {function} m!(given: + a, b); }} pub use n::given;")
    };
    assert_eq!(crate_of(&module(""))?, ["given"]);
    assert_eq!(crate_of(&module(&example("", "given();")))?, [""; 0]);
    // An exported macro is an item itself.
    assert_eq!(
        crate_of("#[macro_export] macro_rules! m { () => {} }")?,
        ["m"]
    );
    // What cannot be read is an error, not a gap.
    assert!(crate_of(&rules("pub fn f() $op g {}")).is_err());
    Ok(())
}
