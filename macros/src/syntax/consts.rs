//! What a parser of dims and entries has to know: which names are consts, and which parameters of a group are.

use std::collections::HashMap;
use std::rc::Rc;

use proc_macro2::Ident;
use syn::{GenericParam, Generics};

/// Which of a group's parameters are consts, in order; by the name of the group.
pub(crate) type GroupConsts = Rc<HashMap<String, Vec<bool>>>;

/// The const generic parameters in scope, and the groups of the invocation.
#[derive(Clone, Default)]
pub(crate) struct Consts {
    /// In a shape such a name is a size, not a type.
    pub(crate) params: Vec<Ident>,
    /// The type parameters, of an item, which has all its generics of its own; of what is written in other Rust nothing
    /// is known.
    pub(crate) types: Option<Vec<Ident>>,
    pub(crate) groups: GroupConsts,
}

impl Consts {
    /// Those of an item.
    pub(crate) fn of(generics: &Generics, groups: &GroupConsts) -> Self {
        let consts = generics.const_params().map(|param| param.ident.clone());
        let types = generics.type_params().map(|param| param.ident.clone());
        Self {
            params: consts.collect(),
            types: Some(types.collect()),
            groups: groups.clone(),
        }
    }

    /// Whether a name is known to be that of a type parameter.
    pub(crate) fn is_type(&self, name: &Ident) -> bool {
        self.types
            .as_ref()
            .is_some_and(|types| types.contains(name))
    }

    /// Whether the parameter of a group at some place is a const. Of a group of another invocation nothing is known.
    pub(crate) fn is_const(&self, group: &Ident, at: usize) -> bool {
        let params = self.groups.get(&group.to_string());
        params
            .and_then(|params| params.get(at))
            .is_some_and(|is_const| *is_const)
    }
}

/// The name of a parameter that is a dim or a const.
pub(crate) fn param_name(param: &GenericParam) -> Option<&Ident> {
    match param {
        GenericParam::Type(param) => Some(&param.ident),
        GenericParam::Const(param) => Some(&param.ident),
        GenericParam::Lifetime(_) => None,
    }
}

/// Which of some parameters are consts.
pub(crate) fn are_consts<'a>(params: impl IntoIterator<Item = &'a GenericParam>) -> Vec<bool> {
    let params = params.into_iter();
    params
        .map(|param| matches!(param, GenericParam::Const(_)))
        .collect()
}
