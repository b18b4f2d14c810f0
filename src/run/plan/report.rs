//! What a plan needs, known before it runs.

use super::memory::MemoryPlan;
use super::node::{Lowered, Node, Work};
use crate::tensor::Key;
use std::sync::Arc;

/// The memory of a plan, and what it is made of.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// The bytes of the arena, without inputs, outputs and constants.
    pub peak_bytes: u64,
    /// The largest sum of the bytes of values that are needed at once: no plan of these steps takes less.
    pub lower_bound: u64,
    /// The bytes of the registers of chains.
    pub register_bytes: u64,
    /// What each value with a name takes in the arena, in order.
    pub named: Vec<(Arc<str>, u64)>,
    /// How many steps a run has, those of loops counted once.
    pub steps: usize,
    /// The primitives that the reference interpreter runs.
    pub by_reference: Vec<String>,
}

impl Report {
    /// `registers` counts elements, of `scalar` bytes each.
    pub(super) fn new(
        lowered: &Lowered,
        memory: &MemoryPlan,
        registers: usize,
        scalar: usize,
    ) -> Self {
        let widths = [scalar, size_of::<usize>(), size_of::<Key>()];
        let bytes = |counts: [usize; 3]| {
            let each = counts.iter().zip(widths);
            each.map(|(&count, width)| count as u64 * width as u64)
                .sum()
        };
        let named = lowered.buffers.iter().zip(&memory.lives);
        let named = named.filter_map(|(buffer, life)| {
            let bytes = buffer.len as u64 * widths[buffer.kind as usize] as u64;
            life.and(buffer.name.clone()).map(|name| (name, bytes))
        });
        Report {
            peak_bytes: bytes(memory.sizes),
            lower_bound: bytes(memory.bounds),
            register_bytes: registers as u64 * scalar as u64,
            named: named.collect(),
            steps: steps(&lowered.nodes),
            by_reference: lowered.by_reference.clone(),
        }
    }
}

fn steps(nodes: &[Node]) -> usize {
    let of = |node: &Node| match &node.work {
        Work::Loop { nodes, .. } => steps(nodes),
        _ => 1, // a match over nodes: no other has nodes inside
    };
    nodes.iter().map(of).sum()
}
