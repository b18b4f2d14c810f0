//! The crates that are compiled: one graph of so many nodes each.

use std::fmt::Write as _;

/// The source of a kind at a size.
type Source = fn(usize) -> String;

/// What a kind is called, its sizes, and its source.
pub const KINDS: &[(&str, &[usize], Source)] = &[
    ("empty", &[0], empty),
    ("shared", &[9, 30, 90, 300], shared),
    ("own", &[9, 30, 90, 300], own),
    ("called", &[100, 300, 1000], called),
    ("grouped", &[100, 300, 1000], grouped),
    ("generic", &[100, 300, 1000], generic),
    ("repeated", &[100, 300, 1000], repeated),
    ("scanned", &[10, 1000], scanned),
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
    let body = "        let h0 = relu(matmul(x, w) + b);\n        let h1 = relu(matmul(h0, w) + b);\n        \
                let h2 = relu(matmul(h1, w) + b);\n";
    let inputs = "(x: [32, 64], w: [64, 64], b: [64])";
    let shared = |_| "w, b".to_owned();
    let graphs = [
        graph(&format!("block{inputs} -> [32, 64]"), body, "h2 + x"),
        graph(
            &format!("stage{inputs} -> [32, 64]"),
            &calls(10, |_| "block".to_owned(), shared),
            "c9 * x",
        ),
        graph(
            &format!("net{inputs} -> []"),
            &calls(nodes / 100, |_| "stage".to_owned(), shared),
            &last(nodes),
        ),
    ];
    program(
        "",
        &graphs.concat(),
        "[32, 64], [64, 64], [64]",
        COUNT_BLOCKS,
    )
}

/// As [`called`], but every block has parameters of its own. They travel in groups: a net has stages, a stage has
/// blocks, and each of them has a name.
fn grouped(nodes: usize) -> String {
    let graphs = [
        own_block(),
        group("Stage", 10, |_| "Block".to_owned()),
        graph(
            "stage(x: [32, 64], p: Stage) -> [32, 64]",
            &calls(10, |_| "block".to_owned(), field),
            "c9 * x",
        ),
        group("Net", nodes / 100, |_| "Stage".to_owned()),
        graph(
            "net(x: [32, 64], p: Net) -> []",
            &calls(nodes / 100, |_| "stage".to_owned(), field),
            &last(nodes),
        ),
    ];
    program("", &graphs.concat(), "[32, 64], Net", COUNT_BLOCKS)
}

/// As [`grouped`], but every block has widths of its own, so that each is compiled for itself, and each stage is a graph
/// of its own.
fn generic(nodes: usize) -> String {
    let width = |block: usize| 16 + 3 * block;
    let mut graphs = "    pub struct Block<I: Dim, O: Dim> {\n        w0: [I, O], b0: [O], w1: [O, I], b1: [I], w2: [I, O], \
                      b2: [O],\n    }\n"
        .to_owned();
    graphs += &graph(
        "block<I: Dim, O: Dim>(x: [32, I], p: Block<I, O>) -> [32, O]",
        LAYERS,
        "h2 * 0.5",
    );
    // The blocks apart have all the products that the net has, or the count is wrong.
    let mut count = "{ let blocks = [".to_owned();
    for stage in 0..nodes / 100 {
        let ends = |i: usize| (width(10 * stage + i), width(10 * stage + i + 1));
        graphs += &group(&format!("Stage{stage}"), 10, |i| {
            format!("Block<{}, {}>", ends(i).0, ends(i).1)
        });
        let head = format!(
            "stage{stage}(x: [32, {}], p: Stage{stage}) -> [32, {}]",
            width(10 * stage),
            width(10 * stage + 10)
        );
        graphs += &graph(&head, &calls(10, |_| "block".to_owned(), field), "c9");
        for i in 0..10 {
            let (from, to) = ends(i);
            let _ = write!(count, "block::<f32, N<{from}>, N<{to}>>().summary(), ");
        }
    }
    count += "]; let products: u64 = blocks.iter().map(|block| block.multiply_adds()).sum(); \
              assert_eq!(g.summary().multiply_adds(), products); \
              blocks.iter().map(|block| block.nodes().count()).sum::<usize>() }";
    graphs += &group("Net", nodes / 100, |stage| format!("Stage{stage}"));
    let body = calls(nodes / 100, |stage| format!("stage{stage}"), field);
    graphs += &graph("net(x: [32, 16], p: Net) -> []", &body, &last(nodes));
    program("", &graphs, "[32, 16], Net", &count)
}

/// One call of `repeat`, of a block with parameters of its own for each time.
fn repeated(nodes: usize) -> String {
    let blocks = nodes / 10;
    let net = format!("net(x: [32, 64], p: [Block; {blocks}]) -> []");
    let graphs = own_block() + &graph(&net, "        let h = repeat(block())(x, p);\n", "sum(h)");
    program(
        "",
        &graphs,
        &format!("[32, 64], [Block; {blocks}]"),
        COUNT_BLOCKS,
    )
}

/// One call of `scan`, of a step of five nodes: so many steps.
fn scanned(steps: usize) -> String {
    let step = "step(h: [32, 64], x: [32, 64], w: [64, 64], b: [64]) -> ([32, 64], [])";
    let net = format!("net(h: [32, 64], x: [{steps}, 32, 64], w: [64, 64], b: [64]) -> []");
    let graphs = graph(
        step,
        "        let next = relu(matmul(h, w) + b) * x;\n",
        "(next, sum(next))",
    ) + &graph(
        &net,
        "        let (h, each) = scan(step())(h, x, w, b);\n",
        "sum(h) + sum(each)",
    );
    let context = format!("[32, 64], [{steps}, 32, 64], [64, 64], [64]");
    program("", &graphs, &context, &steps.to_string())
}

/// Three layers, with parameters of their own.
const LAYERS: &str = "        let h0 = relu(matmul(x, p.w0) + p.b0);\n        let h1 = relu(matmul(h0, p.w1) + p.b1);\n        \
                let h2 = relu(matmul(h1, p.w2) + p.b2);\n";

/// A block of 10 nodes, and the group of its parameters.
fn own_block() -> String {
    "    pub struct Block {\n        w0: [64, 64], b0: [64], w1: [64, 64], b1: [64], w2: [64, 64], b2: [64],\n    }\n"
        .to_owned()
        + &graph("block(x: [32, 64], p: Block) -> [32, 64]", LAYERS, "h2 + x")
}

/// A group of `n` fields.
fn group(name: &str, n: usize, member: impl Fn(usize) -> String) -> String {
    let fields: Vec<String> = (0..n).map(|i| format!("f{i}: {}", member(i))).collect();
    format!("    pub struct {name} {{ {} }}\n", fields.join(", "))
}

/// A field of the group `p`.
fn field(i: usize) -> String {
    format!("p.f{i}")
}

/// `n` calls, one after another.
fn calls(
    n: usize,
    callee: impl Fn(usize) -> String,
    parameters: impl Fn(usize) -> String,
) -> String {
    let mut body = String::new();
    for i in 0..n {
        let from = match i {
            0 => "x".to_owned(),
            _ => format!("c{}", i - 1),
        };
        let _ = writeln!(
            body,
            "        let c{i} = {}()({from}, {});",
            callee(i),
            parameters(i)
        );
    }
    body
}

/// What a net of stages returns.
fn last(nodes: usize) -> String {
    format!("sum(c{})", nodes / 100 - 1)
}

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
         let x = TList::<f32, context![{context}]>::zeros();\n        \
         let (y, _gradient) = g.value_and_vjp(&x, ());\n        println!(\"{{y}}\");\n    }}\n}}\n"
    )
}
