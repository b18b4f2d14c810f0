//! Kernels of users, on slices of what the plan holds.

use super::float::Float;
use super::place::{Memory, Place};
use crate::program::{AnyKernel, KernelInputs};
use smallvec::SmallVec;

/// As many results a kernel has at most, and one more.
pub(super) const RESULTS: usize = 16;

#[derive(Clone, Debug)]
pub(super) struct KernelStep {
    pub kernel: AnyKernel,
    pub tensors: Box<[Place]>,
    pub labels: Box<[Place]>,
    /// Fewer than [`RESULTS`], in the order in which they are opened.
    pub to: Box<[Place]>,
    /// For each result which of `to` it is.
    pub order: Box<[usize]>,
}

impl KernelStep {
    pub fn run<T: Float>(
        &self,
        scalars: &mut Memory<'_, '_, T>,
        indices: &Memory<'_, '_, usize>,
        at: usize,
    ) {
        let labels = self.labels.iter().map(|place| indices.read(place, at));
        let labels: SmallVec<[&[usize]; RESULTS]> = labels.collect();
        scalars.open::<RESULTS, _>(&self.to, at, |opened| {
            let tensors = self.tensors.iter().map(|place| opened.read(place, at));
            let tensors: SmallVec<[&[T]; RESULTS]> = tensors.collect();
            let results = self
                .order
                .iter()
                .map(|&place| core::mem::take(&mut opened.written[place]));
            let mut results: SmallVec<[&mut [T]; RESULTS]> = results.collect();
            let inputs = KernelInputs {
                tensors: &tensors,
                labels: &labels,
            };
            T::run_kernel(&self.kernel, inputs, &mut results);
        });
    }
}
