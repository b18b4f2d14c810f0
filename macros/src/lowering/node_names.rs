//! The names of nodes. They are what run-time errors, printed graphs and profiles say.

use std::collections::HashMap;

/// Names the nodes of one statement after another.
#[derive(Default)]
pub(crate) struct Names {
    statement: String,
    used: HashMap<String, usize>,
}

impl Names {
    /// Begins a statement, known by the variable that it binds.
    pub(crate) fn enter(&mut self, statement: &str) {
        statement.clone_into(&mut self.statement);
        self.used.clear();
    }

    /// The name of the statement's own node.
    pub(crate) fn outer(&self) -> String {
        self.statement.clone()
    }

    /// The name of a node on the way to it: `h/matmul`, and `h/matmul.2` for the next one.
    pub(crate) fn inner(&mut self, op: &str) -> String {
        let count = self
            .used
            .entry(op.to_owned())
            .and_modify(|count| *count += 1)
            .or_insert(1);
        match count {
            1 => format!("{}/{op}", self.statement),
            _ => format!("{}/{op}.{count}", self.statement),
        }
    }
}
