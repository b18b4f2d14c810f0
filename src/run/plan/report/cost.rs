//! What a step moves and computes.

use super::widths::Widths;
use crate::run::plan::member::Member;
use crate::run::plan::memory::accesses;
use crate::run::plan::node::{Lowered, Node, Work};
use crate::run::plan::pools::How;
use crate::run::plan::view::View;

/// Of one run of a step.
pub(super) struct Cost {
    pub bytes: u64,
    pub operations: u64,
}

/// That of a node; of a loop nothing.
pub(super) fn cost(lowered: &Lowered, node: &Node, widths: Widths) -> Cost {
    let width = |buffer: usize| widths.of(lowered.buffers[buffer].kind);
    let read = |view: &&View| distinct(view) * width(view.buffer);
    let whole = |buffer: usize| lowered.buffers[buffer].len as u64;
    let written = |buffer: &usize| whole(*buffer) * width(*buffer);
    match &node.work {
        Work::Chain(chain) => {
            let chain = &lowered.chains[*chain];
            let members = || {
                chain
                    .members
                    .iter()
                    .filter(|member| is_run(lowered, member))
            };
            let results = members().map(|member| member.result);
            let stored = results.filter(|&result| lowered.buffers[result].stored);
            let reads: u64 = lowered.reads(node).iter().map(read).sum();
            Cost {
                bytes: reads + stored.map(|result| written(&result)).sum::<u64>(),
                operations: members().count() as u64 * chain.count as u64,
            }
        }
        Work::Loop { .. } => Cost {
            bytes: 0,
            operations: 0,
        },
        Work::Small(nodes) => {
            let (reads, writes) = (lowered.reads(node), accesses(lowered, node).1);
            let inside = nodes
                .iter()
                .map(|node| cost(lowered, node, widths).operations);
            Cost {
                bytes: reads
                    .iter()
                    .map(read)
                    .chain(writes.iter().map(written))
                    .sum(),
                operations: inside.sum(),
            }
        }
        work => {
            let reads: u64 = work.reads().iter().map(read).sum();
            let writes: u64 = match work {
                // Of a stack only the entry of the step.
                Work::Copy {
                    parts, zero: false, ..
                } => {
                    let each = parts.iter().map(|part| part.from.count() as u64);
                    let width = node.writes.first().map_or(0, |&buffer| width(buffer));
                    each.sum::<u64>() * width
                }
                _ => node.writes.iter().map(written).sum(),
            };
            Cost {
                bytes: reads + writes,
                operations: operations(work),
            }
        }
    }
}

/// The operations on floats of what is no chain and no loop.
fn operations(work: &Work) -> u64 {
    match work {
        Work::Product {
            labels,
            left,
            right,
        } => {
            let once = labels.right.iter().zip(&right.dims);
            let once = once.filter(|(label, _)| !labels.left.contains(label));
            let dims = left.dims.iter().chain(once.map(|(_, dim)| dim));
            2 * dims.map(|&dim| dim as u64).product::<u64>()
        }
        Work::Patches { patches, .. } => 2 * patches.size() as u64,
        Work::Pool { how, pool, reads } => {
            let places = pool.places().iter().product::<usize>();
            let of_image = match how {
                How::SumGradient => places,
                How::Max | How::Sum | How::MaxGradient => pool.pixels(),
            };
            let images = reads.first().map_or(0, |view| view.count() / of_image);
            // Of a gradient each entry is compared and counted, and its share is a product that is added.
            let each = if *how == How::MaxGradient { 4 } else { 1 };
            (each * images * places * pool.entries()) as u64
        }
        Work::CumSum { x, .. } | Work::ScatterAdd { x, .. } | Work::Fold { x, .. } => {
            x.count() as u64
        }
        Work::ArgMax { x, .. } | Work::TopK { x, .. } => x.count() as u64,
        _ => 0,
    }
}

/// How many elements of its buffer a view reads: what repeats is there once.
fn distinct(view: &View) -> u64 {
    let axes = view.dims.iter().zip(&view.strides);
    let axes = axes.map(|(&dim, &stride)| if stride == 0 { dim.min(1) } else { dim });
    axes.map(|dim| dim as u64).product()
}

/// A reduction that nobody reads is not computed.
pub(super) fn is_run(lowered: &Lowered, member: &Member) -> bool {
    let is_stored = lowered.buffers[member.result].stored;
    is_stored || member.part.is_each()
}
