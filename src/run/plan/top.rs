//! The largest few along an axis.

use super::float::Float;
use super::place::{Memory, Place};
use crate::program::{TopK, around};

#[derive(Clone, Debug)]
pub(super) struct TopKStep {
    len: usize,
    inner: usize,
    count: usize,
    x: Place,
    to: Place,
}

impl TopKStep {
    pub fn new(prim: &TopK, dims: &[usize], x: Place, to: Place) -> Self {
        let (_, len, inner) = around(dims, prim.axis);
        TopKStep {
            len,
            inner,
            count: prim.count,
            x,
            to,
        }
    }

    /// The few found so far are in the result, in order, and each entry that comes before one of them is inserted: no
    /// memory beside it, and little work where they are few.
    pub fn run<T: Float>(
        &self,
        memory: &Memory<'_, '_, T>,
        indices: &mut Memory<'_, '_, usize>,
        step: usize,
    ) {
        let x = memory.read(&self.x, step);
        let (len, inner, count) = (self.len, self.inner, self.count);
        indices.open::<2, _>(&[self.to], step, |opened| {
            let out = &mut *opened.written[0];
            if out.is_empty() {
                return;
            }
            let rows = x.chunks_exact(len * inner);
            for (row, out) in rows.zip(out.chunks_exact_mut(count * inner)) {
                for column in 0..inner {
                    let at = |i: usize| row[i * inner + column];
                    for i in 0..len {
                        // Behind those that it does not come before: of equal entries the first is first.
                        let mut place = i.min(count);
                        while place > 0 && is_before(at(i), at(out[(place - 1) * inner + column])) {
                            if place < count {
                                out[place * inner + column] = out[(place - 1) * inner + column];
                            }
                            place -= 1;
                        }
                        if place < count {
                            out[place * inner + column] = i;
                        }
                    }
                }
            }
        });
    }
}

/// Whether an entry comes before another: it is larger, or alone a NaN.
fn is_before<T: Float>(x: T, y: T) -> bool {
    let nan = |x: T| x.partial_cmp(&x).is_none();
    !nan(y) && (nan(x) || x > y)
}
