//! Elements that move: copies of views, joined values, values in zeros.

use super::node::Copied;
use super::place::{Memory, Place};
use super::view::joined;

/// One view, into a part of the result.
#[derive(Clone, Debug)]
struct CopyPart {
    from: Place,
    /// Where the first element goes.
    offset: usize,
    /// Of each axis its dim, how far apart its elements are, and how far apart they go.
    axes: Box<[[usize; 3]]>,
}

/// Copies views into one place.
#[derive(Clone, Debug)]
pub(super) struct CopyStep {
    parts: Box<[CopyPart]>,
    /// Whether there are zeros elsewhere.
    zero: bool,
    to: [Place; 1],
}

impl CopyStep {
    pub fn new<'p>(
        parts: impl Iterator<Item = (Place, &'p Copied)>,
        zero: bool,
        to: Place,
    ) -> CopyStep {
        let parts = parts.filter(|(_, part)| part.from.count() > 0);
        let parts = parts.map(|(from, part)| {
            let (dims, strides) = joined(&part.from.dims, &[&part.from.strides, &part.strides]);
            let axes = (0..dims.len()).map(|i| [dims[i], strides[0][i], strides[1][i]]);
            CopyPart {
                from,
                offset: part.offset,
                axes: axes.collect(),
            }
        });
        CopyStep {
            parts: parts.collect(),
            zero,
            to: [to],
        }
    }

    /// `zero` is what stands elsewhere.
    pub fn run<E: Copy>(&self, memory: &mut Memory<'_, '_, E>, zero: E, step: usize) {
        memory.open::<2, _>(&self.to, step, |opened| {
            if self.zero {
                opened.written[0].fill(zero);
            }
            for part in &self.parts {
                let from = opened.read(&part.from, step);
                copy_axes(&part.axes, from, &mut opened.written[0][part.offset..]);
            }
        });
    }
}

/// Copies elements along some axes. There is at least one.
fn copy_axes<E: Copy>(axes: &[[usize; 3]], from: &[E], to: &mut [E]) {
    match *axes {
        [] => to[0] = from[0],
        [[dim, 1, 1]] => to[..dim].copy_from_slice(&from[..dim]),
        [[dim, 0, 1]] => to[..dim].fill(from[0]),
        [[dim, a, b]] => {
            for i in 0..dim {
                to[i * b] = from[i * a];
            }
        }
        [[dim, a, b], ref rest @ ..] => {
            for i in 0..dim {
                copy_axes(rest, &from[i * a..], &mut to[i * b..]);
            }
        }
    }
}
