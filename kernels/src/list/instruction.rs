//! What a list is made of.

use crate::functions::{Binary, Unary};

/// Where an operand is, for the block at hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source<T> {
    /// In the registers, from this element on.
    Register(u32),
    /// In this slice that is read.
    Read(u16),
    /// In this slice that is written.
    Written(u16),
    /// The first element of this slice that is read, for all elements.
    First(u16),
    /// This number, for all elements.
    Number(T),
}

/// Where a result goes: where none of the operands is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Into the registers, from this element on.
    Register(u32),
    /// Into this slice that is written.
    Written(u16),
}

/// A function with its operands, each where `S` says.
#[derive(Clone, Copy, Debug)]
pub enum Call<T, S = Source<T>> {
    /// `f(x)`.
    Unary(Unary, S),
    /// `f(x, y)`.
    Binary(Binary, S, S),
    /// The second where the first is above 0, else the third.
    Select(S, S, S),
    /// A function that this crate does not have, element by element.
    Each(fn(T) -> T, S),
}

impl<T, S> Call<T, S> {
    /// The same function of operands elsewhere.
    pub fn map<R>(self, mut f: impl FnMut(S) -> R) -> Call<T, R> {
        match self {
            Call::Unary(g, x) => Call::Unary(g, f(x)),
            Call::Binary(g, x, y) => Call::Binary(g, f(x), f(y)),
            Call::Select(c, x, y) => Call::Select(f(c), f(x), f(y)),
            Call::Each(g, x) => Call::Each(g, f(x)),
        }
    }
}

/// A function, its operands, and where its result goes.
#[derive(Clone, Copy, Debug)]
pub struct Instruction<T> {
    /// What is computed.
    pub call: Call<T>,
    /// Where it goes.
    pub to: Target,
}
