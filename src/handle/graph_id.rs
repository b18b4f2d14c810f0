//! Which graph a handle belongs to.

use core::fmt;
use core::sync::atomic::{AtomicU32, Ordering};

/// The graph, or the rule being recorded, that a handle belongs to. Its name is for messages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GraphId {
    serial: u32,
    name: &'static str,
}

impl GraphId {
    /// The graph of handles that are never used.
    pub(crate) const NOBODY: GraphId = GraphId {
        serial: 0,
        name: "",
    };

    /// A graph unlike any other.
    pub(crate) fn new(name: &'static str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        GraphId {
            serial: NEXT.fetch_add(1, Ordering::Relaxed),
            name,
        }
    }

    /// The name of the graph.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Refuses a handle of another graph: a mistake in the program, not in its data.
    ///
    /// # Panics
    /// If the graphs differ, naming both.
    #[track_caller]
    pub(crate) fn demand(self, other: GraphId) {
        assert!(
            self == other,
            "a handle of {other} was used in {self}: handles belong to the graph that made them"
        );
    }
}

impl fmt::Display for GraphId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "graph `{}` (#{})", self.name, self.serial)
    }
}

impl fmt::Debug for GraphId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
