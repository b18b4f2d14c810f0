//! The tiles of all images, on some threads.

use super::product::{Patches, Role};
use crate::run::plan::float::Float;
use crate::run::plan::place::{Memory, Place};
use crate::run::plan::threads::pieces;

/// A product with the windows of images, to be run.
#[derive(Clone, Debug)]
pub(in crate::run::plan) struct PatchesStep {
    pub patches: Patches,
    /// The two factors, in the order `x`, `w`, `y`.
    pub reads: [Place; 2],
    /// The result, and the sums of weights that it is the sum of, if they are several; as they lie in the arena.
    pub writes: Box<[Place]>,
    /// Which of these is the result.
    pub result: usize,
}

/// Where the factors and the result of a part are.
struct Part<'p, T> {
    a: &'p [T],
    b: &'p [T],
    c: &'p mut [T],
}

impl PatchesStep {
    pub fn size(&self) -> usize {
        self.patches.size()
    }

    /// How many elements each thread holds.
    pub fn held(&self) -> usize {
        self.patches.held().iter().sum()
    }

    pub fn run<T: Float>(
        &self,
        memory: &mut Memory<'_, '_, T>,
        held: &mut [Vec<T>],
        threads: usize,
        step: usize,
    ) {
        memory.open::<3, _>(&self.writes, step, |opened| {
            let [a, b] = [0, 1].map(|i| opened.read(&self.reads[i], step));
            let [first, second, _] = &mut opened.written;
            let (c, parts) = match self.result {
                0 => (&mut **first, &mut **second),
                _ => (&mut **second, &mut **first),
            };
            let threads = pieces(threads, self.size()).min(held.len());
            if self.patches.role == Role::Weights {
                self.weights(a, b, c, parts, &mut held[..threads]);
            } else {
                let count = self.count();
                self.spread(0..count, Part { a, b, c }, &mut held[..threads]);
            }
        });
    }

    /// How many entries the first axis around has.
    fn count(&self) -> usize {
        self.patches.outer.first().map_or(1, |axis| axis[0])
    }

    /// How far apart the entries of an axis are in the factors and in the result.
    fn strides(&self, [_, x, w, y]: [usize; 4]) -> [usize; 3] {
        match self.patches.role {
            Role::Result => [x, w, y],
            Role::Weights => [x, y, w],
            Role::Images => [w, y, x],
        }
    }

    /// Some entries of the first axis, in halves on as many threads as hold something, if what they make is apart.
    fn spread<T: Float>(
        &self,
        entries: core::ops::Range<usize>,
        part: Part<'_, T>,
        held: &mut [Vec<T>],
    ) {
        let [i, j, k] = self.strides(self.patches.outer.first().copied().unwrap_or_default());
        let here = held.len() / 2;
        if here > 0 && entries.len() > 1 && self.is_apart(k) {
            let half = (entries.len() * here / held.len()).max(1);
            let (of_one, of_other) = held.split_at_mut(here);
            let middle = entries.start + half;
            let (c, rest) = part.c.split_at_mut(half * k);
            let one = Part { c, ..part };
            let other = Part { c: rest, ..part };
            rayon::join(
                || self.spread(entries.start..middle, one, of_one),
                || self.spread(middle..entries.end, other, of_other),
            );
            return;
        }
        // `c` begins with the first of the entries.
        for (number, at) in entries.enumerate() {
            let part = Part {
                a: &part.a[at * i..],
                b: &part.b[at * j..],
                c: &mut part.c[number * k..],
            };
            let rest = self.patches.outer.get(1..).unwrap_or_default();
            self.each(rest, part, &mut held[0]);
        }
    }

    /// Whether what an entry of the first axis makes lies before what the next makes.
    fn is_apart(&self, first: usize) -> bool {
        let Patches { outer, .. } = &self.patches;
        let rest = outer.get(1..).unwrap_or_default();
        let own = match self.patches.role {
            Role::Result => {
                let [f, p] = self.patches.of_y;
                let places = self.patches.places[0] * self.patches.places[1];
                [(self.patches.filters, f), (places, p)]
            }
            _ => [
                (
                    self.patches.channels * self.patches.image[0] * self.patches.image[1],
                    1,
                ),
                (1, 0),
            ],
        };
        let others = rest.iter().map(|&axis| (axis[0], self.strides(axis)[2]));
        let span: usize = others
            .chain(own)
            .map(|(dim, by)| dim.saturating_sub(1) * by)
            .sum();
        span < first
    }

    /// The products along some axes.
    fn each<T: Float>(&self, axes: &[[usize; 4]], part: Part<'_, T>, held: &mut [T]) {
        match axes {
            [] => self
                .patches
                .multiply(part.a, part.b, part.c, &mut held[..self.held()]),
            [axis, rest @ ..] => {
                let [i, j, k] = self.strides(*axis);
                for at in 0..axis[0] {
                    let part = Part {
                        a: &part.a[at * i..],
                        b: &part.b[at * j..],
                        c: &mut part.c[at * k..],
                    };
                    self.each(rest, part, held);
                }
            }
        }
    }

    /// The weights: sums over parts of the first axis, which are added in order.
    fn weights<T: Float>(
        &self,
        a: &[T],
        b: &[T],
        c: &mut [T],
        parts: &mut [T],
        held: &mut [Vec<T>],
    ) {
        let count = self.patches.parts();
        if count < 2 {
            let part = Part { a, b, c: &mut *c };
            self.summed([0, self.count()], part, &mut held[0]);
            return self.patches.turn(c, &mut held[0]);
        }
        let sums = Part {
            a,
            b,
            c: &mut *parts,
        };
        self.sums([0, count], sums, held);
        let mut sums = parts.chunks_exact(c.len());
        if let Some(first) = sums.next() {
            c.copy_from_slice(first);
        }
        for sum in sums {
            for (c, &more) in c.iter_mut().zip(sum) {
                *c += more;
            }
        }
        self.patches.turn(c, &mut held[0]);
    }

    /// Some of the sums, in halves on as many threads as hold something.
    fn sums<T: Float>(&self, [start, end]: [usize; 2], part: Part<'_, T>, held: &mut [Vec<T>]) {
        let here = held.len() / 2;
        let each = self.patches.weights;
        if here > 0 && end - start > 1 {
            let middle = start + ((end - start) * here / held.len()).max(1);
            let (c, rest) = part.c.split_at_mut((middle - start) * each);
            let (of_one, of_other) = held.split_at_mut(here);
            let one = Part { c, ..part };
            let other = Part { c: rest, ..part };
            rayon::join(
                || self.sums([start, middle], one, of_one),
                || self.sums([middle, end], other, of_other),
            );
            return;
        }
        let (count, parts) = (self.count(), self.patches.parts());
        for (at, c) in (start..end).zip(part.c.chunks_exact_mut(each)) {
            let entries = [at * count / parts, (at + 1) * count / parts];
            self.summed(entries, Part { c, ..part }, &mut held[0]);
        }
    }

    /// The sum over some entries of the first axis.
    fn summed<T: Float>(&self, [start, end]: [usize; 2], part: Part<'_, T>, held: &mut [T]) {
        part.c.fill(T::zero());
        let [first, rest @ ..] = &*self.patches.outer else {
            return self.each(&[], part, held);
        };
        let [i, j, k] = self.strides(*first);
        for at in start..end {
            let part = Part {
                a: &part.a[at * i..],
                b: &part.b[at * j..],
                c: &mut part.c[at * k..],
            };
            self.each(rest, part, held);
        }
    }
}
