//! One row, with its numbers.

use crate::data::Floats;
use std::collections::BTreeMap;

/// A workload: its parameters and its data, by name.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub name: String,
    /// How far a step of gradient descent goes; 0 where there is none.
    pub rate: f32,
    pub parameters: BTreeMap<String, Floats>,
    pub data: BTreeMap<String, Floats>,
    pub labels: Option<Vec<usize>>,
    /// Whether cotangent prints where the time of a step goes.
    pub profile: bool,
}

/// What can be wrong with the table, or with what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    #[error("the row {row} has no {name}")]
    NoTensor { row: String, name: String },
    #[error("line {line} of the table is wrong: {text}")]
    Line { line: usize, text: String },
}

impl Row {
    fn named<'a>(
        &self,
        from: &'a BTreeMap<String, Floats>,
        name: &str,
    ) -> Result<&'a Floats, RowError> {
        from.get(name).ok_or_else(|| self.without(name))
    }

    fn without(&self, name: &str) -> RowError {
        RowError::NoTensor {
            row: self.name.clone(),
            name: name.into(),
        }
    }

    /// The parameter of this name, as it is at first.
    ///
    /// # Errors
    /// There is none.
    pub fn parameter(&self, name: &str) -> Result<&Floats, RowError> {
        self.named(&self.parameters, name)
    }

    /// The data of this name.
    ///
    /// # Errors
    /// There are none.
    pub fn data(&self, name: &str) -> Result<&Floats, RowError> {
        self.named(&self.data, name)
    }

    /// The labels.
    ///
    /// # Errors
    /// There are none.
    pub fn labels(&self) -> Result<&[usize], RowError> {
        self.labels.as_deref().ok_or_else(|| self.without("labels"))
    }
}
