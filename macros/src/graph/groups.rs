//! What the groups of an invocation say of the entries that they are in: the arithmetic of their fields, and the consts
//! that are dims in them.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::{GenericParam, Ident, Path};

use super::group::Group;
use crate::arithmetic::{Dim, Operation};
use crate::dim::Shape;
use crate::entry::EntryType;
use crate::tokens::after;

/// The groups of an invocation, by their names.
pub(crate) struct Groups<'a>(HashMap<String, &'a Group>);

/// What entries and shapes make of dims.
#[derive(Default)]
pub(crate) struct Uses {
    /// The arithmetic of dims.
    pub(super) operations: Vec<Operation>,
    /// The names in dims: a const parameter among them is a dim.
    pub(super) names: Vec<Ident>,
}

impl Uses {
    pub(super) fn of_dim(&mut self, dim: &Dim) {
        self.operations.extend_from_slice(dim.operations());
        self.names.extend_from_slice(dim.names());
    }

    pub(super) fn of_shape(&mut self, shape: &Shape) {
        shape.dims().iter().for_each(|dim| self.of_dim(dim));
    }
}

impl<'a> Groups<'a> {
    pub(super) fn of(groups: &'a [Group]) -> Self {
        let named = groups.iter().map(|group| (group.name.to_string(), group));
        Self(named.collect())
    }

    /// `::<_, _, Handles>` for a literal of a group of this invocation, whose kind is then known where its fields are
    /// checked: the message about one is shorter. Not with a const among the parameters: `_` for one is newer than this
    /// crate's oldest Rust.
    pub(super) fn kind_of(&self, path: &Path) -> Option<TokenStream> {
        let name = path.get_ident()?;
        let params = &self.0.get(&name.to_string())?.generics.params;
        if !params
            .iter()
            .all(|param| matches!(param, GenericParam::Type(_)))
        {
            return None;
        }
        // With the span of the user: of a literal of this macro, rustc proposes no field for one that is misspelled.
        let span = after(name.span());
        let holes = params.iter().map(|_| quote_spanned!(span=> _,));
        Some(quote_spanned!(span=> ::<#(#holes)* ::cotangent::context::Handles>))
    }

    /// What an entry makes of dims, also in the fields of its groups.
    pub(super) fn uses(&self, entry: &EntryType) -> Uses {
        self.within(entry, self.0.len())
    }

    /// `depth`: a group is in no more others than there are, or it is in itself.
    fn within(&self, entry: &EntryType, depth: usize) -> Uses {
        let (mut uses, (shape, group)) = (Uses::default(), entry.parts());
        if let Some(shape) = shape {
            uses.of_shape(shape);
        }
        let Some(written) = group else {
            return uses;
        };
        for argument in &written.arguments {
            if !argument.is_const {
                uses.of_dim(&argument.value);
            }
        }
        let declared = match written.is_name {
            true => self.0.get(&written.name.to_string()),
            false => None,
        };
        let (Some(group), Some(depth)) = (declared, depth.checked_sub(1)) else {
            return uses;
        };
        let params: Vec<_> = group.generics.params.iter().filter_map(name).collect();
        let arguments: Vec<_> = written.arguments.iter().map(|a| a.value.clone()).collect();
        for field in &group.fields {
            let of_field = self.within(&field.entry, depth);
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
}

/// The name of a parameter that is a dim or a const.
pub(super) fn name(param: &GenericParam) -> Option<Ident> {
    match param {
        GenericParam::Type(param) => Some(param.ident.clone()),
        GenericParam::Const(param) => Some(param.ident.clone()),
        GenericParam::Lifetime(_) => None,
    }
}
