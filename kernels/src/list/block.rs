//! A block of elements, and a list run over it: in one region compiled for the instructions of the machine, so that the choice
//! is made once for the list.

use super::instruction::{Call, Instruction, Source, Target};
use crate::float::Float;
use crate::functions::{Operand, apply};
use pulp::{Arch, Simd, WithSimd};

/// What a list works on: `len` elements of slices that are read, of slices that are written, and of registers, which hold what
/// lives inside of the list.
#[derive(Debug)]
pub struct Block<'b, 'w, T> {
    /// Room for intermediate results; each takes `len` elements of it.
    pub registers: &'b mut [T],
    /// What is read, from `read_at` on.
    pub reads: &'b [&'b [T]],
    /// What is written, from `write_at` on.
    pub written: &'b mut [&'w mut [T]],
    /// Where the block begins in what is read.
    pub read_at: usize,
    /// Where it begins in what is written.
    pub write_at: usize,
    /// How many elements it has.
    pub len: usize,
}

/// An instruction names what is not there, what is too short for the block, or an operand in its own result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("instruction {instruction}: an operand or the result is not in the block, or they overlap")]
pub struct ListError {
    /// Which one of the list.
    pub instruction: usize,
}

impl<T: Float> Block<'_, '_, T> {
    /// Runs the instructions, one after the other.
    ///
    /// # Errors
    ///
    /// [`ListError`] of the first that does not fit; those before it have run.
    ///
    /// ```
    /// use cotangent_kernels::{Binary, Block, Call, Instruction, Source, Target, Unary};
    /// // 2 x + exp(x), with exp(x) in registers.
    /// let x = Source::Read(0);
    /// let list = [
    ///     Instruction { call: Call::Unary(Unary::Exp, x), to: Target::Register(0) },
    ///     Instruction { call: Call::Binary(Binary::Mul, x, Source::Number(2.0)), to: Target::Register(2) },
    ///     Instruction {
    ///         call: Call::Binary(Binary::Add, Source::Register(2), Source::Register(0)),
    ///         to: Target::Written(0),
    ///     },
    /// ];
    /// let (mut registers, mut y) = ([0.0_f32; 4], [0.0; 2]);
    /// let mut block = Block {
    ///     registers: &mut registers,
    ///     reads: &[&[0.0, 1.0]],
    ///     written: &mut [&mut y],
    ///     read_at: 0,
    ///     write_at: 0,
    ///     len: 2,
    /// };
    /// block.run(&list)?;
    /// assert_eq!(y, [1.0, 2.0 + 1.0_f32.exp()]);
    /// # Ok::<(), cotangent_kernels::ListError>(())
    /// ```
    pub fn run(&mut self, list: &[Instruction<T>]) -> Result<(), ListError> {
        T::run(self, list)
    }
}

/// What runs lists over one scalar: compiled in this crate, and not once more wherever one is run.
pub trait Lists: Sized {
    /// As [`Block::run`].
    fn run(block: &mut Block<'_, '_, Self>, list: &[Instruction<Self>]) -> Result<(), ListError>;
}

macro_rules! lists {
    ($($F:ident)*) => {$(
        impl Lists for $F {
            fn run(block: &mut Block<'_, '_, $F>, list: &[Instruction<$F>]) -> Result<(), ListError> {
                Arch::new().dispatch(Run { block, list })
            }
        }
    )*};
}

lists!(f32 f64);

struct Run<'r, 'b, 'w, T> {
    block: &'r mut Block<'b, 'w, T>,
    list: &'r [Instruction<T>],
}

impl<T: Float> WithSimd for Run<'_, '_, '_, T> {
    type Output = Result<(), ListError>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
        for (at, instruction) in self.list.iter().enumerate() {
            if self.block.step(simd, instruction).is_none() {
                return Err(ListError { instruction: at });
            }
        }
        Ok(())
    }
}

impl<T: Float> Block<'_, '_, T> {
    /// Nothing if it does not fit.
    #[inline(always)]
    fn step<S: Simd>(&mut self, simd: S, instruction: &Instruction<T>) -> Option<()> {
        let len = self.len;
        match instruction.to {
            Target::Register(to) => {
                let (before, rest) = self.registers.split_at_mut_checked(to as usize)?;
                let (out, after) = rest.split_at_mut_checked(len)?;
                let operands = Operands {
                    before,
                    after,
                    after_at: to as usize + len,
                    reads: self.reads,
                    written: self.written,
                    at: [self.read_at, self.write_at],
                    len,
                };
                operands.call(simd, &instruction.call, out)
            }
            Target::Written(to) => {
                // It is away while the operands are looked up: none can be in it.
                let all = core::mem::take(self.written.get_mut(usize::from(to))?);
                let operands = Operands {
                    before: self.registers,
                    after: &[],
                    after_at: usize::MAX,
                    reads: self.reads,
                    written: self.written,
                    at: [self.read_at, self.write_at],
                    len,
                };
                let done = match block_mut(all, self.write_at, len) {
                    Some(out) => operands.call(simd, &instruction.call, out),
                    None => None,
                };
                *self.written.get_mut(usize::from(to))? = all;
                done
            }
        }
    }
}

#[inline(always)]
fn block_mut<T>(x: &mut [T], at: usize, len: usize) -> Option<&mut [T]> {
    x.get_mut(at..)?.get_mut(..len)
}

/// Where the operands of an instruction are.
struct Operands<'o, 'w, T> {
    /// The registers before and after that of the result, and where the latter begin.
    before: &'o [T],
    after: &'o [T],
    after_at: usize,
    reads: &'o [&'o [T]],
    written: &'o [&'w mut [T]],
    /// Where the block begins in what is read and in what is written.
    at: [usize; 2],
    len: usize,
}

impl<T: Float> Operands<'_, '_, T> {
    #[inline(always)]
    fn find(&self, source: Source<T>) -> Option<Operand<'_, T>> {
        let (all, at) = match source {
            Source::Register(at) if (at as usize) < self.before.len() => (self.before, at as usize),
            Source::Register(at) => (self.after, (at as usize).checked_sub(self.after_at)?),
            Source::Read(i) => (*self.reads.get(usize::from(i))?, self.at[0]),
            Source::Written(i) => (&**self.written.get(usize::from(i))?, self.at[1]),
            Source::First(i) => {
                return Some(Operand::Scalar(*self.reads.get(usize::from(i))?.first()?));
            }
            Source::Number(number) => return Some(Operand::Scalar(number)),
        };
        Some(Operand::Block(all.get(at..)?.get(..self.len)?))
    }

    #[inline(always)]
    fn call<S: Simd>(&self, simd: S, call: &Call<T>, out: &mut [T]) -> Option<()> {
        match *call {
            Call::Unary(f, x) => apply::unary(simd, f, self.find(x)?, out),
            Call::Binary(f, x, y) => apply::binary(simd, f, self.find(x)?, self.find(y)?, out),
            Call::Select(c, x, y) => {
                apply::select(simd, self.find(c)?, self.find(x)?, self.find(y)?, out);
            }
            Call::Each(f, x) => match self.find(x)? {
                Operand::Block(x) => {
                    for (out, &x) in out.iter_mut().zip(x) {
                        *out = f(x);
                    }
                }
                Operand::Scalar(x) => out.fill(f(x)),
            },
        }
        Some(())
    }
}
