//! The environments of a proof: all of them, or some that are drawn. Tensors among the entries are indeterminates.

use super::chosen::Chosen;
use super::drawn_environments::{ENVIRONMENTS, MOST_CLASSES, all, some};
use super::draws::Draws;
use super::method::{Method, Shown};
use super::uses_draws::uses_draws;
use crate::counterexample::Counterexample;
use crate::lean::Environments;
use crate::program::Function;
use crate::tensor::Type;

/// In how many where normal forms are too large, and nothing else is drawn: each has random points of its own.
pub(super) const LARGE_ENVIRONMENTS: usize = 4;

/// That there is no environment to prove in.
pub(super) fn no_environment(law: &'static str, place: &str) -> Counterexample {
    let got = "none: there is a label, and it has no class";
    Counterexample::new(law, place, "an environment", got)
}

/// Whether the value of a function, or a rule that it writes, computes labels.
pub(super) fn computes_labels(function: &Function) -> bool {
    let rules = function.rule().into_iter();
    let mut rules = rules.flat_map(|rule| [&rule.jvp, &rule.vjp]);
    uses_draws(function.body()) || rules.any(uses_draws)
}

/// Whether there may be something new in the next set of draws.
pub(super) fn another_set(draws: &Draws, set: u64) -> bool {
    let is_open = !draws.are_complete(set) && !draws.are_stuck(set);
    set < ENVIRONMENTS as u64 || (set < MOST_CLASSES as u64 && is_open)
}

/// Whether a function passes in one environment: where it computes labels, with many answers.
pub(super) fn holds_in_each_set(function: &Function, holds: impl Fn() -> bool) -> bool {
    let (mut draws, computed) = (Draws::new(), computes_labels(function));
    let mut set = 0;
    while draws.in_set(set, &holds) {
        set += 1;
        if !computed || !another_set(&draws, set) {
            return true;
        }
    }
    false
}

/// What was shown in the first of some environments.
pub(super) struct Tried {
    pub shown: Shown,
    /// In how many.
    pub number: usize,
    /// Whether each comparison had each of its answers.
    pub complete: bool,
}

impl Tried {
    pub fn nothing() -> Self {
        Tried {
            shown: Shown::nothing(),
            number: 0,
            complete: true,
        }
    }

    /// What was shown of two functions. Of one environment is said what was shown of any.
    pub fn and(self, other: Tried) -> Self {
        Tried {
            shown: self.shown.and(other.shown),
            number: self.number.max(other.number),
            complete: self.complete && other.complete,
        }
    }
}

/// Environments to prove in.
pub(super) struct Drawn {
    /// What was chosen for each entry.
    pub environments: Vec<Vec<Chosen>>,
    /// Whether the graph computes labels, which are drawn, too.
    pub computed: bool,
    /// Whether anything was chosen by somebody else.
    given: bool,
    /// Whether there are no others.
    all: bool,
    /// The types of the entries.
    entries: Vec<Type>,
    /// Which of them are read. In the others there is nothing to try.
    read: Vec<bool>,
}

impl Drawn {
    /// The one environment that was given.
    pub fn given(entries: &[Type], read: Vec<bool>, chosen: Vec<Chosen>, computed: bool) -> Self {
        Drawn {
            environments: vec![chosen],
            computed,
            given: true,
            all: false,
            entries: entries.to_vec(),
            read,
        }
    }

    /// The environment of a number. After the last comes the first, with other draws.
    pub fn environment(&self, number: usize) -> &[Chosen] {
        let one = self
            .environments
            .get(number % self.environments.len().max(1));
        one.map_or(&[], Vec::as_slice)
    }

    /// What is shown in the first of these, one after the other; nothing if there is none. `one` takes whether normal forms
    /// were small so far.
    pub fn show(
        &self,
        one: impl Fn(&[Chosen], bool) -> Result<Shown, Counterexample>,
    ) -> Result<Option<Tried>, Counterexample> {
        let mut draws = Draws::new();
        let mut tried = Tried::nothing();
        // Computed labels have other answers in each set of draws, and it takes many to see each order.
        let most = match self.computed && !self.environments.is_empty() {
            true => ENVIRONMENTS,
            false => self.environments.len().min(ENVIRONMENTS),
        };
        while tried.number < most {
            let is_exact = tried.shown.method == Method::NormalForms;
            if !is_exact && !self.computed && tried.number >= LARGE_ENVIRONMENTS {
                break;
            }
            let (number, chosen) = (tried.number, self.environment(tried.number));
            let shown = draws.in_set(number as u64, || one(chosen, is_exact))?;
            tried = Tried {
                shown: tried.shown.and(shown),
                number: number + 1,
                complete: !self.computed || draws.are_complete(number as u64 + 1),
            };
        }
        Ok((tried.number > 0).then_some(tried))
    }

    /// Whether the environment of a number may show something new of a node that reads these entries, though those before it
    /// were tried.
    pub fn are_new(&self, slots: &[usize], number: usize) -> bool {
        let mut read = slots.iter().filter_map(|&slot| self.entries.get(slot));
        let is_new = |entry: &Type| match entry {
            Type::Scalar(..) => false,
            // All are in the order of an odometer.
            Type::Key(dims) | Type::Index { dims, .. } if self.all => dims.count() > 0,
            Type::Key(dims) => dims.count() > 0 && number < ENVIRONMENTS,
            Type::Index { dims, below } => dims.count() > 0 && number < *below,
        };
        number < self.environments.len() && read.any(is_new)
    }

    /// For which environments something speaks that was shown in some of these.
    pub fn of(&self, tried: &Tried) -> Environments {
        let (tried, complete) = (tried.number, tried.complete);
        let chosen = |entry: &&Type| !entry.is_scalar() && entry.dims().count() > 0;
        let read = self.entries.iter().zip(&self.read);
        let read = read.filter_map(|(entry, &is_read)| is_read.then_some(entry));
        let chosen: Vec<&Type> = read.filter(chosen).collect();
        if chosen.is_empty() && !self.computed {
            return Environments::Independent;
        }
        if self.given {
            return Environments::Given;
        }
        if self.all {
            return match tried == self.environments.len() {
                true => Environments::All(tried),
                false => Environments::Some { tried },
            };
        }
        let bounds = chosen.iter().filter_map(|entry| match entry {
            Type::Index { below, .. } => Some(*below),
            Type::Scalar(..) | Type::Key(_) => None,
        });
        match bounds.max() {
            Some(below) if below <= tried && complete => Environments::EveryClass { tried },
            None if self.computed && complete => Environments::EveryClass { tried },
            Some(_) | None => Environments::Some { tried },
        }
    }
}

/// All environments, if there are at most [`ENVIRONMENTS`] and nothing else is drawn. Else as many, or, if there are more
/// classes, as many as classes: in these each label goes round its classes, each from a start of its own, so it reaches all
/// of them; then labels are random, as keys are. What is not read is the same in all.
pub(super) fn all_or_some(entries: &[Type], read: Vec<bool>, computed: bool) -> Drawn {
    let (environments, are_all) = match all(entries, &read, ENVIRONMENTS) {
        Some(environments) if !computed || environments.is_empty() => (environments, true),
        _ => (some(entries, &read), false),
    };
    Drawn {
        environments,
        computed,
        given: false,
        all: are_all,
        entries: entries.to_vec(),
        read,
    }
}

#[cfg(test)]
mod tests {
    use super::{Drawn, Tried, all_or_some};
    use crate::lean::Environments;
    use crate::prove::chosen::Chosen;
    use crate::prove::drawn_environments::ENVIRONMENTS;
    use crate::tensor::{Dims, Type};
    use std::collections::BTreeSet;

    fn labels(dims: &[usize], below: usize) -> Type {
        let dims = Dims::new(dims);
        Type::Index { dims, below }
    }

    /// What is said of what was shown in so many, with each answer of a comparison or without.
    fn said(drawn: &Drawn, number: usize, complete: bool) -> Environments {
        let tried = Tried {
            number,
            complete,
            ..Tried::nothing()
        };
        drawn.of(&tried)
    }

    /// Each of 16 places of one entry and of 3 of another sees each class.
    #[test]
    fn each_label_reaches_each_class() {
        for (below, tried) in [(10, 32), (32, 32), (33, 33), (999, 999)] {
            let entries = [labels(&[16], below), labels(&[3], 7)];
            let drawn = all_or_some(&entries, vec![true; 2], false);
            assert_eq!(drawn.environments.len(), tried);
            for (entry, classes) in [(0, below), (1, 7)] {
                for place in 0..entries[entry].dims().count() {
                    let seen = drawn
                        .environments
                        .iter()
                        .map(|chosen| match &chosen[entry] {
                            Chosen::Indices(indices) => indices.as_slice()[place],
                            Chosen::Tensor | Chosen::Keys(_) => unreachable!("labels"),
                        });
                    assert_eq!(seen.collect::<BTreeSet<_>>().len(), classes);
                }
            }
            assert_eq!(
                said(&drawn, tried, true),
                Environments::EveryClass { tried }
            );
            assert_eq!(said(&drawn, tried, false), Environments::Some { tried });
            assert_eq!(said(&drawn, 4, true), Environments::Some { tried: 4 });
        }
    }

    #[test]
    fn what_is_said() {
        let keys = Type::Key(Dims::new(&[]));
        let of_all = |entries: &[Type], computed| {
            let drawn = all_or_some(entries, vec![true; entries.len()], computed);
            said(&drawn, drawn.environments.len(), true)
        };
        let tried = ENVIRONMENTS;
        assert_eq!(of_all(&[], false), Environments::Independent);
        assert_eq!(of_all(&[], true), Environments::EveryClass { tried });
        assert_eq!(of_all(&[labels(&[2], 3)], false), Environments::All(9));
        assert_eq!(
            of_all(&[labels(&[2], 3)], true),
            Environments::EveryClass { tried }
        );
        assert_eq!(
            of_all(std::slice::from_ref(&keys), false),
            Environments::Some { tried }
        );
        assert_eq!(
            of_all(&[keys, labels(&[2], 3)], false),
            Environments::EveryClass { tried }
        );
        assert_eq!(
            of_all(&[labels(&[2], 5000)], false),
            Environments::Some { tried: 4096 }
        );
        let entries = [labels(&[2], 3), labels(&[], 999)];
        let first = all_or_some(&entries, vec![true, false], false);
        assert_eq!(said(&first, 9, true), Environments::All(9));
        let none = all_or_some(&entries, vec![false; 2], false);
        assert_eq!(
            (none.environments.len(), said(&none, 1, true)),
            (1, Environments::Independent)
        );
    }
}
