//! Chains as steps: a list of functions over blocks that stay in cache.

use super::elements::{Function, apply, join_each, join_row};
use super::float::Float;
use super::node::LARGEST;
use super::place::{Memory, Opened, Place};
use super::threads::pieces;
use super::walk::Walk;
use crate::program::Reduction;

/// How many elements a block has at most.
#[cfg(not(test))]
pub(super) const BLOCK: usize = 1024;
/// The programs of the tests are small, and are to have several.
#[cfg(test)]
pub(super) const BLOCK: usize = 16;

/// What a chain holds at once, by size: that of most, and that of the largest.
const SMALL: usize = 10;
/// More than a chain over one element writes.
const ONE: usize = 5;
const LARGE: usize = LARGEST + 1;

/// Where an operand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    /// In a register: a run of memory that holds a block.
    Register(u16),
    /// In a place that is read, whose elements lie beside each other.
    Read(u16),
    /// In a place that is written.
    Written(u16),
}

/// What a chain does with a block.
#[derive(Clone, Debug)]
pub(super) enum Action<T> {
    Apply(Function<T>, [Operand; 3], Operand),
    /// The same number in a register.
    Fill(T, u16),
    /// Elements of a place that do not lie beside each other, into a register.
    Load {
        from: u16,
        walk: Walk,
        to: u16,
    },
    /// Joins a block with a place that is written.
    Join {
        how: Reduction,
        x: Operand,
        walk: Walk,
        to: u16,
    },
}

/// A chain, to be run.
#[derive(Clone, Debug)]
pub(super) struct ChainStep<T> {
    pub count: usize,
    pub block: usize,
    pub reads: Box<[Place]>,
    pub writes: Box<[Place]>,
    /// What reductions begin with.
    pub first: Box<[(u16, T)]>,
    /// Once, before the first block.
    pub before: Box<[Action<T>]>,
    /// For each block.
    pub actions: Box<[Action<T>]>,
    pub registers: usize,
    pub cut: Option<Cut>,
}

/// Where a chain may be cut into parts that nothing joins: every so many elements, which are whole blocks and whole rows of sums.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub unit: usize,
    /// How many elements there are for one of what is written, for each of these places.
    pub rows: Box<[usize]>,
}

impl<T: Float> ChainStep<T> {
    /// How many functions of an element it is.
    pub fn size(&self) -> usize {
        self.count * self.actions.len()
    }

    pub fn run(
        &self,
        memory: &mut Memory<'_, '_, T>,
        registers: &mut [Vec<T>],
        threads: usize,
        step: usize,
    ) {
        let is_small = self.writes.len() < SMALL && self.reads.len() <= SMALL;
        if self.count == 1 && self.writes.len() < ONE {
            memory.open::<ONE, _>(&self.writes, step, |opened| {
                self.one(opened, registers, step);
            });
        } else if is_small {
            memory.open::<SMALL, _>(&self.writes, step, |opened| {
                self.parts::<SMALL, SMALL>(opened, registers, threads, step);
            });
        } else {
            memory.open::<LARGE, _>(&self.writes, step, |opened| {
                self.parts::<LARGE, LARGE>(opened, registers, threads, step);
            });
        }
    }

    fn parts<const W: usize, const R: usize>(
        &self,
        opened: &mut Opened<'_, '_, T, W>,
        registers: &mut [Vec<T>],
        threads: usize,
        step: usize,
    ) {
        let mut reads: [&[T]; R] = [&[]; R];
        for (slice, place) in reads.iter_mut().zip(&self.reads) {
            *slice = opened.read(place, step);
        }
        let written = &mut opened.written;
        for &(at, first) in &self.first {
            written[usize::from(at)].fill(first);
        }
        // There are registers for each thread.
        let sets = pieces(threads, self.size());
        match &self.cut {
            Some(cut) if sets > 1 => {
                let written = core::mem::replace(written, core::array::from_fn(|_| &mut [][..]));
                self.spread(cut, &reads, written, registers, [0, self.count], sets);
            }
            _ => self.part(&[], &reads, written, registers, [0, self.count]),
        }
    }

    /// The elements of a range, in halves on as many threads as there are sets of registers.
    fn spread<const W: usize>(
        &self,
        cut: &Cut,
        reads: &[&[T]],
        mut written: [&mut [T]; W],
        registers: &mut [Vec<T>],
        [start, end]: [usize; 2],
        sets: usize,
    ) {
        let (units, here) = ((end - start).div_ceil(cut.unit), sets / 2);
        if sets < 2 || units < 2 {
            return self.part(&cut.rows, reads, &mut written, registers, [start, end]);
        }
        let len = (units * here / sets).max(1) * cut.unit;
        let mut first: [&mut [T]; W] = core::array::from_fn(|_| &mut [][..]);
        let mut second: [&mut [T]; W] = core::array::from_fn(|_| &mut [][..]);
        for (((first, second), all), row) in first
            .iter_mut()
            .zip(&mut second)
            .zip(written)
            .zip(&cut.rows)
        {
            (*first, *second) = all.split_at_mut(len / row);
        }
        let (of_first, of_second) = registers.split_at_mut(here * self.registers);
        let middle = start + len;
        rayon::join(
            || self.spread(cut, reads, first, of_first, [start, middle], here),
            || self.spread(cut, reads, second, of_second, [middle, end], sets - here),
        );
    }

    /// The elements of a range, block by block. What is written begins with what the first of them gives.
    fn part(
        &self,
        rows: &[usize],
        reads: &[&[T]],
        written: &mut [&mut [T]],
        registers: &mut [Vec<T>],
        [start, end]: [usize; 2],
    ) {
        let mut block = Block {
            registers,
            reads,
            written,
            rows,
            start,
            at: start,
            len: self.block.min(end - start),
        };
        for action in &self.before {
            block.act(action);
        }
        while block.at < end {
            block.len = self.block.min(end - block.at);
            for action in &self.actions {
                block.act(action);
            }
            block.at += block.len;
        }
    }
}

/// The block at hand.
struct Block<'b, 'w, T> {
    registers: &'b mut [Vec<T>],
    reads: &'b [&'b [T]],
    written: &'b mut [&'w mut [T]],
    /// As in [`Cut`], if this is not all.
    rows: &'b [usize],
    start: usize,
    at: usize,
    len: usize,
}

impl<T: Float> Block<'_, '_, T> {
    #[inline]
    fn operand(&self, operand: Operand) -> &[T] {
        match operand {
            Operand::Register(i) => &self.registers[usize::from(i)][..self.len],
            Operand::Read(i) => &self.reads[usize::from(i)][self.at..][..self.len],
            Operand::Written(i) => {
                &self.written[usize::from(i)][self.at - self.start..][..self.len]
            }
        }
    }

    #[inline]
    fn act(&mut self, action: &Action<T>) {
        match action {
            Action::Apply(f, x, to) => self.apply(*f, x, *to),
            Action::Fill(number, to) => {
                self.registers[usize::from(*to)][..self.len].fill(*number);
            }
            Action::Load { from, walk, to } => {
                let mut register = core::mem::take(&mut self.registers[usize::from(*to)]);
                let from = self.reads[usize::from(*from)];
                walk.load(from, self.at, &mut register[..self.len]);
                self.registers[usize::from(*to)] = register;
            }
            Action::Join { how, x, walk, to } => {
                // What is joined is no operand of the same chain, so it may be away.
                let places = core::mem::take(&mut self.written[usize::from(*to)]);
                let x = self.operand(*x);
                let before = self.rows.get(usize::from(*to));
                let before = before.map_or(0, |row| self.start / row);
                walk.each_run(self.at, self.len, |offset, first, len| {
                    let offset = offset - before;
                    let x = &x[first..first + len];
                    match walk.stride {
                        0 => join_row(*how, &mut places[offset], x),
                        1 => join_each(*how, &mut places[offset..offset + len], x),
                        stride => {
                            let places = places[offset..].iter_mut().step_by(stride);
                            for (place, x) in places.zip(x) {
                                join_row(*how, place, core::slice::from_ref(x));
                            }
                        }
                    }
                });
                self.written[usize::from(*to)] = places;
            }
        }
    }

    #[inline]
    fn apply(&mut self, f: Function<T>, x: &[Operand; 3], to: Operand) {
        match to {
            Operand::Register(i) => {
                // No operand is in the register of the result.
                let mut out = core::mem::take(&mut self.registers[usize::from(i)]);
                apply(f, x.map(|x| self.operand(x)), &mut out[..self.len]);
                self.registers[usize::from(i)] = out;
            }
            Operand::Written(i) => {
                let out = core::mem::take(&mut self.written[usize::from(i)]);
                let here = &mut out[self.at - self.start..][..self.len];
                apply(f, x.map(|x| self.operand(x)), here);
                self.written[usize::from(i)] = out;
            }
            Operand::Read(_) => {}
        }
    }
}
