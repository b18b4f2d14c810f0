//! Windows over images: unfolded, and folded back.

use super::float::Float;
use super::place::{Memory, Place};
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
    pub fn unfold<T: Float>(&self, memory: &mut Memory<'_, '_, T>, step: usize) {
        self.run(memory, step, Window::unfold);
    }

    pub fn fold<T: Float>(&self, memory: &mut Memory<'_, '_, T>, step: usize) {
        self.run(memory, step, Window::fold);
    }

    /// `f` adds to zeros.
    fn run<T: Float>(
        &self,
        memory: &mut Memory<'_, '_, T>,
        step: usize,
        f: impl Fn(&Window, [usize; 2], &[T], &mut [T]),
    ) {
        memory.open::<2, _>(&[self.to], step, |opened| {
            let x = opened.read(&self.x, step);
            let out = &mut *opened.written[0];
            out.fill(T::zero());
            f(&self.window, self.image, x, out);
        });
    }
}
