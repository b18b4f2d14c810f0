//! How long rustc takes over a leaf crate with one graph, and how much memory.
//!
//! ```sh
//! cargo bench --bench compile_time                  # all kinds but `generic`
//! cargo bench --bench compile_time -- empty called  # some kinds
//! cargo bench --bench compile_time -- --peers       # a classifier here, in dfdx and in candle; needs the network
//! cargo bench --bench compile_time -- --peers --cold  # and how long their dependencies take
//! cargo bench --bench compile_time -- --examples    # each of `examples/`
//! cargo bench --bench compile_time -- --runs 9      # more runs than five
//! ```
//!
//! It writes the crates below `target/compile_time` and builds their dependencies once. Then it runs `cargo check`, a debug
//! and a release `cargo build` of the leaves alone, all in turn, each after an edit of an op in the middle of the graph
//! (`relu` to `abs`, and back), from scratch (nothing incremental). It prints minima: the seconds that cargo took, in
//! brackets those of processor time of rustc and the linker, and the peak memory of either, whichever is larger. The
//! processor time is the figure to compare where other programs run beside it.
//!
//! Kinds of graph: `empty` has none. `shared` has three parameters used by every layer, `own` has a weight and a bias of
//! its own width for each layer. `called` is a block of 10 nodes that a stage calls 10 times, and the graph calls the
//! stage. `grouped` is the same with parameters of its own for every block, which travel in groups; in `generic` each
//! block also has widths of its own, which takes minutes, so it must be named. `repeated` is one call of `repeat`, and
//! `scanned` one of `scan`, by the number of its steps. The generated program evaluates the graph and takes its gradient.
//! How many nodes there are is asked of the graph itself, when it runs.

mod examples;
mod leaf;
mod measure;
mod peers;

use leaf::KINDS;
use measure::{Cost, Costs, Leaf};
use std::path::{Path, PathBuf};
use std::{env, process};

/// The growth from 100 to 1,000 nodes that is allowed.
const LIMIT: f64 = 12.0;

/// The kind that is measured only if it is named: it takes minutes.
const SLOW: &str = "generic";

type Failure = Box<dyn std::error::Error>;

/// A kind, its size as asked, its nodes as counted, and its costs.
struct Row {
    kind: &'static str,
    size: usize,
    nodes: usize,
    costs: Costs,
}

fn main() -> Result<(), Failure> {
    let mut arguments = env::args().skip(1);
    if let Some(report) = env::var_os(measure::REPORT) {
        let arguments: Vec<String> = arguments.collect();
        process::exit(measure::wrap(Path::new(&report), &arguments)?);
    }
    let (mut peers, mut cold, mut examples) = (false, false, false);
    let (mut runs, mut names) = (5, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bench" => {}
            "--peers" => peers = true,
            "--cold" => cold = true,
            "--examples" => examples = true,
            "--runs" => runs = arguments.next().ok_or("--runs wants a number")?.parse()?,
            name if KINDS.iter().any(|(kind, ..)| *kind == name) => names.push(argument),
            other => return Err(format!("no kind is called {other}").into()),
        }
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let home = root.join("target/compile_time");
    if peers {
        return peers::run(&root, &home, runs, cold);
    }
    if examples {
        return examples::run(&root, &home, runs);
    }
    let wanted = |kind: &str| match names.is_empty() {
        true => kind != SLOW,
        false => names.iter().any(|name| name == kind),
    };
    let rows = measure_kinds(&root, &home, runs, wanted)?;
    print_table(&rows);
    print_growth(&rows)
}

fn measure_kinds(
    root: &Path,
    home: &Path,
    runs: usize,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Row>, Failure> {
    let (mut leaves, mut heads) = (Vec::<Leaf>::new(), Vec::new());
    for &(kind, sizes, source) in KINDS.iter().filter(|(kind, ..)| wanted(kind)) {
        for &size in sizes {
            let leaf = measure::write_ours(
                root,
                home,
                "target",
                &format!("{kind}{size}"),
                &source(size),
                match kind {
                    "empty" => ("fn main", "pub fn main"),
                    _ => ("relu(", "abs("),
                },
            )?;
            let nodes: usize = measure::output(&leaf, &["--features", "count"])?.parse()?;
            if nodes < size {
                return Err(format!("{} has {nodes} nodes", leaf.name).into());
            }
            leaves.push(leaf);
            heads.push((kind, size, nodes));
        }
    }
    let costs = measure::measure(&leaves, runs)?;
    let rows = heads.into_iter().zip(costs);
    Ok(rows
        .map(|((kind, size, nodes), costs)| Row {
            kind,
            size,
            nodes,
            costs,
        })
        .collect())
}

fn print_table(rows: &[Row]) {
    println!(
        "| graph | nodes | check | debug build | release build | memory: check | debug build | release build |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for row in rows {
        print!("| `{}` | {} |", row.kind, row.nodes);
        for cost in row.costs {
            print!(" {:.2} s ({:.2} s) |", cost.wall, cost.processor);
        }
        for cost in row.costs {
            print!(" {} |", mebibytes(cost.memory));
        }
        println!();
    }
}

/// Peak memory, or `-` where the system does not say.
fn mebibytes(memory: f64) -> String {
    match memory.is_nan() {
        true => "-".to_owned(),
        false => format!("{memory:.0} MiB"),
    }
}

/// How many times more 1,000 nodes take than 100, whole and above the empty leaf.
fn print_growth(rows: &[Row]) -> Result<(), Failure> {
    const FIGURES: [(&str, fn(&Cost) -> f64); 3] = [
        ("time", |cost| cost.wall),
        ("processor time", |cost| cost.processor),
        ("memory", |cost| cost.memory),
    ];
    let empty = rows.iter().find(|row| row.kind == "empty");
    let mut within = true;
    let mut any = false;
    for large in rows.iter().filter(|row| row.size == 1000) {
        let Some(small) = rows
            .iter()
            .find(|row| row.kind == large.kind && row.size == 100)
        else {
            continue;
        };
        if !any {
            println!("\nfrom 100 to 1,000 nodes, times:\n");
            println!(
                "| graph | | check | debug build | release build |\n| --- | --- | ---: | ---: | ---: |"
            );
        }
        any = true;
        for (name, figure) in FIGURES {
            let pairs = small.costs.iter().zip(&large.costs);
            let ratios: Vec<f64> = pairs
                .map(|(small, large)| figure(large) / figure(small))
                .collect();
            within &= ratios.iter().all(|&ratio| ratio <= LIMIT || ratio.is_nan());
            print!("| `{}` | {name} |", large.kind);
            ratios.iter().for_each(|ratio| print!(" {ratio:.1} |"));
            println!();
            let Some(empty) = empty else { continue };
            print!("| | above the empty leaf |");
            for step in 0..3 {
                let [none, small, large] =
                    [empty, small, large].map(|row| figure(&row.costs[step]));
                // A difference of a few hundredths is noise, and so is what is divided by it.
                match small - none > 0.05 * none {
                    true => print!(" {:.1} |", (large - none) / (small - none)),
                    false => print!(" {:.2} to {:.2} |", small - none, large - none),
                }
            }
            println!();
        }
    }
    if any {
        println!(
            "\neach at most {LIMIT} times: {}",
            if within { "yes" } else { "no" }
        );
    }
    Ok(())
}
