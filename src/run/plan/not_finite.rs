//! A value that is not finite, and what made it.

use super::origin::Origin;
use core::fmt;

/// A node made a value that is not finite from values that are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotFinite {
    /// The node.
    pub origin: Origin,
    /// What it made.
    pub made: Made,
    /// Which element of its result is the first.
    pub element: usize,
    /// In which step of the loop around it, if one is.
    pub at: Option<usize>,
}

/// What is not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Made {
    /// No number.
    Nan,
    /// Above every number.
    Infinity,
    /// Below every number.
    MinusInfinity,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Made::Nan => "NaN",
            Made::Infinity => "inf",
            Made::MinusInfinity => "-inf",
        })
    }
}

impl fmt::Display for NotFinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NotFinite {
            origin,
            made,
            element,
            at,
        } = self;
        let primitive = &origin.primitive;
        write!(
            f,
            "`{origin}` made {made} from finite values: {primitive}, element {element}"
        )?;
        match at {
            Some(at) => write!(f, ", in step {at} of its loop"),
            None => Ok(()),
        }
    }
}
