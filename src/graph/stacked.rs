//! What a scan gives of all steps, and `vmap` of all entries.

use super::results::Results;
use crate::env::StackedList;

/// Results that are stacked along a new first axis, each for itself.
pub trait StackedResults<T> {
    /// The stacks.
    type Stacks: Results;
}

#[diagnostic::do_not_recommend]
impl<T, R: StackedList<T, Stacks: Results>> StackedResults<T> for R {
    type Stacks = R::Stacks;
}
