//! Where the views of nodes are, for the steps that read and write them.

use super::memory::MemoryPlan;
use super::node::{Kind, Lowered};
use super::place::{Place, Region};
use super::view::View;

/// What is known when steps are made.
pub(super) struct Emit<'l> {
    pub lowered: &'l Lowered,
    pub memory: &'l MemoryPlan,
}

impl Emit<'_> {
    pub fn kind(&self, buffer: Option<usize>) -> Kind {
        buffer.map_or(Kind::Scalar, |buffer| self.lowered.buffers[buffer].kind)
    }

    /// Where a buffer is: its region, where it begins there, and how far it moves with a step of its loop.
    fn home(&self, buffer: usize) -> (Region, usize, usize) {
        let of = &self.lowered.buffers[buffer];
        if let Some((stack, each)) = of.stack {
            let (region, offset, _) = self.home(stack);
            return (region, offset, each);
        }
        match of.region {
            Region::Arena => (Region::Arena, self.memory.offsets[buffer], 0),
            region => (region, 0, 0),
        }
    }

    /// How many elements the memory of a buffer has.
    fn extent(&self, buffer: usize) -> usize {
        let of = &self.lowered.buffers[buffer];
        of.stack.map_or(of.len, |(stack, _)| self.extent(stack))
    }

    /// The place of a whole buffer.
    pub fn write(&self, buffer: usize) -> Place {
        let (region, offset, advance) = self.home(buffer);
        let len = self.lowered.buffers[buffer].len;
        Place {
            region,
            offset,
            advance,
            len,
            gap: 0,
        }
    }

    /// Buffers in the order in which they are opened, with their places: those of the arena as they lie there.
    pub fn writes(&self, buffers: &[usize]) -> (Vec<usize>, Vec<Place>) {
        let mut order = buffers.to_vec();
        order.sort_by_key(|&buffer| match self.home(buffer) {
            (Region::Arena, offset, _) => (0, offset, self.extent(buffer)),
            _ => (1, 0, 0),
        });
        let places = order.iter().map(|&buffer| self.write(buffer)).collect();
        (order, places)
    }

    /// The place of a view, for a step that writes these buffers of the same kind.
    pub fn read(&self, view: &View, writes: &[usize]) -> Place {
        let (region, start, advance) = self.home(view.buffer);
        let before = writes.iter().filter(|&&other| match self.home(other) {
            (Region::Arena, offset, _) => offset + self.extent(other) <= start,
            _ => false,
        });
        Place {
            region,
            offset: start + view.offset,
            advance: advance + view.advance,
            len: view.span(),
            gap: before.count(),
        }
    }

    /// The place of indices, for a step that writes this buffer.
    pub fn index(&self, view: &View, out: Option<usize>) -> Place {
        match self.kind(out) {
            Kind::Index => self.read(view, out.as_slice()),
            Kind::Scalar | Kind::Key => self.read(view, &[]),
        }
    }
}
