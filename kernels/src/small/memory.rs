//! The memory that lists over small values read and write.

/// The memory whose elements are read and written.
#[derive(Debug)]
pub struct Slices<'m, 'w, T> {
    /// What is read and written.
    pub arena: &'m mut [T],
    /// What is read.
    pub inputs: &'m [&'m [T]],
    /// What is written, and may be read then.
    pub outputs: &'m mut [&'w mut [T]],
    /// What is read, too.
    pub constants: &'m [Box<[T]>],
}

/// In which slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// In the arena.
    Arena,
    /// In this one of the inputs.
    Input(usize),
    /// In this one of the outputs.
    Output(usize),
    /// In this one of the constants.
    Constant(usize),
}

/// Where a value begins, in the steps of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// In which slice.
    pub region: Region,
    /// Where in step 0.
    pub offset: usize,
    /// How far it moves with each step.
    pub advance: usize,
}

impl<T: Copy> Slices<'_, '_, T> {
    /// From a value on, to the end of its slice.
    #[inline(always)]
    pub(super) fn at(&self, cell: Cell, step: usize) -> Option<&[T]> {
        let at = cell.offset + step * cell.advance;
        match cell.region {
            Region::Arena => self.arena.get(at..),
            Region::Input(i) => self.inputs.get(i)?.get(at..),
            Region::Output(i) => self.outputs.get(i)?.get(at..),
            Region::Constant(i) => self.constants.get(i)?.get(at..),
        }
    }

    /// The same, to be written; nothing where nothing is to be.
    #[inline(always)]
    pub(super) fn at_mut(&mut self, cell: Cell, step: usize) -> Option<&mut [T]> {
        let at = cell.offset + step * cell.advance;
        match cell.region {
            Region::Arena => self.arena.get_mut(at..),
            Region::Output(i) => self.outputs.get_mut(i)?.get_mut(at..),
            Region::Input(_) | Region::Constant(_) => None,
        }
    }
}
