//! Which graph a handle belongs to.

use core::fmt;
use core::sync::atomic::{AtomicU64, Ordering};
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

/// The graph, or the rule being recorded, that a handle belongs to. Its name is for messages.
///
/// It is one word, the number of the graph and then the place of its name in a table: a handle is two words and stays
/// in registers, whatever is compiled for its shape.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GraphId(u64);

/// How many bits are of the name.
const NAME_BITS: u32 = 24;

/// The names that graphs and ops have had. They stand in sources, so they are few.
#[derive(Default)]
struct Names {
    all: Vec<&'static str>,
    places: HashMap<&'static str, u64>,
}

static NAMES: LazyLock<RwLock<Names>> = LazyLock::new(RwLock::default);

/// The place of a name. Names past the last place have that of the last one: a message then has a wrong name, and a right
/// number.
fn place_of(name: &'static str) -> u64 {
    let names = NAMES.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(&place) = names.places.get(name) {
        return place;
    }
    drop(names);
    let mut names = NAMES.write().unwrap_or_else(PoisonError::into_inner);
    let Names { all, places } = &mut *names;
    let last = (1 << NAME_BITS) - 1;
    *places.entry(name).or_insert_with(|| {
        if all.len() as u64 <= last {
            all.push(name);
        }
        all.len() as u64 - 1
    })
}

impl GraphId {
    /// The graph of handles that are never used.
    pub(crate) const NOBODY: GraphId = GraphId(0);

    /// A graph unlike any other.
    pub(crate) fn new(name: &'static str) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let serial = NEXT.fetch_add(1, Ordering::Relaxed);
        GraphId(serial << NAME_BITS | place_of(name))
    }

    /// The name of the graph.
    pub fn name(&self) -> &'static str {
        let names = NAMES.read().unwrap_or_else(PoisonError::into_inner);
        let place = self.0 & ((1 << NAME_BITS) - 1);
        match *self {
            Self::NOBODY => "",
            _ => names.all.get(place as usize).copied().unwrap_or_default(),
        }
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
        write!(f, "graph `{}` (#{})", self.name(), self.0 >> NAME_BITS)
    }
}

impl fmt::Debug for GraphId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
