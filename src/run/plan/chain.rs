//! Chains as steps: lists of functions over blocks that stay in cache.

use super::float::Float;
use super::member::{Drawn, VIEWS};
use super::place::{Memory, Opened, Place};
use crate::tensor::Key;
use cotangent_kernels::{Block, Instruction, Join, Source, Target, Walk, mask, uniform};

/// How many elements a block has at most.
#[cfg(not(test))]
pub(super) const BLOCK: usize = 1024;
/// The programs of the tests are small, and are to have several.
#[cfg(test)]
pub(super) const BLOCK: usize = 16;

/// What a chain holds at once, by size: that of the smallest, that of most, and that of the largest.
const TINY: usize = 4;
const SMALL: usize = 10;
const LARGE: usize = VIEWS + 1;

/// What a chain does with a block.
#[derive(Clone, Debug)]
pub(super) enum Action<T> {
    /// Functions of each element, one after the other.
    Run(Vec<Instruction<T>>),
    /// Elements of a place that do not lie beside each other, into the registers from `to` on.
    Load { from: u16, walk: Walk, to: u32 },
    /// Random numbers: of each key so many elements.
    Draw {
        keys: Place,
        each: usize,
        drawn: Drawn,
        to: Target,
    },
    /// Joins a block with a place that is written. The block is in a slice or in registers.
    Join {
        how: Join,
        x: Source<T>,
        walk: Walk,
        to: u16,
    },
}

/// What a reduction makes: where, joined how, beginning with what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joined<T> {
    pub how: Join,
    pub to: u16,
    pub len: usize,
    pub first: T,
}

/// How a chain is cut.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    /// Every so many elements, which are whole blocks, and whole rows of what is joined by rows.
    pub part: usize,
    /// Into so many parts.
    pub parts: usize,
    /// For each place that is written how many elements there are for one of it; nothing if each part makes its own, which are
    /// joined in the end, in order.
    pub rows: Box<[Option<usize>]>,
    /// How many elements a part has of its own.
    pub own: usize,
    /// How much work all is.
    pub size: usize,
}

/// What a chain reads: scalars; and the keys, as they are in a step of the loop around it.
#[derive(Clone, Copy)]
pub(super) struct Given<'g, 'o, T> {
    scalars: &'g [&'g [T]],
    keys: &'g Memory<'g, 'o, Key>,
    step: usize,
}

/// A chain, to be run.
#[derive(Clone, Debug)]
pub(super) struct ChainStep<T> {
    pub count: usize,
    pub block: usize,
    pub reads: Box<[Place]>,
    pub writes: Box<[Place]>,
    pub joined: Box<[Joined<T>]>,
    /// Once, before the first block.
    pub before: Box<[Action<T>]>,
    /// For each block.
    pub actions: Box<[Action<T>]>,
    /// How many elements the registers are.
    pub registers: usize,
    /// If it is worth being cut.
    pub cut: Option<Cut>,
}

impl<T: Float> ChainStep<T> {
    /// Runs it. In `room` are registers for each thread, then what its parts make.
    pub fn run(
        &self,
        memory: &mut Memory<'_, '_, T>,
        keys: &Memory<'_, '_, Key>,
        room: &mut [T],
        threads: usize,
        step: usize,
    ) {
        let most = self.reads.len().max(self.writes.len() + 1);
        if most <= TINY {
            memory.open::<TINY, _>(&self.writes, step, |opened| {
                self.opened::<TINY, TINY>(opened, keys, room, threads, step);
            });
        } else if most <= SMALL {
            memory.open::<SMALL, _>(&self.writes, step, |opened| {
                self.opened::<SMALL, SMALL>(opened, keys, room, threads, step);
            });
        } else {
            memory.open::<LARGE, _>(&self.writes, step, |opened| {
                self.opened::<LARGE, LARGE>(opened, keys, room, threads, step);
            });
        }
    }

    fn opened<const W: usize, const R: usize>(
        &self,
        opened: &mut Opened<'_, '_, T, W>,
        keys: &Memory<'_, '_, Key>,
        room: &mut [T],
        threads: usize,
        step: usize,
    ) {
        let mut reads: [&[T]; R] = [&[]; R];
        for (slice, place) in reads.iter_mut().zip(&self.reads) {
            *slice = opened.read(place, step);
        }
        let scalars = &reads[..self.reads.len()];
        let written = &mut opened.written;
        for joined in &self.joined {
            written[usize::from(joined.to)].fill(joined.first);
        }
        let given = Given {
            scalars,
            keys,
            step,
        };
        match &self.cut {
            Some(cut) => self.by_parts(cut, given, written, room, threads),
            None => self.range(&[], given, written, room, [0, self.count]),
        }
    }

    /// The elements of a range, block by block. What is written begins with what the first of them gives; `rows` is as in
    /// [`Cut`], if the range is not all.
    pub(super) fn range(
        &self,
        rows: &[Option<usize>],
        given: Given<'_, '_, T>,
        written: &mut [&mut [T]],
        registers: &mut [T],
        [start, end]: [usize; 2],
    ) {
        let mut range = Range {
            rows,
            start,
            given,
            block: Block {
                registers,
                reads: given.scalars,
                written,
                read_at: start,
                write_at: 0,
                len: self.block.min(end - start),
            },
        };
        for action in &self.before {
            range.act(action);
        }
        while range.block.read_at < end {
            range.block.len = self.block.min(end - range.block.read_at);
            for action in &self.actions {
                range.act(action);
            }
            range.block.read_at += range.block.len;
            range.block.write_at += range.block.len;
        }
    }
}

/// A range, with the block at hand.
struct Range<'b, 'w, 'o, T> {
    rows: &'b [Option<usize>],
    start: usize,
    given: Given<'b, 'o, T>,
    block: Block<'b, 'w, T>,
}

impl<T: Float> Range<'_, '_, '_, T> {
    #[inline]
    fn act(&mut self, action: &Action<T>) {
        let (at, len) = (self.block.read_at, self.block.len);
        match action {
            Action::Run(list) => {
                // All that it names is there, and no result is in its operands: so it was compiled.
                let done = self.block.run(list);
                debug_assert_eq!(done, Ok(()));
            }
            Action::Load { from, walk, to } => {
                let from = self.block.reads[usize::from(*from)];
                let to = &mut self.block.registers[*to as usize..][..len];
                walk.load(from, at, to);
            }
            Action::Draw {
                keys,
                each,
                drawn,
                to,
            } => {
                let keys = self.given.keys.read(keys, self.given.step);
                let mut out = match *to {
                    Target::Register(to) => &mut self.block.registers[to as usize..][..len],
                    Target::Written(to) => {
                        let to = &mut self.block.written[usize::from(to)];
                        &mut to[self.block.write_at..][..len]
                    }
                };
                let (mut key, mut first) = (at / each, at % each);
                while !out.is_empty() {
                    let here = (each - first).min(out.len());
                    let (of_key, rest) = out.split_at_mut(here);
                    let (halves, at) = (keys[key].halves, first as u64);
                    match *drawn {
                        Drawn::Mask(keep) => mask(halves, at, keep, of_key),
                        Drawn::Uniform => uniform(halves, at, of_key),
                    }
                    (key, first, out) = (key + 1, 0, rest);
                }
            }
            Action::Join { how, x, walk, to } => {
                // What is joined is no operand of the same chain, so it may be away.
                let places = core::mem::take(&mut self.block.written[usize::from(*to)]);
                let before = self.rows.get(usize::from(*to)).copied().flatten();
                let before = before.map_or(0, |row| self.start / row);
                let x = self.elements(*x);
                how.along(walk, at, x, places, before);
                self.block.written[usize::from(*to)] = places;
            }
        }
    }

    /// The elements of the block at a source.
    #[inline]
    fn elements(&self, source: Source<T>) -> &[T] {
        let block = &self.block;
        let (all, at): (&[T], usize) = match source {
            Source::Register(at) => (block.registers, at as usize),
            Source::Read(i) => (block.reads[usize::from(i)], block.read_at),
            Source::Written(i) => (&*block.written[usize::from(i)], block.write_at),
            // What is the same everywhere is put into registers to be joined.
            Source::First(_) | Source::Number(_) => return &[],
        };
        &all[at..][..block.len]
    }
}
