//! What a list over small values is made of.

use super::memory::{Cell, Slices};
use super::product::SmallProduct;
use super::registers::Run;
use crate::float::Float;
use crate::join::Join;
use crate::list::Call;
use crate::walk::Walk;
use core::ops::Range;

/// A value in the memory, and the registers that hold its elements while a list runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where it begins in the memory.
    pub cell: Cell,
    /// Where it begins in the registers.
    pub register: u32,
    /// How many elements it has.
    pub len: u32,
}

/// A function of each of some elements.
#[derive(Clone, Copy, Debug)]
pub struct Each<T> {
    /// What is computed.
    pub call: Call<T, Run>,
    /// The first register of the result: none of the operands is in it.
    pub to: u32,
    /// How many elements.
    pub len: u32,
}

/// The elements of a walk, one beside the other.
#[derive(Clone, Debug)]
pub struct Spread {
    /// Where the walk begins.
    pub from: u32,
    /// Its strides.
    pub walk: Walk,
    /// The first register of the result.
    pub to: u32,
    /// How many elements.
    pub len: u32,
}

/// Elements joined into fewer.
#[derive(Clone, Debug)]
pub struct Joined {
    /// How.
    pub how: Join,
    /// The first element.
    pub from: u32,
    /// How many there are.
    pub len: u32,
    /// The first register of the result, and how many it has.
    pub to: [u32; 2],
    /// Where each element goes among those.
    pub walk: Walk,
}

/// What a list does, one after the other.
#[derive(Clone, Debug)]
pub enum Work<T> {
    /// Functions of single elements, each with the register of its result.
    Ones(Vec<(Call<T, u32>, u32)>),
    /// A function of each element.
    Each(Box<Each<T>>),
    /// Elements at strides.
    Spread(Box<Spread>),
    /// A reduction.
    Join(Box<Joined>),
    /// A product of matrices.
    Product(Box<SmallProduct>),
}

/// A list over values that are so small that the way to a kernel would take longer than the kernel: all that is read is copied into
/// registers, the list works on those, and what is kept is copied back. It may run for many steps of a loop.
///
/// ```
/// use cotangent_kernels::{Binary, Call, Cell, Each, Moved, Region, Run, Slices, Small, Work};
/// // What is carried is in the arena; each step adds an input to twice of it, and keeps the sums in an output.
/// let moved = |region, advance, register| Moved {
///     cell: Cell { region, offset: 0, advance },
///     register,
///     len: 2,
/// };
/// let each = |call, to| Work::Each(Box::new(Each { call, to, len: 2 }));
/// let list = Small {
///     numbers: vec![(2.0, 0)],
///     once: Vec::new(),
///     loads: vec![moved(Region::Arena, 0, 1), moved(Region::Input(0), 2, 3)],
///     list: vec![
///         each(Call::Binary(Binary::Mul, Run::Elements(1), Run::Same(0)), 5),
///         each(Call::Binary(Binary::Add, Run::Elements(5), Run::Elements(3)), 7),
///     ],
///     stores: vec![moved(Region::Arena, 0, 7), moved(Region::Output(0), 2, 7)],
///     registers: 9,
/// };
/// let (mut registers, mut arena, mut sums) = ([0.0_f32; 9], [1.0, 2.0], [0.0; 4]);
/// let slices = Slices {
///     arena: &mut arena,
///     inputs: &[&[1.0, 10.0, 100.0, 1000.0]],
///     outputs: &mut [&mut sums],
///     constants: &[],
/// };
/// list.run(slices, &mut registers, 0..2, false)?;
/// assert_eq!((arena, sums), ([106.0, 1028.0], [3.0, 14.0, 106.0, 1028.0]));
/// # Ok::<(), cotangent_kernels::SmallError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Small<T> {
    /// Numbers, with the registers that hold them.
    pub numbers: Vec<(T, u32)>,
    /// What is read before the first step.
    pub once: Vec<Moved>,
    /// What is read in each step.
    pub loads: Vec<Moved>,
    /// What is done in each step.
    pub list: Vec<Work<T>>,
    /// What is written in each step.
    pub stores: Vec<Moved>,
    /// How many registers there are.
    pub registers: usize,
}

/// A register or an element that is not there, or an operand in its own result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a list over small values names a register or an element that is not there, or an operand in its own result"
)]
pub struct SmallError;

impl<T: Float> Small<T> {
    /// Runs the list for some steps, the last first if `reverse`.
    ///
    /// # Errors
    ///
    /// [`SmallError`] if a register or an element is not there; what came before it has run.
    pub fn run(
        &self,
        slices: Slices<'_, '_, T>,
        registers: &mut [T],
        steps: Range<usize>,
        reverse: bool,
    ) -> Result<(), SmallError> {
        T::run_small(self, slices, registers, steps, reverse)
    }
}
