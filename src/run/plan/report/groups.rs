//! The steps of a plan, as they are shown.

use super::cost::{Cost, cost, is_run};
use super::widths::Widths;
use crate::run::plan::memory::accesses;
use crate::run::plan::node::{Lowered, Node, Work};
use crate::run::plan::origin::Origin;
use crate::run::plan::pools::How;

/// A step: elementwise instructions that run block by block as one with the reductions at their end, a product, a copy, or a
/// loop with steps of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanStep {
    /// Its number: steps are counted from 0 as they stand, a loop before what is inside of it.
    pub number: usize,
    /// What it does.
    pub part: Part,
    /// The nodes that it computes. Of a chain all of its members, which are run as one.
    pub origins: Vec<Origin>,
    /// The values that it reads, by their places among those of the memory.
    pub reads: Vec<usize>,
    /// The values that it writes, likewise.
    pub writes: Vec<usize>,
    /// How many bytes it reads and writes each time it runs, each element counted once.
    pub bytes: u64,
    /// How many operations on floats it does each time it runs: two for each multiply-add of a product, one for each element
    /// of a function, a sum or a comparison, whatever the function is.
    pub operations: u64,
    /// The steps inside of a loop.
    pub inside: Vec<PlanStep>,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Elementwise functions over a space of so many elements, and reductions of them.
    Chain {
        /// How many elements the space has.
        elements: usize,
    },
    /// A matrix product, or many.
    Product {
        /// The multiply-adds.
        multiply_adds: u64,
    },
    /// Work over small values, which stay in registers from one to the next.
    Small {
        /// How many chains, products and copies it is.
        steps: usize,
    },
    /// Anything else, by name: `copy`, `gather`.
    Other(&'static str),
    /// Steps that are run so many times.
    Loop {
        /// How many times.
        length: usize,
    },
}

impl PlanStep {
    /// What it does, in a word.
    pub fn what(&self) -> &'static str {
        match self.part {
            Part::Chain { .. } => "chain",
            Part::Product { .. } => "product",
            Part::Small { .. } => "small",
            Part::Other(name) => name,
            Part::Loop { .. } => "loop",
        }
    }

    /// How many steps it is: itself, and those inside of it.
    pub fn count(&self) -> usize {
        1 + self.inside.iter().map(PlanStep::count).sum::<usize>()
    }

    /// Whether it is a loop.
    pub fn is_loop(&self) -> bool {
        matches!(self.part, Part::Loop { .. })
    }

    /// What a user knows it by: the names of its nodes, each once.
    pub fn title(&self) -> String {
        let mut titles: Vec<&str> = Vec::new();
        for origin in &self.origins {
            if !titles.contains(&origin.title()) {
                titles.push(origin.title());
            }
        }
        titles.join(", ")
    }
}

/// The steps of some nodes. `rows` has the value of each buffer, `next` is the next number.
pub(super) fn groups(
    lowered: &Lowered,
    nodes: &[Node],
    rows: &[Option<usize>],
    widths: Widths,
    next: &mut usize,
) -> Vec<PlanStep> {
    let each = nodes.iter().map(|node| {
        let number = *next;
        *next += 1;
        let (reads, writes) = accesses(lowered, node);
        let Cost { bytes, operations } = cost(lowered, node, widths);
        let mut group = PlanStep {
            number,
            part: part(lowered, node, operations),
            origins: origins(lowered, node),
            reads: values(&reads, rows),
            writes: values(&writes, rows),
            bytes,
            operations,
            inside: Vec::new(),
        };
        if let Work::Loop { length, nodes, .. } = &node.work {
            group.inside = groups(lowered, nodes, rows, widths, next);
            let times = *length as u64;
            group.bytes = group.inside.iter().map(|step| step.bytes * times).sum();
            group.operations = group
                .inside
                .iter()
                .map(|step| step.operations * times)
                .sum();
        }
        group
    });
    each.collect()
}

fn part(lowered: &Lowered, node: &Node, operations: u64) -> Part {
    match &node.work {
        Work::Chain(chain) => Part::Chain {
            elements: lowered.chains[*chain].count,
        },
        Work::Product { .. } | Work::Patches { .. } => Part::Product {
            multiply_adds: operations / 2,
        },
        Work::Loop { length, .. } => Part::Loop { length: *length },
        Work::Small(nodes) => Part::Small { steps: nodes.len() },
        Work::Copy { .. } => Part::Other("copy"),
        Work::Gather { .. } => Part::Other("gather"),
        Work::ScatterAdd { .. } => Part::Other("scatter_add"),
        Work::OneHot { .. } => Part::Other("one_hot"),
        Work::ToScalar { .. } => Part::Other("to_scalar"),
        Work::ToIndex { .. } => Part::Other("to_index"),
        Work::ArgMax { .. } => Part::Other("argmax"),
        Work::TopK { .. } => Part::Other("top_k"),
        Work::CumSum { .. } => Part::Other("cumsum"),
        Work::Pool { how, .. } => Part::Other(match how {
            How::Max => "max_pool",
            How::Sum => "sum_pool",
            How::MaxGradient => "max_pool_gradient",
            How::SumGradient => "sum_pool_gradient",
        }),
        Work::Unfold { .. } => Part::Other("unfold"),
        Work::Fold { .. } => Part::Other("fold"),
        Work::Kernel { .. } => Part::Other("kernel"),
        Work::FoldIn { .. } | Work::FoldInIndex { .. } => Part::Other("fold_in"),
    }
}

fn origins(lowered: &Lowered, node: &Node) -> Vec<Origin> {
    match node.work {
        Work::Chain(chain) => {
            let members = lowered.chains[chain].members.iter();
            let members = members.filter(|member| is_run(lowered, member));
            members
                .map(|member| lowered.buffers[member.result].origin.clone())
                .collect()
        }
        Work::Small(ref nodes) => nodes
            .iter()
            .flat_map(|node| origins(lowered, node))
            .collect(),
        _ => vec![node.origin.clone()],
    }
}

fn values(buffers: &[usize], rows: &[Option<usize>]) -> Vec<usize> {
    let mut all = Vec::new();
    for row in buffers.iter().filter_map(|&buffer| rows[buffer]) {
        if !all.contains(&row) {
            all.push(row);
        }
    }
    all
}
