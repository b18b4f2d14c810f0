//! Chains over one element: the same functions without blocks.

use super::chain::{Action, ChainStep, Operand};
use super::elements::{Function, apply, larger};
use super::float::Float;
use super::place::Opened;
use crate::program::Reduction;
use cotangent_kernels::{Binary, Unary};

impl<T: Float> ChainStep<T> {
    /// Runs the chain, if it has one element.
    pub(super) fn one<const W: usize>(
        &self,
        opened: &mut Opened<'_, '_, T, W>,
        registers: &mut [Vec<T>],
        step: usize,
    ) {
        for &(at, first) in &self.first {
            opened.written[usize::from(at)][0] = first;
        }
        for action in self.before.iter().chain(&self.actions) {
            let get = |operand: Operand, registers: &[Vec<T>]| match operand {
                Operand::Register(i) => registers[usize::from(i)][0],
                Operand::Read(i) => opened.read(&self.reads[usize::from(i)], step)[0],
                Operand::Written(i) => opened.written[usize::from(i)][0],
            };
            match *action {
                Action::Apply(f, x, to) => {
                    let y = function(f, x.map(|x| get(x, registers)));
                    match to {
                        Operand::Register(i) => registers[usize::from(i)][0] = y,
                        Operand::Written(i) => opened.written[usize::from(i)][0] = y,
                        Operand::Read(_) => {}
                    }
                }
                Action::Fill(number, to) => registers[usize::from(to)][0] = number,
                Action::Load { from, to, .. } => {
                    registers[usize::from(to)][0] = get(Operand::Read(from), registers);
                }
                Action::Join { how, x, to, .. } => {
                    let x = get(x, registers);
                    let place = &mut opened.written[usize::from(to)][0];
                    *place = match how {
                        Reduction::Sum => *place + x,
                        Reduction::Max => larger(*place, x),
                    };
                }
            }
        }
    }
}

/// A function of one element.
#[inline]
fn function<T: Float>(f: Function<T>, [x, y, z]: [T; 3]) -> T {
    match f {
        Function::Unary(Unary::Neg) => -x,
        Function::Binary(f) => match f {
            Binary::Add => x + y,
            Binary::Sub => x - y,
            Binary::Mul => x * y,
            Binary::Div => x / y,
            Binary::Max | Binary::Pow => by_block(Function::Binary(f), [x, y, z]),
        },
        Function::WithNumber(Binary::Add, c) => x + c,
        Function::WithNumber(Binary::Mul, c) => x * c,
        Function::Copy => x,
        f => by_block(f, [x, y, z]),
    }
}

fn by_block<T: Float>(f: Function<T>, [x, y, z]: [T; 3]) -> T {
    let mut out = [x];
    apply(f, [&[x], &[y], &[z]], &mut out);
    out[0]
}
