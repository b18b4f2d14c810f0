//! Running sums along an axis.

use super::float::Float;
use super::place::{Memory, Place};
use crate::program::{CumSum, around};

#[derive(Clone, Debug)]
pub(super) struct CumSumStep {
    len: usize,
    inner: usize,
    reverse: bool,
    x: Place,
    to: Place,
}

impl CumSumStep {
    pub fn new(prim: &CumSum, dims: &[usize], x: Place, to: Place) -> Self {
        let (_, len, inner) = around(dims, prim.axis);
        CumSumStep {
            len,
            inner,
            reverse: prim.reverse,
            x,
            to,
        }
    }

    pub fn run<T: Float>(&self, memory: &mut Memory<'_, '_, T>, step: usize) {
        let (len, inner) = (self.len, self.inner);
        memory.open::<2, _>(&[self.to], step, |opened| {
            let x = opened.read(&self.x, step);
            let out = &mut *opened.written[0];
            out.copy_from_slice(x);
            if out.is_empty() {
                return;
            }
            for row in out.chunks_exact_mut(len * inner) {
                for i in 1..len {
                    // Of the entries beside each other, the one that is complete.
                    let (here, before) = match self.reverse {
                        false => (i * inner, (i - 1) * inner),
                        true => ((len - 1 - i) * inner, (len - i) * inner),
                    };
                    for j in 0..inner {
                        row[here + j] = row[before + j] + row[here + j];
                    }
                }
            }
        });
    }
}
