//! Windows over images: unfolded, and folded back.

use super::float::Float;
use super::place::{Memory, Place};
use crate::program::Window;

#[derive(Clone, Debug)]
pub(super) struct UnfoldStep {
    pub window: Window,
    pub image: [usize; 2],
    pub x: Place,
    pub to: Place,
}

/// How many elements an image has, and what a window makes of it.
fn sizes(window: &Window, image: [usize; 2]) -> (usize, usize) {
    let places = window.places(image).unwrap_or([0; 2]);
    (image[0] * image[1], window.size() * places[0] * places[1])
}

impl UnfoldStep {
    pub fn run<T: Float>(&self, memory: &mut Memory<'_, '_, T>, step: usize) {
        let (size, entries) = sizes(&self.window, self.image);
        memory.open::<2, _>(&[self.to], step, |opened| {
            let x = opened.read(&self.x, step);
            let out = &mut *opened.written[0];
            out.fill(T::zero());
            if size == 0 || entries == 0 {
                return;
            }
            for (image, out) in x.chunks_exact(size).zip(out.chunks_exact_mut(entries)) {
                self.window.visit(self.image, |run| {
                    let to = &mut out[run.entry..run.entry + run.len];
                    match run.step {
                        1 => to.copy_from_slice(&image[run.pixel..run.pixel + run.len]),
                        step => {
                            let from = image[run.pixel..].iter().step_by(step);
                            to.iter_mut().zip(from).for_each(|(to, &from)| *to = from);
                        }
                    }
                });
            }
        });
    }
}

#[derive(Clone, Debug)]
pub(super) struct FoldStep {
    pub window: Window,
    pub image: [usize; 2],
    pub x: Place,
    pub to: Place,
}

impl FoldStep {
    pub fn run<T: Float>(&self, memory: &mut Memory<'_, '_, T>, step: usize) {
        let (size, entries) = sizes(&self.window, self.image);
        memory.open::<2, _>(&[self.to], step, |opened| {
            let x = opened.read(&self.x, step);
            let out = &mut *opened.written[0];
            out.fill(T::zero());
            if size == 0 || entries == 0 {
                return;
            }
            for (x, image) in x.chunks_exact(entries).zip(out.chunks_exact_mut(size)) {
                self.window.visit(self.image, |run| {
                    let from = &x[run.entry..run.entry + run.len];
                    match run.step {
                        1 => {
                            let to = &mut image[run.pixel..run.pixel + run.len];
                            to.iter_mut().zip(from).for_each(|(to, &x)| *to += x);
                        }
                        step => {
                            let to = image[run.pixel..].iter_mut().step_by(step);
                            to.zip(from).for_each(|(to, &x)| *to += x);
                        }
                    }
                });
            }
        });
    }
}
