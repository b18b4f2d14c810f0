//! Atoms are stored once: equal ones are one object.

use super::display::label_of_kind;
use super::term::{Atom, Kind, Node, Term, hash};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

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
}

impl Term {
    /// The indeterminate of this name. Two indeterminates of one name are equal.
    ///
    /// The name is printed as it is and means nothing else: `x[0,1]` is as good as any.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// assert_eq!(Term::indeterminate("x[0,1]").to_string(), "x[0,1]");
    /// ```
    pub fn indeterminate(name: &str) -> Self {
        Self::of_atom(Atom::new(Kind::Indeterminate(name.into())))
    }
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
        let label = label_of_kind(&kind);
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
