//! The step of a pool, or of the gradient of one.

use super::pooling::How;
use crate::run::plan::float::Float;
use crate::run::plan::place::{Memory, Place};
use crate::run::plan::threads::pieces;
use cotangent_kernels::Pool;

/// A pool, to be run.
#[derive(Clone, Debug)]
pub(in crate::run::plan) struct PoolStep {
    pub how: How,
    pub pool: Pool,
    /// In the order of [`How`].
    pub reads: Vec<Place>,
    pub to: Place,
}

/// How much work an entry of a window is, likewise: rows of 12 places with 2 × 2 entries each take 1 ns for an entry, where a
/// multiplication takes 0.03.
const ENTRY: usize = 16;

/// What some images are made of, and into what.
struct Part<'p, T> {
    reads: [&'p [T]; 3],
    to: &'p mut [T],
}

impl PoolStep {
    /// How much work it is, if a multiplication of a product is 1.
    pub fn size(&self) -> usize {
        let pooled = match self.how {
            How::Max | How::Sum => &self.to,
            How::MaxGradient => &self.reads[1],
            How::SumGradient => &self.reads[0],
        };
        pooled.len * self.pool.entries() * ENTRY
    }

    /// How many elements each thread holds.
    pub fn held(&self) -> usize {
        self.pool.held()
    }

    pub fn run<T: Float>(
        &self,
        memory: &mut Memory<'_, '_, T>,
        held: &mut [Vec<T>],
        threads: usize,
        step: usize,
    ) {
        memory.open::<2, _>(&[self.to], step, |opened| {
            let mut reads = [&[][..]; 3];
            for (read, place) in reads.iter_mut().zip(&self.reads) {
                *read = opened.read(place, step);
            }
            let to = &mut *opened.written[0];
            let images = match self.how {
                How::Max | How::Sum => reads[0].len(),
                How::MaxGradient | How::SumGradient => to.len(),
            } / self.pool.pixels();
            let threads = pieces(threads, self.size()).min(held.len());
            self.images(images, Part { reads, to }, &mut held[..threads]);
        });
    }

    /// Some images, in halves on as many threads as hold something.
    fn images<T: Float>(&self, images: usize, part: Part<'_, T>, held: &mut [Vec<T>]) {
        let here = held.len() / 2;
        if here == 0 || images < 2 {
            return self.each(part, &mut held[0]);
        }
        let first = (images * here / held.len()).max(1);
        let (of_one, of_other) = held.split_at_mut(here);
        let halves = part
            .reads
            .map(|read| read.split_at(read.len() / images * first));
        let (to, rest) = part.to.split_at_mut(part.to.len() / images * first);
        let one = Part {
            reads: halves.map(|(x, _)| x),
            to,
        };
        let other = Part {
            reads: halves.map(|(_, x)| x),
            to: rest,
        };
        rayon::join(
            || self.images(first, one, of_one),
            || self.images(images - first, other, of_other),
        );
    }

    fn each<T: Float>(&self, part: Part<'_, T>, held: &mut [T]) {
        let Part { reads, to } = part;
        let done = match self.how {
            How::Max => self.pool.max(reads[0], to, held),
            How::Sum => self.pool.sum(reads[0], to, held),
            How::MaxGradient => self.pool.max_gradient(reads, to, held),
            How::SumGradient => self.pool.sum_gradient(reads[0], to, held),
        };
        // The places are as long as the program says.
        debug_assert_eq!(done, Ok(()));
    }
}
