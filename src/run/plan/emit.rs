//! From nodes to steps: each view becomes a place.

use super::along::CumSumStep;
use super::compile::compile;
use super::copy::CopyStep;
use super::float::Float;
use super::index::{ArgMaxStep, GatherStep, OneHotStep, ScatterStep, ToIndexStep, ToScalarStep};
use super::keys::{FoldInStep, Folded};
use super::node::{Kind, Node, Work};
use super::patches::PatchesStep;
use super::places::Emit;
use super::pools::PoolStep;
use super::product::ProductStep;
use super::small::SmallStep;
use super::step::Step;
use super::top::TopKStep;
use super::user_kernel::KernelStep;
use super::window::WindowStep;
use crate::program::Entries;

impl Emit<'_> {
    /// The steps of some nodes.
    pub fn steps<T: Float>(&self, nodes: &[Node]) -> Vec<Step<T>> {
        nodes.iter().map(|node| self.step(node)).collect()
    }

    fn step<T: Float>(&self, node: &Node) -> Step<T> {
        let out = node.writes.first().copied();
        // Every node but a chain and a loop writes one buffer.
        let to = || self.write(out.unwrap_or(0));
        let own = out.as_slice();
        match &node.work {
            Work::Chain(chain) => Step::Chain(compile(self, &self.lowered.chains[*chain])),
            Work::Small(nodes) => Step::Small(SmallStep::of(self, nodes)),
            Work::Loop {
                length,
                reverse,
                nodes,
                ..
            } => Step::Loop {
                length: *length,
                reverse: *reverse,
                steps: self.steps(nodes),
            },
            Work::Copy {
                parts,
                zero,
                advance,
            } => {
                let mut to = to();
                to.advance += advance;
                if *advance > 0 {
                    to.len = *advance;
                }
                let parts = parts.iter().map(|part| (self.read(&part.from, own), part));
                let copy = CopyStep::new(parts, *zero, to);
                match self.kind(out) {
                    Kind::Scalar => Step::Copy(copy),
                    Kind::Index => Step::CopyIndices(copy),
                    Kind::Key => Step::CopyKeys(copy),
                }
            }
            Work::Product {
                labels,
                left,
                right,
            } => {
                let places = [self.read(left, own), self.read(right, own)];
                Step::Product(ProductStep::new(labels, [left, right], places, to()))
            }
            Work::Patches {
                patches,
                left,
                right,
            } => {
                let (order, writes) = self.writes(&node.writes);
                Step::Patches(PatchesStep {
                    reads: [self.read(left, &order), self.read(right, &order)],
                    writes: writes.into(),
                    result: order.iter().position(|at| Some(*at) == out).unwrap_or(0),
                    patches: patches.clone(),
                })
            }
            Work::Pool { how, pool, reads } => Step::Pool(Box::new(PoolStep {
                how: *how,
                pool: (**pool).clone(),
                reads: reads.iter().map(|x| self.read(x, own)).collect(),
                to: to(),
            })),
            Work::Gather {
                prim,
                dims,
                table,
                indices,
            } => {
                let gather = GatherStep {
                    entries: Entries::of(dims, prim.batch, prim.axis),
                    table: self.read(table, own),
                    indices: self.index(indices, out),
                    to: to(),
                };
                match self.kind(out) {
                    Kind::Scalar => Step::Gather(gather),
                    Kind::Index => Step::GatherIndices(gather),
                    Kind::Key => Step::GatherKeys(gather),
                }
            }
            Work::ScatterAdd {
                prim,
                dims,
                x,
                indices,
            } => Step::ScatterAdd(ScatterStep {
                entries: Entries::of(dims, prim.batch, prim.axis),
                x: self.read(x, own),
                indices: self.index(indices, out),
                to: to(),
            }),
            Work::OneHot { classes, indices } => Step::OneHot(OneHotStep {
                classes: *classes,
                indices: self.index(indices, out),
                to: to(),
            }),
            Work::ToScalar { indices } => Step::ToScalar(ToScalarStep {
                indices: self.index(indices, out),
                to: to(),
            }),
            Work::ToIndex { x } => Step::ToIndex(ToIndexStep {
                x: self.read(x, &[]),
                to: to(),
            }),
            Work::ArgMax { prim, smallest, x } => {
                let place = self.read(x, &[]);
                Step::ArgMax(ArgMaxStep::new(prim, *smallest, &x.dims, place, to()))
            }
            Work::TopK { prim, x } => {
                Step::TopK(TopKStep::new(prim, &x.dims, self.read(x, &[]), to()))
            }
            Work::CumSum { prim, x } => {
                Step::CumSum(CumSumStep::new(prim, &x.dims, self.read(x, own), to()))
            }
            Work::Unfold { prim, image, x } => Step::Unfold(WindowStep {
                window: prim.0,
                image: *image,
                x: self.read(x, own),
                to: to(),
            }),
            Work::Fold { prim, x } => Step::Fold(WindowStep {
                window: prim.0,
                image: prim.1,
                x: self.read(x, own),
                to: to(),
            }),
            Work::Kernel {
                kernel,
                tensors,
                labels,
            } => {
                let (opened, to) = self.writes(&node.writes);
                let place = |buffer| opened.iter().position(|other| other == buffer);
                Step::Kernel(Box::new(KernelStep {
                    kernel: kernel.clone(),
                    tensors: tensors.iter().map(|x| self.read(x, &opened)).collect(),
                    labels: labels.iter().map(|x| self.read(x, &[])).collect(),
                    to: to.into(),
                    // They are the same buffers.
                    order: node.writes.iter().filter_map(place).collect(),
                }))
            }
            Work::FoldIn { number, keys } => Step::FoldIn(FoldInStep {
                keys: self.read(keys, own),
                folded: Folded::Number(*number),
                to: to(),
            }),
            Work::FoldInIndex { keys, indices } => Step::FoldIn(FoldInStep {
                keys: self.read(keys, own),
                folded: Folded::Indices(self.index(indices, out)),
                to: to(),
            }),
        }
    }
}
