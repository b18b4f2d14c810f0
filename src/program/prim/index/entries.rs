//! Where the entries are that indices name.

use super::around;

/// The geometry of a table and of the entries that are taken from it, or added to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entries {
    batch: usize,
    before: usize,
    rows: usize,
    /// How many elements an entry has.
    pub len: usize,
}

impl Entries {
    /// Of a table of these dims, along an axis, after `batch` axes that it shares with the indices.
    pub fn of(table: &[usize], batch: usize, axis: usize) -> Entries {
        let [batch, before, len] = around(table, batch, axis);
        Entries {
            batch,
            before,
            rows: table[axis],
            len,
        }
    }

    /// Calls `f` with where each entry is in the table and where in the list of entries, in order.
    pub fn each(&self, indices: &[usize], mut f: impl FnMut(usize, usize)) {
        let own = indices.len().checked_div(self.batch).unwrap_or(0);
        let mut entry = 0;
        for outer in 0..self.batch * self.before {
            for index in &indices[outer / self.before * own..][..own] {
                f((outer * self.rows + index) * self.len, entry);
                entry += self.len;
            }
        }
    }
}
