//! Where operands and results are in the registers.

use crate::functions::Operand;

/// An operand of a function of each element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// The registers from this one on.
    Elements(u32),
    /// This one for all.
    Same(u32),
}

/// The registers before and after those of a result.
pub(super) struct Rest<'r, T> {
    before: &'r [T],
    after: &'r [T],
    after_at: usize,
}

impl<'r, T: Copy> Rest<'r, T> {
    #[inline(always)]
    pub(super) fn around(registers: &'r mut [T], to: u32, len: u32) -> Option<(Self, &'r mut [T])> {
        let (before, rest) = registers.split_at_mut_checked(to as usize)?;
        let (out, after) = rest.split_at_mut_checked(len as usize)?;
        let rest = Rest {
            before,
            after,
            after_at: to as usize + len as usize,
        };
        Some((rest, out))
    }

    /// So many of the others, from one on.
    #[inline(always)]
    pub(super) fn slice(&self, at: u32, len: u32) -> Option<&'r [T]> {
        let (at, len) = (at as usize, len as usize);
        match at < self.before.len() {
            true => self.before.get(at..)?.get(..len),
            false => self.after.get(at.checked_sub(self.after_at)?..)?.get(..len),
        }
    }

    #[inline(always)]
    pub(super) fn operand(&self, run: Run, len: u32) -> Option<Operand<'r, T>> {
        Some(match run {
            Run::Elements(at) => Operand::Block(self.slice(at, len)?),
            Run::Same(at) => Operand::Scalar(*self.slice(at, 1)?.first()?),
        })
    }
}
