//! Keys with numbers folded in.

use super::place::{Memory, Place};
use crate::tensor::Key;

/// What is folded into keys.
#[derive(Clone, Debug)]
pub(super) enum Folded {
    /// One number into all.
    Number(u32),
    /// Into each its own.
    Indices(Place),
}

#[derive(Clone, Debug)]
pub(super) struct FoldInStep {
    pub keys: Place,
    pub folded: Folded,
    pub to: Place,
}

impl FoldInStep {
    pub fn run(
        &self,
        memory: &mut Memory<'_, '_, Key>,
        indices: &Memory<'_, '_, usize>,
        step: usize,
    ) {
        memory.open::<2, _>(&[self.to], step, |opened| {
            let keys = opened.read(&self.keys, step);
            let pairs = opened.written[0].iter_mut().zip(keys);
            match &self.folded {
                Folded::Number(number) => {
                    pairs.for_each(|(to, key)| *to = key.fold_in(u64::from(*number)));
                }
                Folded::Indices(place) => {
                    let numbers = indices.read(place, step);
                    let pairs = pairs.zip(numbers);
                    pairs.for_each(|((to, key), &number)| *to = key.fold_in(number as u64));
                }
            }
        });
    }
}
