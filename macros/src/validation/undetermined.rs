//! The parameters of a graph that nothing in its header says: such as a number of heads. They are arguments of its
//! function, so that a caller writes them alone, and no other parameter.

use std::collections::HashSet;

use quote::ToTokens;
use syn::{GenericParam, Generics, Type};

use crate::syntax::dim::of_const;
use crate::syntax::entry::EntryType;
use crate::syntax::graph::Graph;
use crate::syntax::value_type::ValueType;

/// The parameters that rustc finds in no value of a graph. A parameter is found where a dim, or an argument of a group,
/// is it and nothing else: from `4 * D` nobody can tell what `D` is.
pub(crate) fn undetermined<'g>(generics: &'g Generics, graph: &Graph) -> Vec<&'g GenericParam> {
    let mut found = Found::default();
    for input in &graph.inputs {
        found.entry(&input.entry);
    }
    for entry in &graph.environment {
        found.value(&entry.ty);
    }
    for ty in graph.returned.types() {
        found.value(ty);
    }
    let is_found = |param: &GenericParam| match param {
        GenericParam::Type(param) => found.has(&param.ident),
        GenericParam::Const(param) => {
            let is_size = matches!(&param.ty, Type::Path(path) if path.path.is_ident("usize"));
            !is_size || found.has(&param.ident) || found.has(of_const(&param.ident))
        }
        GenericParam::Lifetime(_) => true,
    };
    let params = generics.params.iter();
    params.filter(|param| !is_found(param)).collect()
}

/// What stands alone in a header, as text.
#[derive(Default)]
struct Found(HashSet<String>);

impl Found {
    fn add(&mut self, tokens: impl ToTokens) {
        self.0.insert(tokens.to_token_stream().to_string());
    }

    fn has(&self, tokens: impl ToTokens) -> bool {
        self.0.contains(&tokens.to_token_stream().to_string())
    }

    fn entry(&mut self, entry: &EntryType) {
        match entry {
            EntryType::Tensor(shape) => shape.dims().iter().for_each(|dim| self.add(dim)),
            EntryType::Group(group) => {
                self.add(entry);
                for argument in &group.arguments {
                    self.add(&argument.value);
                }
            }
            EntryType::Array { of, length, .. } => {
                self.entry(of);
                self.add(length);
            }
        }
    }

    fn value(&mut self, ty: &ValueType) {
        match ty {
            ValueType::Entry(entry) => self.entry(entry),
            ValueType::Labels { shape, classes } => {
                shape.dims().iter().for_each(|dim| self.add(dim));
                self.add(classes);
            }
            ValueType::Key(_) => {}
            // A type as Rust has it: whatever it names.
            ValueType::Type(ty) => {
                for token in ty.to_token_stream() {
                    self.add(token);
                }
            }
        }
    }
}
