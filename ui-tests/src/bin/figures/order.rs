//! In which order the files of a crate can be read: a file's floor is one above the highest that it imports from. The
//! files of a circle are on one floor.

use crate::imports::Crate;
use petgraph::algo::{condensation, toposort};
use petgraph::graph::DiGraph;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The floor of each file, from 1; lists have none.
fn floors(all: &Crate) -> BTreeMap<String, usize> {
    let imports = all.imports();
    let mut graph = DiGraph::new();
    let files = imports.keys().filter(|file| !all.lists.contains(**file));
    let nodes: BTreeMap<&str, _> = files.map(|&file| (file, graph.add_node(file))).collect();
    for (file, others) in &imports {
        for other in others {
            if let (Some(&from), Some(&to)) = (nodes.get(file), nodes.get(other.as_str())) {
                graph.add_edge(to, from, ());
            }
        }
    }
    let circles = condensation(graph, true);
    let mut floors = vec![1; circles.node_count()];
    // What a condensation gives has no circle.
    for circle in toposort(&circles, None).unwrap_or_default() {
        for above in circles.neighbors(circle) {
            floors[above.index()] = floors[above.index()].max(floors[circle.index()] + 1);
        }
    }
    let each = circles.node_indices().flat_map(|circle| {
        let floor = floors[circle.index()];
        circles[circle]
            .iter()
            .map(move |&file| (file.to_owned(), floor))
    });
    each.collect()
}

/// For each top module: how many files, and between which floors. Lowest first.
pub fn table(all: &Crate) -> String {
    let mut modules: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (file, floor) in floors(all) {
        let module = file
            .split_once('/')
            .map_or(file.as_str(), |(module, _)| module);
        modules
            .entry(module.trim_end_matches(".rs").to_owned())
            .or_default()
            .push(floor);
    }
    let mut rows: Vec<_> = modules
        .into_iter()
        .map(|(module, mut floors)| {
            floors.sort_unstable();
            let (lowest, highest) = (floors.first().copied(), floors.last().copied());
            (
                highest.unwrap_or(0),
                lowest.unwrap_or(0),
                module,
                floors.len(),
            )
        })
        .collect();
    rows.sort();
    let mut text = String::from("| module | files | floors |\n| --- | ---: | --- |\n");
    for (highest, lowest, module, files) in rows {
        let _ = match lowest == highest {
            true => writeln!(text, "| `{module}` | {files} | {lowest} |"),
            false => writeln!(text, "| `{module}` | {files} | {lowest} to {highest} |"),
        };
    }
    text
}

#[test]
fn a_file_is_above_what_it_imports() {
    let mut all = Crate::default();
    all.add("lib.rs", "mod a; mod m;");
    all.add("a.rs", "pub struct A;");
    all.add("m/mod.rs", "mod b; mod c; pub use b::B;");
    all.add("m/b.rs", "use crate::a::A; use super::c::C; pub struct B;");
    all.add("m/c.rs", "use super::B; pub struct C;");
    all.add("d.rs", "use crate::m::B;");
    let found: Vec<_> = floors(&all).into_iter().collect();
    let expected = [
        ("a.rs", 1),
        ("d.rs", 3),
        ("lib.rs", 1),
        ("m/b.rs", 2),
        ("m/c.rs", 2),
    ];
    assert_eq!(
        found,
        expected.map(|(file, floor)| (file.to_owned(), floor))
    );
}
