//! Lists over single elements, step by step of a loop: in one region compiled for the instructions of the machine.

use super::instruction::Call;
use crate::float::Float;
use crate::functions::one;
use core::ops::Range;
use pulp::{Arch, Simd, WithSimd};

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

/// Where an element is, in the steps of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// In which slice.
    pub region: Region,
    /// Where in step 0.
    pub offset: usize,
    /// How far it moves with each step.
    pub advance: usize,
}

/// A list over registers of one element each, with what is put into them before, and where they go.
///
/// ```
/// use cotangent_kernels::{Binary, Call, Cell, Region, Scalars, Slices, Unary};
/// // What is carried is in the arena; each step adds an input to twice of it, and keeps the sum in an output.
/// let cell = |region, advance| Cell { region, offset: 0, advance };
/// let list = Scalars {
///     numbers: vec![(2.0, 0)],
///     once: Vec::new(),
///     loads: vec![(cell(Region::Arena, 0), 1), (cell(Region::Input(0), 1), 2)],
///     list: vec![(Call::Binary(Binary::Mul, 1, 0), 3), (Call::Binary(Binary::Add, 3, 2), 4)],
///     stores: vec![(cell(Region::Arena, 0), 4), (cell(Region::Output(0), 1), 4)],
///     registers: 5,
/// };
/// let (mut registers, mut arena, mut sums) = ([0.0_f32; 5], [1.0], [0.0; 3]);
/// let slices = Slices {
///     arena: &mut arena,
///     inputs: &[&[1.0, 10.0, 100.0]],
///     outputs: &mut [&mut sums],
///     constants: &[],
/// };
/// list.run(slices, &mut registers, 0..3, false)?;
/// assert_eq!((arena, sums), ([132.0], [3.0, 16.0, 132.0]));
/// # Ok::<(), cotangent_kernels::ScalarsError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scalars<T> {
    /// Numbers, with the registers that hold them.
    pub numbers: Vec<(T, u32)>,
    /// What is read before the first step.
    pub once: Vec<(Cell, u32)>,
    /// What is read in each step.
    pub loads: Vec<(Cell, u32)>,
    /// The functions, with the registers of the operands and of the result.
    pub list: Vec<(Call<T, u32>, u32)>,
    /// What is written in each step.
    pub stores: Vec<(Cell, u32)>,
    /// How many registers there are.
    pub registers: usize,
}

/// A register or an element that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a list over single elements names a register or an element that is not there")]
pub struct ScalarsError;

impl<T: Float> Scalars<T> {
    /// Runs the list for some steps, the last first if `reverse`.
    ///
    /// # Errors
    ///
    /// [`ScalarsError`] if a register or an element is not there; what came before it has run.
    pub fn run(
        &self,
        slices: Slices<'_, '_, T>,
        registers: &mut [T],
        steps: Range<usize>,
        reverse: bool,
    ) -> Result<(), ScalarsError> {
        T::run_scalars(self, slices, registers, steps, reverse)
    }
}

/// What runs such lists over one scalar: compiled in this crate, and not once more wherever one is run.
pub trait ScalarLists: Sized {
    /// As [`Scalars::run`].
    fn run_scalars(
        list: &Scalars<Self>,
        slices: Slices<'_, '_, Self>,
        registers: &mut [Self],
        steps: Range<usize>,
        reverse: bool,
    ) -> Result<(), ScalarsError>;
}

macro_rules! lists {
    ($($F:ident)*) => {$(
        impl ScalarLists for $F {
            fn run_scalars(
                list: &Scalars<$F>,
                slices: Slices<'_, '_, $F>,
                registers: &mut [$F],
                steps: Range<usize>,
                reverse: bool,
            ) -> Result<(), ScalarsError> {
                let run = Run { list, slices, registers, steps, reverse };
                Arch::new().dispatch(run).ok_or(ScalarsError)
            }
        }
    )*};
}

lists!(f32 f64);

struct Run<'r, 'm, 'w, T> {
    list: &'r Scalars<T>,
    slices: Slices<'m, 'w, T>,
    registers: &'r mut [T],
    steps: Range<usize>,
    reverse: bool,
}

impl<T: Float> WithSimd for Run<'_, '_, '_, T> {
    type Output = Option<()>;

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _simd: S) -> Option<()> {
        let Scalars {
            numbers,
            once,
            loads,
            ..
        } = self.list;
        for &(number, to) in numbers {
            *self.registers.get_mut(to as usize)? = number;
        }
        for &(cell, to) in once {
            *self.registers.get_mut(to as usize)? = self.slices.get(cell, 0)?;
        }
        let Range { start, end } = self.steps;
        for step in start..end {
            let step = match self.reverse {
                true => start + (end - 1 - step),
                false => step,
            };
            for &(cell, to) in loads {
                *self.registers.get_mut(to as usize)? = self.slices.get(cell, step)?;
            }
            for (call, to) in &self.list.list {
                let value = self.value(call)?;
                *self.registers.get_mut(*to as usize)? = value;
            }
            for &(cell, from) in &self.list.stores {
                *self.slices.get_mut(cell, step)? = *self.registers.get(from as usize)?;
            }
        }
        Some(())
    }
}

impl<T: Float> Run<'_, '_, '_, T> {
    #[inline(always)]
    fn value(&self, call: &Call<T, u32>) -> Option<T> {
        let at = |register: u32| self.registers.get(register as usize).copied();
        Some(match *call {
            Call::Unary(f, x) => one::unary(f, at(x)?),
            Call::Binary(f, x, y) => one::binary(f, at(x)?, at(y)?),
            Call::Select(c, x, y) => one::select(at(c)?, at(x)?, at(y)?),
            Call::Each(f, x) => f(at(x)?),
        })
    }
}

impl<T: Copy> Slices<'_, '_, T> {
    #[inline(always)]
    fn get(&self, cell: Cell, step: usize) -> Option<T> {
        let at = cell.offset + step * cell.advance;
        match cell.region {
            Region::Arena => self.arena.get(at),
            Region::Input(i) => self.inputs.get(i)?.get(at),
            Region::Output(i) => self.outputs.get(i)?.get(at),
            Region::Constant(i) => self.constants.get(i)?.get(at),
        }
        .copied()
    }

    /// Nothing where nothing is to be written.
    #[inline(always)]
    fn get_mut(&mut self, cell: Cell, step: usize) -> Option<&mut T> {
        let at = cell.offset + step * cell.advance;
        match cell.region {
            Region::Arena => self.arena.get_mut(at),
            Region::Output(i) => self.outputs.get_mut(i)?.get_mut(at),
            Region::Input(_) | Region::Constant(_) => None,
        }
    }
}
