//! Names of tensors.

use core::fmt;
use std::borrow::Cow;

/// The name of a tensor of a context.
///
/// ```
/// use cotangent::context::Name;
/// use cotangent::prelude::*;
/// let mut names: Vec<Name> = Vec::new();
/// <context![[2], []]>::push_entry_names(&[Name::from("w"), "b".into()], &mut names);
/// assert_eq!(names, ["w", "b"]);
/// ```
pub type Name = Cow<'static, str>;

/// The name of a part of what is called `name`: `blocks.3`, and `3` of what has no name.
pub(crate) fn part(name: &Name, part: impl fmt::Display) -> Name {
    match name.is_empty() {
        true => part.to_string().into(),
        false => format!("{name}.{part}").into(),
    }
}
