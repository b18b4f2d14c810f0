//! The crates that are compiled: one graph of so many nodes each.

use crate::Failure;
use crate::measure::Leaf;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The source of a kind at a size.
type Source = fn(usize) -> String;

/// What a kind is called, its sizes, and its source.
pub const KINDS: &[(&str, &[usize], Source)] = &[
    ("empty", &[0], empty),
    ("shared", &[9, 30, 90, 300], shared),
    ("own", &[9, 30, 90, 300], own),
    ("called", &[100, 300, 1000], called),
];

/// Nothing but the imports: what every leaf pays.
fn empty(_nodes: usize) -> String {
    "#[allow(unused_imports)]\nuse cotangent::prelude::*;\nfn main() {\n    #[cfg(feature = \"count\")]\n    \
     println!(\"0\");\n}\n"
        .to_owned()
}

/// A graph whose layers share their parameters: `relu(matmul(h, w) + b)`, three nodes a layer, then the sum.
fn shared(nodes: usize) -> String {
    let mut body = String::new();
    let mut h = "x".to_owned();
    for layer in 0..(nodes - 1) / 3 {
        let _ = writeln!(body, "        let h{layer} = relu(matmul({h}, w) + b);");
        h = format!("h{layer}");
    }
    for extra in 0..(nodes - 1) % 3 {
        let _ = writeln!(body, "        let e{extra} = tanh({h});");
        h = format!("e{extra}");
    }
    one_graph("x: [32, 64], w: [64, 64], b: [64]", &body, &h)
}

/// A graph whose layers have parameters of their own, each of another width.
fn own(nodes: usize) -> String {
    let (mut inputs, mut body) = ("x: [32, 64]".to_owned(), String::new());
    let (mut h, mut width) = ("x".to_owned(), 64);
    for layer in 0..(nodes - 1) / 3 {
        let next = 16 + layer * 7 % 100;
        let _ = write!(inputs, ", w{layer}: [{width}, {next}], b{layer}: [{next}]");
        let _ = writeln!(
            body,
            "        let h{layer} = relu(matmul({h}, w{layer}) + b{layer});"
        );
        (h, width) = (format!("h{layer}"), next);
    }
    for extra in 0..(nodes - 1) % 3 {
        let _ = writeln!(body, "        let e{extra} = tanh({h});");
        h = format!("e{extra}");
    }
    one_graph(&inputs, &body, &h)
}

/// A block of 10 nodes, called 10 times by a stage, which the graph calls once for each hundred nodes.
fn called(nodes: usize) -> String {
    let calls = |callee: &str, n: usize| {
        let mut body = String::new();
        for i in 0..n {
            let from = match i {
                0 => "x".to_owned(),
                _ => format!("c{}", i - 1),
            };
            let _ = writeln!(body, "        let c{i} = {callee}()({from}, w, b);");
        }
        body
    };
    let stages = nodes / 100;
    let inputs = "(x: [32, 64], w: [64, 64], b: [64])";
    let graphs = [
        graph(&format!("block{inputs} -> [32, 64]"), BLOCK, "h2 + x"),
        graph(
            &format!("stage{inputs} -> [32, 64]"),
            &calls("block", 10),
            "c9 * x",
        ),
        graph(
            &format!("net{inputs} -> []"),
            &calls("stage", stages),
            &format!("sum(c{})", stages - 1),
        ),
    ];
    program(
        "",
        &graphs.concat(),
        "[32, 64], [64, 64], [64]",
        COUNT_BLOCKS,
    )
}

/// The body of a block but for its last node: three layers.
const BLOCK: &str = "        let h0 = relu(matmul(x, w) + b);\n        let h1 = relu(matmul(h0, w) + b);\n        \
                     let h2 = relu(matmul(h1, w) + b);\n";

/// Calls are inlined in the untyped program of a node. Its products tell how many copies of the block are in it; the
/// few products outside of blocks are far less than those of one.
const COUNT_BLOCKS: &str = "{ let block = block::<f32>().summary(); \
                            let copies = g.summary().multiply_adds() / block.multiply_adds(); \
                            block.nodes().count() as u64 * copies }";

/// The nodes of a graph without calls.
const COUNT_NODES: &str = "g.summary().nodes().count()";

fn graph(head: &str, body: &str, last: &str) -> String {
    format!(
        "    pub fn {head}\n    where\n        A: OrderedField,\n    {{\n{body}        {last}\n    }}\n"
    )
}

fn one_graph(inputs: &str, body: &str, last: &str) -> String {
    let shapes: Vec<String> = inputs
        .split("], ")
        .map(|input| {
            let dims = input.split_once('[').map_or("", |(_, dims)| dims);
            format!("[{}]", dims.trim_end_matches(']'))
        })
        .collect();
    // 33 layers are 99 nodes; up to 100 nodes need no more than the default.
    let limit = match body.lines().count() {
        0..=33 => "",
        _ => "#![recursion_limit = \"1024\"]\n",
    };
    let net = format!("    pub fn net({inputs}) -> [] {{\n{body}        sum({last})\n    }}\n");
    program(limit, &net, &shapes.join(", "), COUNT_NODES)
}

/// A program that evaluates the graph `net` and takes its gradient; with the feature `count`, it prints how many nodes
/// there are instead.
fn program(head: &str, graphs: &str, context: &str, count: &str) -> String {
    format!(
        "{head}use cotangent::prelude::*;\ngraph! {{\n{graphs}}}\n\
         fn main() {{\n    let g = net::<f32>();\n    \
         #[cfg(feature = \"count\")]\n    println!(\"{{}}\", {count});\n    \
         #[cfg(not(feature = \"count\"))]\n    {{\n        \
         let x = TList::<f32, context![{context}]>::zero();\n        \
         let (y, _gradient) = g.value_and_vjp(&x, &tlist![]);\n        println!(\"{{y}}\");\n    }}\n}}\n"
    )
}

/// Writes a leaf crate below `home`.
pub fn write(
    home: &Path,
    target: &str,
    name: &str,
    dependencies: &str,
    source: &str,
) -> Result<Leaf, Failure> {
    let folder = home.join(name);
    fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[features]\ncount = []\n\n\
         [dependencies]\n{dependencies}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/main.rs"), source)?;
    Ok(Leaf {
        name: name.to_owned(),
        folder,
        target: home.join(target),
    })
}

/// As [`write`], with the library of `root` and its locked dependencies.
pub fn write_ours(
    root: &Path,
    home: &Path,
    target: &str,
    name: &str,
    source: &str,
) -> Result<Leaf, Failure> {
    let leaf = write(
        home,
        target,
        name,
        &format!("cotangent = {{ path = {root:?} }}"),
        source,
    )?;
    fs::copy(root.join("Cargo.lock"), leaf.folder.join("Cargo.lock"))?;
    Ok(leaf)
}
