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

/// A function with its operands.
#[derive(Clone, Copy, Debug)]
pub enum Call<T> {
    /// `f(x)`.
    Unary(Unary, Source<T>),
    /// `f(x, y)`.
    Binary(Binary, Source<T>, Source<T>),
    /// The second where the first is above 0, else the third.
    Select(Source<T>, Source<T>, Source<T>),
    /// A function that this crate does not have, element by element.
    Each(fn(T) -> T, Source<T>),
}

/// A function, its operands, and where its result goes.
#[derive(Clone, Copy, Debug)]
pub struct Instruction<T> {
    /// What is computed.
    pub call: Call<T>,
    /// Where it goes.
    pub to: Target,
}
