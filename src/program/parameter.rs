//! The parameters of primitives, as text has them.

use super::Window;
use super::syntax::Function;
use crate::scalar::Literal;
use crate::tensor::{Dims, Key};
use std::sync::Arc;

/// A parameter of a primitive: what stands between its parentheses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Parameter {
    /// `3`
    Number(u64),
    /// `[0, 2]`: axes, labels or dims.
    List(Vec<usize>),
    /// `-1/10`, or a double by its bits.
    Literal(Literal),
    /// `reverse`: a word.
    Word(String),
    /// Elements of a constant.
    Literals(Vec<Literal>),
    /// Elements of a constant.
    Keys(Vec<Key>),
    /// A function, which text has by its number and writes once.
    Function(Arc<Function>),
}

impl From<usize> for Parameter {
    fn from(number: usize) -> Self {
        Parameter::Number(number as u64)
    }
}

impl From<&Dims> for Parameter {
    fn from(dims: &Dims) -> Self {
        Parameter::List(dims.to_vec())
    }
}

impl From<&[usize]> for Parameter {
    fn from(list: &[usize]) -> Self {
        Parameter::List(list.to_vec())
    }
}

impl From<&str> for Parameter {
    fn from(word: &str) -> Self {
        Parameter::Word(word.to_owned())
    }
}

impl Parameter {
    /// The number, if it is one that fits.
    pub fn number(&self) -> Option<usize> {
        match self {
            Parameter::Number(number) => usize::try_from(*number).ok(),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn list(&self) -> Option<&[usize]> {
        match self {
            Parameter::List(list) => Some(list),
            _ => None,
        }
    }

    /// The literal, if it is one. A number is one too.
    pub fn literal(&self) -> Option<Literal> {
        match self {
            Parameter::Literal(literal) => Some(*literal),
            &Parameter::Number(number) => Some(Literal::Ratio(number.try_into().ok()?, 1)),
            _ => None,
        }
    }

    /// The parameters of a window: kernel, stride, padding, dilation.
    pub fn of_window(window: &Window) -> Vec<Parameter> {
        let all = [
            window.kernel,
            window.stride,
            window.padding,
            window.dilation,
        ];
        all.iter().map(|pair| pair[..].into()).collect()
    }

    /// The window of these parameters.
    pub fn window(parameters: &[Parameter]) -> Option<Window> {
        let pair = |i: usize| <[usize; 2]>::try_from(parameters.get(i)?.list()?).ok();
        let [kernel, stride, padding, dilation] = [pair(0)?, pair(1)?, pair(2)?, pair(3)?];
        Some(Window {
            kernel,
            stride,
            padding,
            dilation,
        })
    }
}
