//! The groups of an invocation, by their names.

use std::collections::HashMap;

use syn::Ident;

use crate::syntax::group::Group;

/// The groups of an invocation, by their names.
pub(crate) struct Groups<'a>(HashMap<String, &'a Group>);

impl<'a> Groups<'a> {
    pub(crate) fn of(groups: &'a [Group]) -> Self {
        let named = groups.iter().map(|group| (group.name.to_string(), group));
        Self(named.collect())
    }

    /// The group of this name, if the invocation has one.
    pub(crate) fn get(&self, name: &Ident) -> Option<&'a Group> {
        self.0.get(&name.to_string()).copied()
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}
