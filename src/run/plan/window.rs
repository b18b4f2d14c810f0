//! Windows over images: unfolded, and folded back.

use super::float::Float;
use super::place::{Memory, Place};
use super::threads::pieces;
use crate::program::Window;

/// A window over images of these pixels.
#[derive(Clone, Debug)]
pub(super) struct WindowStep {
    pub window: Window,
    pub image: [usize; 2],
    pub x: Place,
    pub to: Place,
}

impl WindowStep {
    pub fn unfold<T: Float>(&self, memory: &mut Memory<'_, '_, T>, threads: usize, step: usize) {
        let pixels = self.x.len;
        self.run(memory, [threads, pixels], step, Window::unfold);
    }

    pub fn fold<T: Float>(&self, memory: &mut Memory<'_, '_, T>, threads: usize, step: usize) {
        let pixels = self.to.len;
        self.run(memory, [threads, pixels], step, Window::fold);
    }

    /// How many elements it moves.
    pub fn size(&self) -> usize {
        self.x.len.max(self.to.len)
    }

    /// `f` adds to zeros.
    fn run<T: Float>(
        &self,
        memory: &mut Memory<'_, '_, T>,
        [threads, pixels]: [usize; 2],
        step: usize,
        f: impl Fn(&Window, [usize; 2], &[T], &mut [T]) + Sync,
    ) {
        memory.open::<2, _>(&[self.to], step, |opened| {
            let x = opened.read(&self.x, step);
            let out = &mut *opened.written[0];
            let images = pixels / (self.image[0] * self.image[1]).max(1);
            let pieces = pieces(threads, self.size()).min(images);
            self.images(x, out, images, pieces, &f);
        });
    }

    /// Some images, in halves on some threads.
    fn images<T: Float>(
        &self,
        x: &[T],
        out: &mut [T],
        images: usize,
        pieces: usize,
        f: &(impl Fn(&Window, [usize; 2], &[T], &mut [T]) + Sync),
    ) {
        if pieces < 2 {
            out.fill(T::zero());
            return f(&self.window, self.image, x, out);
        }
        let (here, first) = (pieces / 2, images * (pieces / 2) / pieces);
        let (x, y) = x.split_at(x.len() / images * first);
        let (out, rest) = out.split_at_mut(out.len() / images * first);
        rayon::join(
            || self.images(x, out, first, here, f),
            || self.images(y, rest, images - first, pieces - here, f),
        );
    }
}
