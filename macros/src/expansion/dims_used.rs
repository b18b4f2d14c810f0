//! What entries and shapes make of dims: the arithmetic, and the consts that are dims, also in the fields of the groups
//! that they are of.

use syn::Ident;

use crate::syntax::consts::param_name;
use crate::syntax::dim::{Dim, Operation};
use crate::syntax::entry::EntryType;
use crate::syntax::shape::Shape;
use crate::validation::groups::Groups;

/// What entries and shapes make of dims.
#[derive(Default)]
pub(crate) struct DimsUsed {
    /// The arithmetic of dims.
    pub(crate) operations: Vec<Operation>,
    /// The names in dims: a const parameter among them is a dim.
    pub(crate) names: Vec<Ident>,
}

impl DimsUsed {
    pub(crate) fn add_dim(&mut self, dim: &Dim) {
        self.operations.extend_from_slice(dim.operations());
        self.names.extend_from_slice(dim.names());
    }

    pub(crate) fn add_shape(&mut self, shape: &Shape) {
        shape.dims().iter().for_each(|dim| self.add_dim(dim));
    }

    /// Those of an entry.
    pub(crate) fn of_entry(entry: &EntryType, groups: &Groups) -> Self {
        within(entry, groups, groups.count())
    }
}

/// `depth`: a group is in no more others than there are, or it is in itself.
fn within(entry: &EntryType, groups: &Groups, depth: usize) -> DimsUsed {
    let (mut uses, (shape, group)) = (DimsUsed::default(), entry.parts());
    if let Some(shape) = shape {
        uses.add_shape(shape);
    }
    let Some(written) = group else {
        return uses;
    };
    for argument in &written.arguments {
        if !argument.is_const {
            uses.add_dim(&argument.value);
        }
    }
    let declared = match written.is_name {
        true => groups.get(&written.name),
        false => None,
    };
    let (Some(group), Some(depth)) = (declared, depth.checked_sub(1)) else {
        return uses;
    };
    let params: Vec<_> = group
        .generics
        .params
        .iter()
        .filter_map(param_name)
        .cloned()
        .collect();
    let arguments: Vec<_> = written.arguments.iter().map(|a| a.value.clone()).collect();
    for field in &group.fields {
        let of_field = within(&field.entry, groups, depth);
        for operation in &of_field.operations {
            let operation = operation.of_arguments(&params, &arguments);
            uses.operations.push(operation);
        }
        for name in &of_field.names {
            let at = params.iter().position(|param| param == name);
            if let Some(argument) = at.and_then(|at| arguments.get(at)) {
                uses.names.extend_from_slice(argument.names());
            }
        }
    }
    uses
}
