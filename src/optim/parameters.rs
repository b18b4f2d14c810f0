//! What parameters are called.

use crate::context::{Context, Name};
use crate::program::Input;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The names of the parameters of a graph: of its only input those of the fields, `head.weight`; of several with the name of
/// the input before it.
pub(super) fn names_of<G: Context>(inputs: &[Input]) -> Vec<Arc<str>> {
    let mut fields = Vec::new();
    if G::LEN == 1 {
        G::push_entry_names(&[Name::default()], &mut fields);
    }
    let names = inputs.iter().enumerate().map(|(at, input)| {
        let field = fields.get(at).filter(|name| !name.is_empty());
        field.map_or_else(|| Arc::clone(&input.name), |name| name.as_ref().into())
    });
    distinct(names)
}

/// The same names, but a number for one that is empty or was there before.
pub(super) fn distinct(names: impl Iterator<Item = Arc<str>>) -> Vec<Arc<str>> {
    let names: Vec<Arc<str>> = names.collect();
    let taken: BTreeSet<Arc<str>> = names.iter().cloned().collect();
    let mut seen = BTreeSet::new();
    let each = names.into_iter().enumerate().map(|(at, name)| {
        if !name.is_empty() && seen.insert(Arc::clone(&name)) {
            return name;
        }
        let mut number = at.to_string();
        while taken.contains(number.as_str()) || !seen.insert(number.as_str().into()) {
            number.push('\'');
        }
        number.into()
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_another() {
        let names = ["w", "", "w", "2", "b"].map(Arc::from);
        let names = distinct(names.into_iter());
        assert_eq!(names, ["w", "1", "2'", "2", "b"].map(Arc::from));
    }
}
