//! What was found: for each law that does not hold, where it first did not.

use cotangent::prelude::Counterexample;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A law that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its name; `panic` for a check that ended in one.
    pub law: String,
    /// The graph, and the place in it.
    pub place: String,
}

/// The checks that were run, and what they found.
#[derive(Debug, Default)]
pub struct Judge {
    findings: Vec<Finding>,
    checks: usize,
    /// The laws of which one is enough.
    wanted: Vec<String>,
}

impl Judge {
    /// One that checks nothing more once one of these laws does not hold.
    pub fn until(laws: Vec<String>) -> Self {
        Judge {
            wanted: laws,
            ..Judge::default()
        }
    }

    /// Runs one check of a graph or an op. A panic is a finding, and the next check runs.
    pub fn demand<T>(&mut self, graph: &str, check: impl FnOnce() -> Result<T, Counterexample>) {
        self.value_of(graph, check);
    }

    /// The same, with what the check returns.
    pub fn value_of<T>(
        &mut self,
        graph: &str,
        check: impl FnOnce() -> Result<T, Counterexample>,
    ) -> Option<T> {
        let mut findings = self.findings.iter();
        if findings.any(|finding| self.wanted.contains(&finding.law)) {
            return None;
        }
        self.checks += 1;
        let (law, place) = match catch_unwind(AssertUnwindSafe(check)) {
            Ok(Ok(value)) => return Some(value),
            Ok(Err(found)) => {
                let sides = format!("expected {}, got {}", found.expected, found.got);
                (found.law.to_owned(), format!("{}: {sides}", found.place))
            }
            Err(panic) => ("panic".to_owned(), message(&*panic)),
        };
        if self.findings.iter().all(|finding| finding.law != law) {
            let place = format!("`{graph}`, {place}");
            self.findings.push(Finding { law, place });
        }
        None
    }

    /// The first counterexample of each law.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many checks were run.
    pub fn checks(&self) -> usize {
        self.checks
    }
}

/// What a panic says.
fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "no message".to_owned())
}
