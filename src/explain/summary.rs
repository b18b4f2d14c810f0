//! The rows of a graph, and the table of them.

use super::table::{Align, Table};
use super::text;
use crate::graph::node::Argument;
use crate::graph::nodes::Nodes;
use crate::program::Input;
use crate::tensor::{Dims, Type};
use core::fmt;
use std::collections::BTreeSet;

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An input.
    Input,
    /// An entry of the environment.
    Entry,
    /// A node.
    Node,
}

/// Where an argument of a node comes from. It prints as `3`, or as `env 0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A value of the graph, by its id.
    Value(usize),
    /// An entry of the environment, by its slot.
    Entry(usize),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Value(id) => write!(f, "{id}"),
            Source::Entry(slot) => write!(f, "env {slot}"),
        }
    }
}

/// An input, an entry of the environment, or a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: Kind,
    /// How others name it.
    pub id: Source,
    /// Its name; empty if it has none.
    pub name: String,
    /// The op of a node, the name of the graph it calls, or `input`, `indices`, `key`.
    pub op: String,
    /// Its dims.
    pub dims: Dims,
    /// What it is computed from: the parents in order, then the entries that its program reads.
    pub parents: Vec<Source>,
    /// How many elements it has.
    pub elements: usize,
    /// How many elements the inputs have that it reads itself, each counted once: the parameters of a node, and data where
    /// it reads data. A graph does not tell one from the other. 0 for what is no node.
    pub parameters: usize,
    /// The elements times the size of one. A scalar that keeps its digits elsewhere takes more.
    pub bytes: usize,
    /// How many multiply-adds computing it takes, as [`Program::multiply_adds`](crate::program::Program::multiply_adds) counts them. `None` for a node made
    /// from closures.
    pub multiply_adds: Option<u64>,
}

/// A graph as rows: the inputs, the entries of the environment, the nodes. It prints as a table.
///
/// ```
/// use cotangent::explain::Summary;
/// use cotangent::prelude::*;
/// graph! {
///     fn total(x: [2]) -> [] { sum(x) }
/// }
/// let summary: Summary = total::<f64>().summary();
/// assert_eq!((summary.name.as_str(), summary.rows.len()), ("total", 2));
/// assert!(summary.to_string().starts_with("total\n"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The name of the graph.
    pub name: String,
    /// The rows.
    pub rows: Vec<Row>,
    /// What it returns, in order: values among the rows. Labels that the graph computes have no row, and are left out.
    pub results: Vec<Source>,
}

impl Row {
    /// Of an input or an entry, where a scalar takes `size` bytes.
    fn input(kind: Kind, id: Source, input: &Input, size: usize) -> Row {
        let op = match (&input.ty, kind) {
            (Type::Scalar(..), _) => "input",
            (Type::Index { .. }, _) => "indices",
            (Type::Key(_), _) => "key",
        };
        let bytes = input.ty.bytes(size);
        Row {
            kind,
            id,
            name: input.name.to_string(),
            op: op.into(),
            dims: input.ty.dims().clone(),
            parents: Vec::new(),
            elements: input.ty.dims().count(),
            parameters: 0,
            bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
            multiply_adds: Some(0),
        }
    }
}

impl Summary {
    pub(super) fn of(graph: &Nodes, size: usize) -> Summary {
        let mut rows = Vec::with_capacity(graph.next_id());
        for (id, input) in graph.context().iter().enumerate() {
            rows.push(Row::input(Kind::Input, Source::Value(id), input, size));
        }
        for (slot, input) in graph.entries().iter().enumerate() {
            rows.push(Row::input(Kind::Entry, Source::Entry(slot), input, size));
        }
        let source = |argument| match argument {
            Argument::Value(id) => Source::Value(id),
            Argument::Entry(slot) => Source::Entry(slot),
        };
        for node in graph.nodes() {
            let read: BTreeSet<usize> = node.parents().into_iter().collect();
            let parameters = read.iter().filter_map(|&id| graph.context().get(id));
            let parameters = parameters.map(|input| input.ty.dims().count());
            let arguments = node.arguments_in_order().into_iter().map(source);
            let (mut parents, entries): (Vec<_>, Vec<_>) =
                arguments.partition(|source| matches!(source, Source::Value(_)));
            parents.extend(entries);
            rows.push(Row {
                kind: Kind::Node,
                id: Source::Value(node.id),
                name: node.name.to_owned(),
                op: node.op.to_owned(),
                dims: node.dims.clone(),
                parents,
                elements: node.dims.count(),
                parameters: parameters.fold(0, usize::saturating_add),
                bytes: node.dims.count().saturating_mul(size),
                multiply_adds: node.multiply_adds(),
            });
        }
        let results = graph.outputs();
        let results = results.iter().filter_map(|&id| graph.argument(id));
        Summary {
            name: graph.graph_id.name().into(),
            rows,
            results: results.map(source).collect(),
        }
    }

    /// The rows of the inputs: data and parameters.
    pub fn inputs(&self) -> impl Iterator<Item = &Row> {
        self.of_kind(Kind::Input)
    }

    /// The rows of the entries of the environment.
    pub fn entries(&self) -> impl Iterator<Item = &Row> {
        self.of_kind(Kind::Entry)
    }

    /// The rows of the nodes.
    pub fn nodes(&self) -> impl Iterator<Item = &Row> {
        self.of_kind(Kind::Node)
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.kind == kind)
    }

    /// The bytes of all rows: what `eval` holds in the end.
    pub fn bytes(&self) -> usize {
        let bytes = self.rows.iter().map(|row| row.bytes);
        bytes.fold(0, usize::saturating_add)
    }

    /// The multiply-adds of one forward run, without those of nodes made from closures, which nobody knows.
    pub fn multiply_adds(&self) -> u64 {
        let each = self.rows.iter().filter_map(|row| row.multiply_adds);
        each.fold(0, u64::saturating_add)
    }

    /// The row of an argument. The rows are in the order of the inputs, the entries and the nodes.
    pub(super) fn index_of(&self, source: Source) -> Option<usize> {
        self.rows.iter().position(|row| row.id == source)
    }
}

/// Arguments for a reader: `0, 1, env 0`, and `0 to 192` for four or more in a row.
fn runs(sources: &[Source]) -> String {
    let follows = |a: &Source, b: &Source| match (a, b) {
        (Source::Value(a), Source::Value(b)) => a + 1 == *b,
        _ => false,
    };
    let runs = sources.chunk_by(follows).flat_map(|run| match run {
        [first, _, .., _, last] => vec![format!("{first} to {last}")],
        run => run.iter().map(Source::to_string).collect(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// A table with a line for each row, and a line of totals.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use Align::{Left, Right};
        let mut table = Table::new([
            ("id", Right),
            ("name", Left),
            ("op", Left),
            ("shape", Left),
            ("parents", Left),
            ("elements", Right),
            ("parameters", Right),
            ("bytes", Right),
            ("multiply-adds", Right),
        ]);
        for row in &self.rows {
            table.push([
                row.id.to_string(),
                text::printable(&row.name),
                text::printable(&row.op),
                row.dims.to_string(),
                runs(&row.parents),
                text::grouped(row.elements as u64),
                match row.kind {
                    Kind::Node => text::grouped(row.parameters as u64),
                    Kind::Input | Kind::Entry => String::new(),
                },
                text::grouped(row.bytes as u64),
                row.multiply_adds.map_or("?".to_owned(), text::grouped),
            ]);
        }
        writeln!(f, "{}", text::printable(&self.name))?;
        write!(f, "{table}")?;
        writeln!(f, "{}", table.rule())?;
        f.write_str(&self.totals())
    }
}

impl Summary {
    /// The totals, in a sentence.
    pub(super) fn totals(&self) -> String {
        let elements = self.inputs().map(|row| row.elements);
        let elements = elements.fold(0, usize::saturating_add) as u64;
        let unknown = self.rows.iter().any(|row| row.multiply_adds.is_none());
        format!(
            "{} of {}, {}; {}, {}{} forward",
            text::count(self.inputs().count() as u64, "input"),
            text::count(elements, "element"),
            text::count(self.nodes().count() as u64, "node"),
            text::count(self.bytes() as u64, "byte"),
            if unknown { "at least " } else { "" },
            text::count(self.multiply_adds(), "multiply-add"),
        )
    }
}
