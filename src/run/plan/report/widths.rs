//! How many bytes elements take.

use crate::run::plan::node::Kind;

/// How many bytes an element of each kind takes.
#[derive(Clone, Copy)]
pub(super) struct Widths(pub [u64; 3]);

impl Widths {
    pub fn of(self, kind: Kind) -> u64 {
        self.0[kind as usize]
    }

    pub fn bytes(self, counts: [usize; 3]) -> u64 {
        let each = counts.iter().zip(self.0);
        each.map(|(&count, width)| count as u64 * width).sum()
    }
}
