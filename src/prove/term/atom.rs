//! Atoms, each stored once.

use super::label::{self, Label};
use super::release::release;
use super::term::Term;
use crate::scalar::Unary;
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use std::collections::HashMap;
use std::hash::DefaultHasher;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

/// A variable of the polynomials: equal atoms are one object, so comparing is comparing numbers.
#[derive(Clone)]
pub(super) struct Atom(Arc<Node>);

struct Node {
    /// Unique among all atoms that ever were. Its order means nothing.
    id: u64,
    kind: Kind,
    /// A hash of the kind that is the same in every run.
    fingerprint: u64,
    /// What sorts atoms for a reader: how this one is printed, cut if long.
    label: Label,
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Kind::Apply(_, arguments) = &mut self.kind {
            release(core::mem::take(arguments));
        }
    }
}

/// What an atom is.
#[derive(PartialEq, Eq)]
pub(super) enum Kind {
    Indeterminate(Box<str>),
    Apply(Symbol, Vec<Term>),
}

/// A function that is not computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Symbol {
    /// Of one term. A reciprocal is of zero, or of a sum whose leading coefficient is 1 and whose content is 1.
    Of(Unary),
    Pow,
    Max,
}

impl Symbol {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Symbol::Of(f) => f.name(),
            Symbol::Pow => "pow",
            Symbol::Max => "max",
        }
    }
}

impl Atom {
    /// The one atom of this kind.
    pub(super) fn new(kind: Kind) -> Self {
        static TABLE: LazyLock<Mutex<Table>> = LazyLock::new(Mutex::default);
        // Hashing is done outside of the lock. What is done inside of it takes no lock: it makes no atoms.
        let made = Made::new(kind);
        // A table is whole after each of its steps, so a panic of another thread leaves nothing broken.
        TABLE
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .intern(made)
    }

    pub(super) fn id(&self) -> u64 {
        self.0.id
    }

    pub(super) fn kind(&self) -> &Kind {
        &self.0.kind
    }

    pub(super) fn fingerprint(&self) -> u64 {
        self.0.fingerprint
    }

    pub(super) fn label(&self) -> &Label {
        &self.0.label
    }

    /// The sum whose reciprocal this atom is.
    pub(super) fn reciprocal_of(&self) -> Option<&Term> {
        match self.kind() {
            Kind::Apply(Symbol::Of(Unary::Recip), arguments) => arguments.first(),
            _ => None,
        }
    }
}

impl PartialEq for Atom {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Atom {}

impl Hash for Atom {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.id());
    }
}

impl Ord for Atom {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id().cmp(&other.id())
    }
}

impl PartialOrd for Atom {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The same hash in every run.
pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// An atom that has no number yet.
struct Made {
    kind: Kind,
    fingerprint: u64,
}

impl Made {
    fn new(kind: Kind) -> Self {
        let fingerprint = match &kind {
            Kind::Indeterminate(name) => hash(name),
            Kind::Apply(symbol, arguments) => hash(&(symbol.name(), arguments)),
        };
        Made { kind, fingerprint }
    }
}

/// All atoms that are alive, and some that were.
#[derive(Default)]
struct Table {
    /// By fingerprint. Weak: the table keeps no atom alive.
    atoms: HashMap<u64, Vec<Weak<Node>>>,
    /// How many entries there are, dead ones included.
    entries: usize,
    /// The number of entries at which the dead ones are removed.
    limit: usize,
    next_id: u64,
}

/// Below this many entries a search for dead ones is not worth it.
const SMALL_TABLE: usize = 1024;

impl Table {
    fn intern(&mut self, Made { kind, fingerprint }: Made) -> Atom {
        let known = self.atoms.get(&fingerprint).into_iter().flatten();
        if let Some(node) = known
            .filter_map(Weak::upgrade)
            .find(|node| node.kind == kind)
        {
            return Atom(node);
        }
        if self.entries >= self.limit {
            self.purge();
        }
        let label = label::of_kind(&kind);
        let node = Arc::new(Node {
            id: self.next_id,
            kind,
            fingerprint,
            label,
        });
        self.next_id += 1;
        self.entries += 1;
        let bucket = self.atoms.entry(fingerprint).or_default();
        bucket.push(Arc::downgrade(&node));
        Atom(node)
    }

    /// Removes dead entries. It is due when the table has doubled, so it costs each entry a constant.
    fn purge(&mut self) {
        self.atoms.retain(|_, bucket| {
            bucket.retain(|node| node.strong_count() > 0);
            bucket.shrink_to_fit();
            !bucket.is_empty()
        });
        self.atoms.shrink_to(2 * self.atoms.len());
        self.entries = self.atoms.values().map(Vec::len).sum();
        self.limit = (2 * self.entries).max(SMALL_TABLE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(table: &mut Table, name: &str) -> Atom {
        table.intern(Made::new(Kind::Indeterminate(name.into())))
    }

    #[test]
    fn equal_atoms_are_one() {
        let mut table = Table::default();
        let (x, again, y) = (
            named(&mut table, "x"),
            named(&mut table, "x"),
            named(&mut table, "y"),
        );
        assert!(Arc::ptr_eq(&x.0, &again.0));
        assert!(x == again && x != y);
        assert_eq!(table.entries, 2);
    }

    #[test]
    fn one_fingerprint_does_not_make_atoms_equal() {
        let mut table = Table::default();
        let kind = |name: &str| Kind::Indeterminate(name.into());
        let [x, y, again] = ["x", "y", "x"].map(|name| {
            table.intern(Made {
                kind: kind(name),
                fingerprint: 7,
            })
        });
        assert!(x != y && x == again);
    }

    #[test]
    fn memory_is_given_back() {
        let mut table = Table::default();
        let kept = named(&mut table, "kept");
        let many: Vec<_> = (0..10_000)
            .map(|i| named(&mut table, &format!("x{i}")))
            .collect();
        assert_eq!(table.entries, 10_001);
        drop(many);
        // Enough short lives to reach the limit.
        for i in 0..table.limit {
            named(&mut table, &format!("y{i}"));
        }
        assert!(
            table.entries <= 2 * SMALL_TABLE,
            "{} entries",
            table.entries
        );
        assert!(
            table.atoms.capacity() <= 8 * SMALL_TABLE,
            "{}",
            table.atoms.capacity()
        );
        assert!(named(&mut table, "kept") == kept);
    }
}
