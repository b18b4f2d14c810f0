//! Names of tensors.

use core::fmt;
use std::borrow::Cow;

/// The name of a tensor of a context.
pub type Name = Cow<'static, str>;

/// The name of a part of what is called `name`: `blocks.3`, and `3` of what has no name.
pub(crate) fn part(name: &Name, part: impl fmt::Display) -> Name {
    match name.is_empty() {
        true => part.to_string().into(),
        false => format!("{name}.{part}").into(),
    }
}
