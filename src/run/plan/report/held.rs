//! The memory of a plan: which values there are, how large they are, where they lie, and when.

use super::widths::Widths;
use crate::run::plan::memory::{MemoryPlan, accesses};
use crate::run::plan::node::{Kind, Lowered, Node, Work};
use crate::run::plan::origin::Origin;
use crate::run::plan::place::Region;

/// The memory of a plan, known before its first run. It prints as a table.
///
/// Values that stay in the cache, because the steps that take them are fused with the step that makes them, take no memory
/// and are not listed. What a loop keeps for each step is one value.
///
/// ```
/// use cotangent::prelude::*;
/// let g: GraphData<f32, _, _, _> = graph!(|x: [64, 64], w: [64, 64]| {
///     let h = tanh(matmul(x, w));
///     sum(matmul(h, w))
/// });
/// let memory = g.plan().memory();
/// // Two matrices at once: the tanh takes the place of its operand, and the second product needs another.
/// assert_eq!((memory.peak, memory.lower_bound), (2 * 64 * 64 * 4, 2 * 64 * 64 * 4));
/// assert_eq!((memory.inputs, memory.outputs), (2 * 64 * 64 * 4, 4));
/// assert_eq!(memory.of("h"), Some(64 * 64 * 4));
/// println!("{memory}");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    /// The bytes of the arena in which values lie that are neither inputs nor outputs nor constants.
    pub peak: u64,
    /// The largest sum of the bytes of values that are needed at once: no arena for these steps takes less.
    pub lower_bound: u64,
    /// The bytes of the registers, which hold blocks of values inside of fused steps.
    pub registers: u64,
    /// The bytes of the inputs, which are read where the caller has them.
    pub inputs: u64,
    /// The bytes of the outputs, which are written where the caller gets them.
    pub outputs: u64,
    /// The bytes of the constants, which all that share a plan share.
    pub constants: u64,
    /// The values, in the order in which they are made.
    pub values: Vec<Held>,
}

/// A value that takes memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What makes it.
    pub origin: Origin,
    /// How many bytes it takes.
    pub bytes: u64,
    /// Where it lies.
    pub lies: Lies,
    /// The first and the last step that need it, by number.
    pub steps: (usize, usize),
    /// The value whose place it takes, by its place among the values: the step that makes it is the last to read that.
    pub over: Option<usize>,
}

/// Where a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lies {
    /// In the arena, so many bytes after its beginning: scalars, then indices, then keys.
    Arena(u64),
    /// In an input, by its number among those of its kind.
    Input(usize),
    /// In an output, likewise.
    Output(usize),
    /// In a constant, likewise.
    Constant(usize),
}

impl Memory {
    /// How many bytes the values of a name take in all, if there are any.
    pub fn of(&self, name: &str) -> Option<u64> {
        let of = self.values.iter().filter(|held| &*held.origin.name == name);
        of.map(|held| held.bytes).reduce(|a, b| a + b)
    }
}

/// The values that take memory, and for each buffer the place of its value among them.
pub(super) fn values(
    lowered: &Lowered,
    memory: &MemoryPlan,
    widths: Widths,
) -> (Vec<Held>, Vec<Option<usize>>) {
    let spans = spans(lowered);
    let mut rows = vec![None; lowered.buffers.len()];
    let mut values: Vec<Held> = Vec::new();
    let starts = starts(memory, widths);
    for (at, buffer) in lowered.buffers.iter().enumerate() {
        let used = buffer.stack.is_none() && memory.lives[at].is_some();
        let Some(steps) = spans[at].filter(|_| used) else {
            continue;
        };
        let width = widths.of(buffer.kind);
        let lies = match buffer.region {
            Region::Arena => {
                let offset = memory.offsets[at] as u64 * width;
                Lies::Arena(starts[buffer.kind as usize] + offset)
            }
            Region::Input(i) => Lies::Input(i),
            Region::Output(i) => Lies::Output(i),
            Region::Constant(i) => Lies::Constant(i),
        };
        rows[at] = Some(values.len());
        values.push(Held {
            origin: buffer.origin.clone(),
            bytes: buffer.len as u64 * width,
            lies,
            steps,
            over: memory.replaces[at],
        });
    }
    for held in &mut values {
        held.over = held.over.and_then(|buffer| rows[buffer]);
    }
    // A part of a stack is where the stack is.
    for (at, buffer) in lowered.buffers.iter().enumerate() {
        let mut home = buffer.stack;
        while let Some((stack, _)) = home {
            rows[at] = rows[stack];
            home = lowered.buffers[stack].stack;
        }
    }
    (values, rows)
}

/// Where the elements of each kind begin.
fn starts(memory: &MemoryPlan, widths: Widths) -> [u64; 3] {
    let of = |kind: Kind| memory.sizes[kind as usize] as u64 * widths.of(kind);
    let (scalars, indices) = (of(Kind::Scalar), of(Kind::Index));
    [0, scalars, scalars + indices]
}

/// For each buffer the first and the last step that read or write it, by number.
fn spans(lowered: &Lowered) -> Vec<Option<(usize, usize)>> {
    struct Spans<'l> {
        lowered: &'l Lowered,
        next: usize,
        spans: Vec<Option<(usize, usize)>>,
    }
    impl Spans<'_> {
        fn visit(&mut self, nodes: &[Node]) {
            for node in nodes {
                let step = self.next;
                self.next += 1;
                if let Work::Loop { nodes, .. } = &node.work {
                    self.visit(nodes);
                }
                let (reads, writes) = accesses(self.lowered, node);
                for buffer in reads.into_iter().chain(writes) {
                    self.touch(buffer, step);
                }
            }
        }

        fn touch(&mut self, buffer: usize, step: usize) {
            if let Some((stack, _)) = self.lowered.buffers[buffer].stack {
                self.touch(stack, step);
            }
            let span = self.spans[buffer].get_or_insert((step, step));
            *span = (span.0.min(step), span.1.max(step));
        }
    }
    let mut all = Spans {
        lowered,
        next: 0,
        spans: vec![None; lowered.buffers.len()],
    };
    all.visit(&lowered.nodes);
    all.spans
}
