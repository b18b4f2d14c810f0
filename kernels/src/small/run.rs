//! How a list over small values runs.

use super::list::{Each, Joined, Moved, Small, SmallError, Spread, Work};
use super::memory::Slices;
use super::registers::Rest;
use crate::float::Float;
use crate::functions::{Operand, apply, one};
use crate::list::Call;
use core::ops::Range;
use pulp::{Arch, Simd, WithSimd};

/// What runs such lists over one scalar: compiled in this crate, and not once more wherever one is run.
pub trait SmallLists: Sized {
    /// As [`Small::run`].
    fn run_small(
        list: &Small<Self>,
        slices: Slices<'_, '_, Self>,
        registers: &mut [Self],
        steps: Range<usize>,
        reverse: bool,
    ) -> Result<(), SmallError>;
}

macro_rules! lists {
    ($($F:ident)*) => {$(
        impl SmallLists for $F {
            fn run_small(
                list: &Small<$F>,
                slices: Slices<'_, '_, $F>,
                registers: &mut [$F],
                steps: Range<usize>,
                reverse: bool,
            ) -> Result<(), SmallError> {
                let running = Running { list, slices, registers, steps, reverse };
                Arch::new().dispatch(running).ok_or(SmallError)
            }
        }
    )*};
}

lists!(f32 f64);

struct Running<'r, 'm, 'w, T> {
    list: &'r Small<T>,
    slices: Slices<'m, 'w, T>,
    registers: &'r mut [T],
    steps: Range<usize>,
    reverse: bool,
}

impl<T: Float> WithSimd for Running<'_, '_, '_, T> {
    type Output = Option<()>;

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) -> Option<()> {
        let Small {
            numbers,
            once,
            loads,
            list,
            stores,
            ..
        } = self.list;
        for &(number, to) in numbers {
            *self.registers.get_mut(to as usize)? = number;
        }
        for moved in once {
            self.load(moved, 0)?;
        }
        let Range { start, end } = self.steps;
        for step in start..end {
            let step = match self.reverse {
                true => start + (end - 1 - step),
                false => step,
            };
            for moved in loads {
                self.load(moved, step)?;
            }
            for work in list {
                match work {
                    Work::Ones(ones) => {
                        for (call, to) in ones {
                            let value = self.value(call)?;
                            *self.registers.get_mut(*to as usize)? = value;
                        }
                    }
                    Work::Each(each) => self.each(simd, each)?,
                    Work::Spread(spread) => self.spread(spread)?,
                    Work::Join(joined) => self.join(joined)?,
                    Work::Product(product) => product.run(simd, self.registers)?,
                }
            }
            for moved in stores {
                self.store(moved, step)?;
            }
        }
        Some(())
    }
}

impl<T: Float> Running<'_, '_, '_, T> {
    #[inline(always)]
    fn load(&mut self, moved: &Moved, step: usize) -> Option<()> {
        let from = self.slices.at(moved.cell, step)?;
        if moved.len == 1 {
            *self.registers.get_mut(moved.register as usize)? = *from.first()?;
            return Some(());
        }
        let to = self.registers.get_mut(moved.register as usize..)?;
        copy(from, to, moved.len as usize)
    }

    #[inline(always)]
    fn store(&mut self, moved: &Moved, step: usize) -> Option<()> {
        let to = self.slices.at_mut(moved.cell, step)?;
        if moved.len == 1 {
            *to.first_mut()? = *self.registers.get(moved.register as usize)?;
            return Some(());
        }
        let from = self.registers.get(moved.register as usize..)?;
        copy(from, to, moved.len as usize)
    }

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

    #[inline(always)]
    fn each<S: Simd>(&mut self, simd: S, each: &Each<T>) -> Option<()> {
        let (rest, out) = Rest::around(self.registers, each.to, each.len)?;
        match each.call {
            Call::Unary(f, x) => apply::unary(simd, f, rest.operand(x, each.len)?, out),
            Call::Binary(f, x, y) => apply::binary(
                simd,
                f,
                rest.operand(x, each.len)?,
                rest.operand(y, each.len)?,
                out,
            ),
            Call::Select(c, x, y) => apply::select(
                simd,
                rest.operand(c, each.len)?,
                rest.operand(x, each.len)?,
                rest.operand(y, each.len)?,
                out,
            ),
            Call::Each(f, x) => match rest.operand(x, each.len)? {
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

    #[inline(always)]
    fn spread(&mut self, spread: &Spread) -> Option<()> {
        let (rest, out) = Rest::around(self.registers, spread.to, spread.len)?;
        let from = rest.slice(spread.from, u32::try_from(spread.walk.span()).ok()?)?;
        spread.walk.load(from, 0, out);
        Some(())
    }

    #[inline(always)]
    fn join(&mut self, joined: &Joined) -> Option<()> {
        let [to, len] = joined.to;
        let (rest, out) = Rest::around(self.registers, to, len)?;
        let x = rest.slice(joined.from, joined.len)?;
        if joined.walk.span() > out.len() {
            return None;
        }
        out.fill(joined.how.first());
        joined.how.along_of(&joined.walk, 0, x, out, 0);
        Some(())
    }
}

#[inline(always)]
fn copy<T: Copy>(from: &[T], to: &mut [T], len: usize) -> Option<()> {
    to.get_mut(..len)?.copy_from_slice(from.get(..len)?);
    Some(())
}
