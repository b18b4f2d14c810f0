//! Columns of a table, by name or number.

use core::fmt;

/// A column of a table: its name, `"age"`, or its number, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By<'n> {
    /// By its name in the header.
    Name(&'n str),
    /// By its number.
    Number(usize),
}

impl<'n> From<&'n str> for By<'n> {
    fn from(name: &'n str) -> Self {
        By::Name(name)
    }
}

impl<'n> From<&'n String> for By<'n> {
    fn from(name: &'n String) -> Self {
        By::Name(name)
    }
}

impl From<usize> for By<'_> {
    fn from(number: usize) -> Self {
        By::Number(number)
    }
}

impl fmt::Display for By<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            By::Name(name) => write!(f, "{name:?}"),
            By::Number(number) => write!(f, "{number}"),
        }
    }
}
