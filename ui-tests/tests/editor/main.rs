//! What an editor says of the names in `graph!`: a real rust-analyzer is asked about the program `editor/tour.rs`.
//!
//! `RUST_ANALYZER=/path/to/rust-analyzer cargo test -p ui-tests --test editor -- --ignored`. See `docs/editor.md`.

mod client;
mod page;

use std::env;
use std::path::Path;
use std::process::Command;

use client::{Client, uri};
use page::Page;
use serde_json::{Value, json};

/// A server with the fixture open, and what was not as expected.
struct Editor {
    client: Client,
    tour: Page,
    wrong: Vec<String>,
}

impl Editor {
    fn open() -> Self {
        let program = env::var("RUST_ANALYZER").unwrap_or_else(|_| "rust-analyzer".to_owned());
        let sources = env::var("RUST_SRC").unwrap_or_else(|_| toolchain_sources());
        let core = Path::new(&sources).join("core");
        assert!(
            core.is_dir(),
            "no sources of `std`, so no types: `rustup component add rust-src`, or RUST_SRC=/path/to/library"
        );
        let options = json!({
            "checkOnSave": false,
            "cachePriming": { "enable": false },
            "cargo": { "sysrootSrc": sources },
        });
        let tour = Page::read(root().join("ui-tests/editor/tour.rs"));
        let mut client = Client::start(&program, root(), &options);
        client.open(&tour.path, &tour.text);
        let wrong = Vec::new();
        Self {
            client,
            tour,
            wrong,
        }
    }

    fn ask(&mut self, question: &str, marked: &str, more: &[(&str, Value)]) -> Value {
        let mut params = json!({
            "textDocument": { "uri": uri(&self.tour.path) },
            "position": self.tour.range(marked)["start"],
        });
        for (name, value) in more {
            params[*name] = value.clone();
        }
        self.client
            .ask(&format!("textDocument/{question}"), &params)
            .unwrap_or_else(Value::String)
    }

    fn expect(&mut self, holds: bool, marked: &str, what: &str, got: &str) {
        if !holds {
            self.wrong.push(format!("{marked}: {what}, got:\n{got}\n"));
        }
    }

    fn hover(&mut self, marked: &str) -> String {
        let hover = self.ask("hover", marked, &[]);
        let text = hover["contents"]["value"].as_str().unwrap_or_default();
        text.to_owned()
    }

    /// The hover of a variable says its type and no more. At its `let` a line about its layout may follow.
    fn variable(&mut self, marked: &str, expected: &str) {
        let text = self.hover(marked);
        let mut lines = text.lines().filter(|line| !line.is_empty());
        let first = lines.next() == Some(expected);
        let rest = lines.all(|line| line.starts_with("size = "));
        self.expect(first && rest, marked, &format!("hover `{expected}`"), &text);
    }

    /// The hover of an item has these lines, and its definition is the first line of them at which a file has it.
    fn item(&mut self, marked: &str, lines: &[&str], file: &str, defined: &str) {
        let text = self.hover(marked);
        for line in lines {
            let holds = text.lines().any(|other| other.starts_with(line));
            self.expect(holds, marked, &format!("hover with `{line}`"), &text);
        }
        // What comes from the macro itself, and not from the user.
        for noise in ["extern crate", "pub mod", "GraphData::node", "__g"] {
            let holds = !text.contains(noise);
            self.expect(holds, marked, &format!("hover without `{noise}`"), &text);
        }
        self.definition(marked, file, defined);
    }

    /// There is one definition, and it is what is marked in a file.
    fn definition(&mut self, marked: &str, file: &str, defined: &str) {
        let page = Page::read(root().join(file));
        let expected = json!([{ "uri": uri(&page.path), "range": page.range(defined) }]);
        let answer = self.ask("definition", marked, &[]);
        let what = format!("definition {expected}");
        self.expect(answer == expected, marked, &what, &answer.to_string());
    }

    /// A name is at these places and at no others: each is a reference, and renaming one of them renames all.
    fn name(&mut self, places: &[&str]) {
        let mut ranges: Vec<_> = places.iter().map(|place| self.tour.range(place)).collect();
        ranges.sort_by_key(order);
        let tour = uri(&self.tour.path);
        for place in places {
            let answer = self.ask("rename", place, &[("newName", "renamed".into())]);
            let mut edited = Vec::new();
            for file in answer["documentChanges"].as_array().into_iter().flatten() {
                for edit in file["edits"].as_array().into_iter().flatten() {
                    let renamed = edit["newText"] == "renamed";
                    let here = file["textDocument"]["uri"] == tour.as_str();
                    edited.push(if renamed && here {
                        edit["range"].clone()
                    } else {
                        file.clone()
                    });
                }
            }
            edited.sort_by_key(order);
            let what = format!("rename of {places:?}");
            self.expect(edited == ranges, place, &what, &answer.to_string());

            let context = json!({ "includeDeclaration": true });
            let answer = self.ask("references", place, &[("context", context)]);
            let references = answer.as_array().into_iter().flatten();
            let mut found: Vec<_> = references
                .map(|found| {
                    if found["uri"] == tour.as_str() {
                        found["range"].clone()
                    } else {
                        found.clone()
                    }
                })
                .collect();
            found.sort_by_key(order);
            let what = format!("references {places:?}");
            self.expect(found == ranges, place, &what, &answer.to_string());
        }
    }

    fn done(self) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

/// Where a toolchain has the sources of `std`, if it has them.
fn toolchain_sources() -> String {
    let rustc = Command::new("rustc").args(["--print", "sysroot"]).output();
    let sysroot = String::from_utf8(rustc.expect("rustc").stdout).expect("a path");
    format!("{}/lib/rustlib/src/rust/library", sysroot.trim())
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a workspace")
}

fn order(range: &Value) -> (Option<u64>, Option<u64>) {
    let start = &range["start"];
    (start["line"].as_u64(), start["character"].as_u64())
}

const TOUR: &str = "ui-tests/editor/tour.rs";

#[test]
#[ignore = "needs rust-analyzer: RUST_ANALYZER=/path/to/it cargo test -p ui-tests --test editor -- --ignored"]
fn an_editor_knows_the_names_in_a_graph() {
    let mut editor = Editor::open();
    variables(&mut editor);
    items(&mut editor);
    types(&mut editor);
    groups(&mut editor);
    names(&mut editor);
    completion(&mut editor);
    editor.done();
}

/// The shapes of inputs, of intermediates and of the environment, where they are bound and where they are used.
fn variables(editor: &mut Editor) {
    for (marked, expected) in [
        ("O: Dim>(«x»: [B, I]", "let x: Var<(N<B>, I)>"),
        ("matmul(x, «w») + b", "let w: Var<(I, O)>"),
        ("matmul(x, w) + «b»", "let b: Var<(O,)>"),
        ("loss(«x»: ", "let x: Var<(N<32>, N<64>)>"),
        ("dense(«x», w1", "let x: Var<(N<32>, N<64>)>"),
        ("dense(x, w1, «b1»)", "let b1: Var<(N<128>,)>"),
        ("let «h» = dense", "let h: Var<(N<32>, N<128>)>"),
        ("= «h» * 0.5", "let h: Var<(N<32>, N<128>)>"),
        ("let «scores»: ", "let scores: Var<(N<32>, N<10>)>"),
        ("scale(«scores», {", "let scores: Var<(N<32>, N<10>)>"),
        (
            "; «labels»: [32]",
            "let labels: Discrete<LabelsOf<N<10>, (N<32>,)>>",
        ),
        (
            "(scaled, «labels»)",
            "let labels: Discrete<LabelsOf<N<10>, (N<32>,)>>",
        ),
        ("let «sum» = x", "let sum: Var<(D,)>"),
        ("let «bent» = tanh", "let bent: Var<S>"),
        (
            "«up»: [D, 4 * D]",
            "let up: Var<(D, <D as Dim>::TimesNumber<N<4>>)>",
        ),
        ("let «high» = raised", "let high: Var<(N<2>, N<12>)>"),
        ("let «higher» = curve", "let higher: Var<(N<2>, N<12>)>"),
        ("let («both», product)", "let both: Var<(N<3>,)>"),
        ("let (both, «product»)", "let product: Var<()>"),
        ("let «outer» = ", "let outer: Var<(N<3>, N<3>)>"),
        ("\"i,j->ij\", «both», left", "let both: Var<(N<3>,)>"),
        ("|«u»: [2, 3]", "let u: Var<(N<2>, N<3>)>"),
        ("let «p» = matmul", "let p: Var<(N<2>, N<4>)>"),
        ("scale(«p», rate)", "let p: Var<(N<2>, N<4>)>"),
        ("scale(p, «rate»)", "let rate: f64"),
    ] {
        editor.variable(marked, expected);
    }
    for (marked, defined) in [
        ("matmul(«x», w) + b", "O: Dim>(«x»: [B, I]"),
        ("= «h» * 0.5", "let «h» = dense"),
        ("tanh(«h»)", "let «h» = dense"),
        ("matmul(«h», w2)", "let «h» = h *"),
        ("(scaled, «labels»)", "; «labels»: [32]"),
        ("- both * «product»", "let (both, «product»)"),
        ("(«sum», mean", "let «sum» = x"),
        ("scale(p, «rate»)", "let «rate» = 2.0"),
    ] {
        editor.definition(marked, TOUR, defined);
    }
}

/// Ops, operators, graphs and constants: a signature, a document, and where they are.
fn items(editor: &mut Editor) {
    let matmul = "pub fn matmul<S, T>(a: Var<S>, b: Var<T>)";
    let lines = [
        matmul,
        "S = (N<32>, N<128>), T = (N<128>, N<10>)",
        "y = a b: the sum of products over the last axis of a",
    ];
    editor.item(
        "«matmul»(h, w2)",
        &lines,
        "src/op/linalg/matmul.rs",
        "pub fn «matmul»<S: Shape, T: Shape>(a: Var<S>, b: Var<T>) -> Call",
    );
    editor.item(
        "0.5 «+» tanh",
        &["pub fn add<S, R>", "y = a + b."],
        "src/op/elementwise/add.rs",
        "pub fn «add»<S: Shape, R: Shape>(a: Var<S>, b: Var<R>) -> Call",
    );
    editor.item(
        "= h «*» 0.5",
        &["pub fn scale<S>"],
        "src/op/elementwise/scale.rs",
        "pub fn «scale»<S: Shape>(x",
    );
    editor.item(
        "mean(x * «-»y)",
        &["pub fn neg<S>"],
        "src/op/elementwise/neg.rs",
        "pub fn «neg»<S: Shape>(x: Var<S>) -> Call",
    );
    editor.item(
        "«mean_axis»(outer",
        &["pub fn mean_axis<I, S>"],
        "src/op/reduce/mean.rs",
        "pub fn «mean_axis»<I, S: Shape>(x",
    );
    editor.item(
        "let h = «dense»(x",
        &[
            "pub fn dense<A, const B: usize, I, O>()",
            "A dense layer: the graph that others call.",
        ],
        TOUR,
        "pub fn «dense»<",
    );
    editor.item(
        "«two»::<A, N<3>>",
        &["fn two<A, D>()"],
        TOUR,
        "fn «two»<D: Dim>",
    );
    editor.item(
        "scale(scores, { «RATE» })",
        &["const RATE: f64 = 0.5"],
        TOUR,
        "const «RATE»: f64",
    );
    editor.item(
        "«loss»::<f32>()",
        &["The mean loss of a classifier."],
        TOUR,
        "pub fn «loss»(x",
    );
    editor.item(
        "«einsum»!(",
        &["A sum of products, its axes named by letters"],
        "macros/src/lib.rs",
        "pub fn «einsum»(input",
    );
}

/// Generic parameters, dims and the scalar.
fn types(editor: &mut Editor) {
    editor.item(
        "(x: [«B», I]",
        &["const B: usize"],
        TOUR,
        "dense<const «B»: usize",
    );
    editor.item(
        "-> [«B», O]",
        &["const B: usize"],
        TOUR,
        "dense<const «B»: usize",
    );
    editor.item("w: [I, «O»]", &["O: Dim"], TOUR, "usize, I: Dim, «O»: Dim");
    editor.item("y: [«D»]", &["D: Dim"], TOUR, "two<«D»: Dim>");
    editor.item(
        "usize, I: «Dim», O",
        &["pub trait Dim"],
        "src/dim/number.rs",
        "pub trait «Dim»",
    );
    editor.item(
        "A: «Real»",
        &["pub trait Real"],
        "src/scalar/tower.rs",
        "pub trait «Real»",
    );
    let n = &["pub struct N<const A: usize>"];
    editor.item(
        "scores: [«32», 10]",
        n,
        "src/dim/number.rs",
        "pub struct «N»<",
    );
    editor.item(
        "labels: [32] < «10»",
        n,
        "src/dim/number.rs",
        "pub struct «N»<",
    );
}

/// Groups of parameters, and their fields.
fn groups(editor: &mut Editor) {
    for (marked, expected) in [
        ("(x: [1, I], «p»: Layer", "let p: Layer<I, O>"),
        ("matmul(x, «p».weight)", "let p: Layer<I, O>"),
        ("apply(x, «first»)", "let first: Layer<N<3>, N<4>>"),
        ("let «turned» = Layer", "let turned: Layer<N<4>, N<4>>"),
        ("«last»[0]", "let last: Layers<Layer<N<4>, N<4>>, 2>"),
        ("let «y» = apply", "let y: Var<(N<1>, N<4>)>"),
    ] {
        editor.variable(marked, expected);
    }
    let group = [
        // Then the kind, which is handles in a graph.
        "struct Layer<I, O, Kind = ",
        "The parameters of a layer, as one group.",
    ];
    editor.item("p: «Layer»<I, O>", &group, TOUR, "struct «Layer»<I");
    editor.item("turned = «Layer» {", &group, TOUR, "struct «Layer»<I");
    // The shape is in the type, whatever a field holds.
    let weight = [
        "weight: <Kind as Kind>::At<(I, O)>",
        "One column for each output.",
    ];
    editor.item("p.«weight»", &weight, TOUR, "«weight»: [I, O]");
    editor.item("{ «weight»: last", &weight, TOUR, "«weight»: [I, O]");
    editor.name(&[
        "«weight»: [I, O]",
        "p.«weight»",
        "{ «weight»: last",
        "last[0].«weight»",
    ]);
    editor.name(&["«bias»: [O],", "p.«bias»", "«bias»: tanh", "last[1].«bias»"]);
    editor.name(&[
        "struct «Layer»<I",
        "p: «Layer»<I, O>",
        "first: «Layer»<3",
        "[«Layer»<4, 4>; 2]",
        "= «Layer» {",
    ]);
    editor.name(&["let «turned» = Layer", "apply(y, «turned»)"]);
}

/// A name is renamed inside of the macro and outside, and no other name is.
fn names(editor: &mut Editor) {
    // Inputs, also beside an input of the same name in another graph.
    editor.name(&["O: Dim>(«x»: [B, I]", "matmul(«x», w) + b"]);
    editor.name(&["loss(«x»: ", "dense(«x», w1"]);
    editor.name(&["«labels»: [32]", "(scaled, «labels»)"]);
    editor.name(&["|«u»: [2, 3]", "matmul(«u», v)"]);
    // One name, twice bound.
    editor.name(&["let «h» = dense", "= «h» * 0.5", "tanh(«h»)"]);
    editor.name(&["let «h» = h *", "matmul(«h», w2)"]);
    // With its shape written, in a tuple, through another macro, and a variable of Rust.
    editor.name(&["let «scores»: ", "scale(«scores», {"]);
    editor.name(&[
        "let («both», product)",
        "\"i,j->ij\", «both», left",
        "- «both» * product",
    ]);
    editor.name(&["let «rate» = 2.0", "scale(p, «rate»)"]);
    editor.name(&["let «high» = raised", "curve(«high»)"]);
    // Graphs and parameters.
    editor.name(&["pub fn «dense»<", "let h = «dense»(x"]);
    editor.name(&["pub fn «loss»(x", "«loss»::<f32>()"]);
    editor.name(&["dense<const «B»: usize", "(x: [«B», I]", "-> [«B», O]"]);
    editor.name(&[
        "two<«D»: Dim>",
        "two<D: Dim>(x: [«D»]",
        "y: [«D»]",
        "([«D»], [])",
    ]);
    editor.name(&["const «RATE»: f64", "{ «RATE» }"]);
    editor.name(&["fn «curve»<S", "«curve»(matmul", "«curve»(high)"]);
    editor.name(&["curve<«S»: Shape>", "(any: «S»)", ") -> «S» {"]);
}

/// Where a value is wanted, the values are offered.
fn completion(editor: &mut Editor) {
    let marked = "matmul(h, w«2»)";
    let answer = editor.ask("completion", marked, &[]);
    let items = answer["items"].as_array().or(answer.as_array()).cloned();
    let labels: Vec<_> = items
        .iter()
        .flatten()
        .filter_map(|item| item["label"].as_str())
        .collect();
    for name in ["w1", "w2", "h", "b1"] {
        let holds = labels.contains(&name);
        editor.expect(
            holds,
            marked,
            &format!("completion `{name}`"),
            &labels.join(" "),
        );
    }
}
