//! What takes or makes indices.

use super::along::around;
use super::float::Float;
use super::place::{Memory, Opened, Place};
use crate::program::{ArgMax, Gather, ScatterAdd};

/// The geometry of entries that indices name.
#[derive(Clone, Copy, Debug)]
struct Entries {
    batch: usize,
    before: usize,
    rows: usize,
    /// How many elements an entry has.
    after: usize,
}

impl Entries {
    fn of(dims: &[usize], batch: usize, axis: usize) -> Entries {
        let [batch, before, after] = [&dims[..batch], &dims[batch..axis], &dims[axis + 1..]]
            .map(|dims| dims.iter().product());
        let rows = dims[axis];
        Entries {
            batch,
            before,
            rows,
            after,
        }
    }

    /// Calls `f` with where each entry is in the table and where in the list of entries.
    fn each(&self, indices: &[usize], mut f: impl FnMut(usize, usize)) {
        let own = indices.len().checked_div(self.batch).unwrap_or(0);
        let mut entry = 0;
        for outer in 0..self.batch * self.before {
            for index in &indices[outer / self.before * own..][..own] {
                f((outer * self.rows + index) * self.after, entry);
                entry += self.after;
            }
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct GatherStep {
    entries: Entries,
    table: Place,
    indices: Place,
    to: [Place; 1],
}

impl GatherStep {
    /// `dims` are those of the table.
    pub fn new(prim: &Gather, dims: &[usize], table: Place, indices: Place, to: Place) -> Self {
        let entries = Entries::of(dims, prim.batch, prim.axis);
        GatherStep {
            entries,
            table,
            indices,
            to: [to],
        }
    }

    /// Of scalars or keys, by indices from elsewhere.
    pub fn run<E: Copy>(
        &self,
        memory: &mut Memory<'_, '_, E>,
        indices: &Memory<'_, '_, usize>,
        step: usize,
    ) {
        let indices = indices.read(&self.indices, step);
        memory.open::<2, _>(&self.to, step, |opened| self.gather(opened, indices, step));
    }

    /// Of indices.
    pub fn run_indices(&self, memory: &mut Memory<'_, '_, usize>, step: usize) {
        memory.open::<2, _>(&self.to, step, |opened| {
            let indices = opened.read(&self.indices, step);
            self.gather(opened, indices, step);
        });
    }

    fn gather<E: Copy>(&self, opened: &mut Opened<'_, '_, E, 2>, indices: &[usize], step: usize) {
        let table = opened.read(&self.table, step);
        let (out, len) = (&mut *opened.written[0], self.entries.after);
        self.entries.each(indices, |from, to| {
            out[to..to + len].copy_from_slice(&table[from..from + len]);
        });
    }
}

#[derive(Clone, Debug)]
pub(super) struct ScatterStep {
    entries: Entries,
    x: Place,
    indices: Place,
    to: [Place; 1],
}

impl ScatterStep {
    /// `dims` are those of the result.
    pub fn new(prim: &ScatterAdd, dims: &[usize], x: Place, indices: Place, to: Place) -> Self {
        let entries = Entries::of(dims, prim.batch, prim.axis);
        ScatterStep {
            entries,
            x,
            indices,
            to: [to],
        }
    }

    pub fn run<T: Float>(
        &self,
        memory: &mut Memory<'_, '_, T>,
        indices: &Memory<'_, '_, usize>,
        step: usize,
    ) {
        let indices = indices.read(&self.indices, step);
        memory.open::<2, _>(&self.to, step, |opened| {
            let x = opened.read(&self.x, step);
            let (out, len) = (&mut *opened.written[0], self.entries.after);
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
    to: [Place; 1],
}

impl ArgMaxStep {
    pub fn new(prim: &ArgMax, smallest: bool, dims: &[usize], x: Place, to: Place) -> Self {
        let [_, len, inner] = around(dims, prim.0);
        ArgMaxStep {
            len,
            inner,
            smallest,
            x,
            to: [to],
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
        indices.open::<2, _>(&self.to, step, |opened| {
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
