//! What takes or makes indices.

use super::float::Float;
use super::place::{Memory, Opened, Place};
use crate::program::{ArgMax, Entries, around};

#[derive(Clone, Debug)]
pub(super) struct GatherStep {
    pub entries: Entries,
    pub table: Place,
    pub indices: Place,
    pub to: Place,
}

impl GatherStep {
    /// Of scalars or keys, by indices from elsewhere.
    pub fn run<E: Copy>(
        &self,
        memory: &mut Memory<'_, '_, E>,
        indices: &Memory<'_, '_, usize>,
        step: usize,
    ) {
        let indices = indices.read(&self.indices, step);
        memory.open::<2, _>(&[self.to], step, |opened| {
            self.gather(opened, indices, step)
        });
    }

    /// Of indices.
    pub fn run_indices(&self, memory: &mut Memory<'_, '_, usize>, step: usize) {
        memory.open::<2, _>(&[self.to], step, |opened| {
            let indices = opened.read(&self.indices, step);
            self.gather(opened, indices, step);
        });
    }

    fn gather<E: Copy>(&self, opened: &mut Opened<'_, '_, E, 2>, indices: &[usize], step: usize) {
        let table = opened.read(&self.table, step);
        let (out, len) = (&mut *opened.written[0], self.entries.len);
        self.entries.each(indices, |from, to| {
            out[to..to + len].copy_from_slice(&table[from..from + len]);
        });
    }
}

#[derive(Clone, Debug)]
pub(super) struct ScatterStep {
    pub entries: Entries,
    pub x: Place,
    pub indices: Place,
    pub to: Place,
}

impl ScatterStep {
    pub fn run<T: Float>(
        &self,
        memory: &mut Memory<'_, '_, T>,
        indices: &Memory<'_, '_, usize>,
        step: usize,
    ) {
        let indices = indices.read(&self.indices, step);
        memory.open::<2, _>(&[self.to], step, |opened| {
            let x = opened.read(&self.x, step);
            let (out, len) = (&mut *opened.written[0], self.entries.len);
            out.fill(T::zero());
            self.entries.each(indices, |to, from| {
                for (place, &x) in out[to..to + len].iter_mut().zip(&x[from..from + len]) {
                    *place += x;
                }
            });
        });
    }
}

#[derive(Clone, Debug)]
pub(super) struct OneHotStep {
    pub classes: usize,
    pub indices: Place,
    pub to: Place,
}

impl OneHotStep {
    pub fn run<T: Float>(
        &self,
        memory: &mut Memory<'_, '_, T>,
        indices: &Memory<'_, '_, usize>,
        step: usize,
    ) {
        let indices = indices.read(&self.indices, step);
        memory.open::<2, _>(&[self.to], step, |opened| {
            let out = &mut *opened.written[0];
            out.fill(T::zero());
            for (row, index) in indices.iter().enumerate() {
                out[row * self.classes + index] = T::one();
            }
        });
    }
}

#[derive(Clone, Debug)]
pub(super) struct ToScalarStep {
    pub indices: Place,
    pub to: Place,
}

impl ToScalarStep {
    pub fn run<T: Float>(
        &self,
        memory: &mut Memory<'_, '_, T>,
        indices: &Memory<'_, '_, usize>,
        step: usize,
    ) {
        let indices = indices.read(&self.indices, step);
        memory.open::<2, _>(&[self.to], step, |opened| {
            for (out, &index) in opened.written[0].iter_mut().zip(indices) {
                *out = T::of_index(index);
            }
        });
    }
}

/// From the scalars 0 and 1 to indices.
#[derive(Clone, Debug)]
pub(super) struct ToIndexStep {
    pub x: Place,
    pub to: Place,
}

impl ToIndexStep {
    pub fn run<T: Float>(
        &self,
        memory: &Memory<'_, '_, T>,
        indices: &mut Memory<'_, '_, usize>,
        step: usize,
    ) {
        let x = memory.read(&self.x, step);
        indices.open::<2, _>(&[self.to], step, |opened| {
            for (out, x) in opened.written[0].iter_mut().zip(x) {
                *out = usize::from(*x > T::zero());
            }
        });
    }
}

#[derive(Clone, Debug)]
pub(super) struct ArgMaxStep {
    len: usize,
    inner: usize,
    smallest: bool,
    x: Place,
    to: Place,
}

impl ArgMaxStep {
    pub fn new(prim: &ArgMax, smallest: bool, dims: &[usize], x: Place, to: Place) -> Self {
        let (_, len, inner) = around(dims, prim.0);
        ArgMaxStep {
            len,
            inner,
            smallest,
            x,
            to,
        }
    }

    pub fn run<T: Float>(
        &self,
        memory: &Memory<'_, '_, T>,
        indices: &mut Memory<'_, '_, usize>,
        step: usize,
    ) {
        let x = memory.read(&self.x, step);
        let (len, inner) = (self.len, self.inner);
        let nan = |x: T| x.partial_cmp(&x).is_none();
        indices.open::<2, _>(&[self.to], step, |opened| {
            let out = &mut *opened.written[0];
            if out.is_empty() {
                return;
            }
            for (row, out) in x.chunks_exact(len * inner).zip(out.chunks_exact_mut(inner)) {
                for (column, out) in out.iter_mut().enumerate() {
                    let at = |i: usize| row[i * inner + column];
                    let (mut place, mut best) = (0, at(0));
                    for i in 1..len {
                        let x = at(i);
                        let beats = if self.smallest { x < best } else { x > best };
                        if !nan(best) && (nan(x) || beats) {
                            (place, best) = (i, x);
                        }
                    }
                    *out = place;
                }
            }
        });
    }
}
