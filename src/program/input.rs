//! What a value is called, and the inputs of programs. Names take no part in equality.

use crate::tensor::Type;
use core::hash::{Hash, Hasher};
use std::sync::Arc;

/// What a user calls a value, and where. It takes no part in equality.
#[derive(Clone, Debug)]
pub struct Label {
    /// The user's name for each of its values: `h`, or nothing.
    pub names: Box<[Arc<str>]>,
    /// The op, or the graph that is called: `matmul`.
    pub op: Arc<str>,
    /// The file and the line, where they are known.
    pub source: Option<(Arc<str>, u32)>,
}

impl Label {
    /// What the pullback of what this labels is called.
    pub(crate) fn pulled_back(&self) -> Label {
        let of = |name: &str| match name {
            "" => "".into(),
            name => format!("vjp of {name}").into(),
        };
        Label {
            names: self.names.iter().map(|name| of(name)).collect(),
            op: of(&self.op),
            source: self.source.clone(),
        }
    }
}

/// An input of a program: its type, and its name, which takes no part in equality.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name; empty if it has none.
    pub name: Arc<str>,
    /// The type.
    pub ty: Type,
}

impl Input {
    /// An input without a name.
    pub fn new(ty: Type) -> Self {
        Input {
            name: "".into(),
            ty,
        }
    }
}

impl PartialEq for Input {
    fn eq(&self, other: &Self) -> bool {
        self.ty == other.ty
    }
}

impl Eq for Input {}

impl Hash for Input {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.ty.hash(state);
    }
}
