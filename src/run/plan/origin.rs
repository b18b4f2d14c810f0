//! What a value or a step of a plan comes from, in the user's words.

use crate::program::{Input, Instruction};
use core::fmt;
use std::sync::Arc;

/// The node of a graph that a value or a step of a plan comes from.
///
/// It prints as `h = matmul, src/main.rs:12`. What a pullback computes for the node `h` is `vjp of h`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The user's name; empty if there is none.
    pub name: Arc<str>,
    /// The op, or the graph that is called; `input` of an input; empty of a program that was written without names.
    pub op: Arc<str>,
    /// The primitive: `contract`.
    pub primitive: Arc<str>,
    /// The file and the line, where they are known.
    pub source: Option<(Arc<str>, u32)>,
}

impl Origin {
    pub(super) fn of_input(input: &Input) -> Origin {
        Origin {
            name: Arc::clone(&input.name),
            op: "input".into(),
            ..Origin::default()
        }
    }

    /// That of an instruction. One without a label is a part of what is around it.
    pub(super) fn of(instruction: &Instruction, around: &Origin) -> Origin {
        let primitive = instruction.prim.name().into();
        match &instruction.label {
            Some(label) => Origin {
                name: label.names.first().cloned().unwrap_or_default(),
                op: Arc::clone(&label.op),
                primitive,
                source: label.source.clone(),
            },
            None => Origin {
                primitive,
                ..around.clone()
            },
        }
    }

    /// The shortest that a user knows it by: its name, else its op, else the primitive.
    pub fn title(&self) -> &str {
        let all = [&self.name, &self.op, &self.primitive];
        all.into_iter()
            .find(|text| !text.is_empty())
            .map_or("", |text| text)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let op = match &*self.op {
            "" => &self.primitive,
            _ => &self.op,
        };
        match &*self.name {
            "" => f.write_str(op)?,
            name => write!(f, "{name} = {op}")?,
        }
        match &self.source {
            Some((file, line)) => write!(f, ", {file}:{line}"),
            None => Ok(()),
        }
    }
}
