//! The environments of a proof: all of them, or some that are drawn. Tensors among the entries are indeterminates.

use super::chosen::Chosen;
use super::draws::with_draws;
use super::method::{Method, Shown};
use super::uses_draws::uses_draws;
use crate::counterexample::Counterexample;
use crate::lean::Environments;
use crate::program::Function;
use crate::tensor::{AnyTensor, Indices, Key, Type};

/// In how many environments a proof tries to show the laws: all of them if there are at most so many. Where the graph
/// computes labels, in as many, each with answers of its own.
pub(super) const ENVIRONMENTS: usize = 32;

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

/// What a function shows in one environment: where it computes labels, with many answers, until one shows it wrong.
pub(super) fn in_each_set(
    function: &Function,
    show: impl Fn() -> Result<Shown, Counterexample>,
) -> Result<Shown, Counterexample> {
    let first = with_draws(0, &show)?;
    let others = match computes_labels(function) {
        true => 1..ENVIRONMENTS as u64,
        false => 0..0,
    };
    let mut others = others.map(|set| with_draws(set, &show));
    others.try_fold(first, |total, shown| Ok(total.and(shown?)))
}

/// Whether a function passes in one environment: where it computes labels, with many answers.
pub(super) fn holds_in_each_set(function: &Function, holds: impl Fn() -> bool) -> bool {
    let mut sets = match computes_labels(function) {
        true => 0..ENVIRONMENTS as u64,
        false => 0..1,
    };
    sets.all(|set| with_draws(set, &holds))
}

/// A label of at most so many classes reaches each of them.
const MOST_CLASSES: usize = 4096;

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

    /// What is shown in the first of these, one after the other, and in how many that was; nothing if there is none.
    pub fn show(
        &self,
        one: impl Fn(&[Chosen]) -> Result<Shown, Counterexample>,
    ) -> Result<(Option<Shown>, usize), Counterexample> {
        let (mut total, mut tried): (Option<Shown>, usize) = (None, 0);
        for (number, chosen) in self.environments.iter().take(ENVIRONMENTS).enumerate() {
            // Computed labels have other answers in each environment, and it takes many to see each order.
            let shown = with_draws(number as u64, || one(chosen))?;
            tried += 1;
            let so_far = match total.take() {
                None => shown,
                Some(before) => before.and(shown),
            };
            let is_exact = so_far.method == Method::NormalForms;
            total = Some(so_far);
            if !is_exact && !self.computed && tried == LARGE_ENVIRONMENTS {
                break;
            }
        }
        Ok((total, tried))
    }

    /// Whether the environment of a number may show something new of a node that reads these entries, though as many before
    /// it were tried.
    pub fn are_new(&self, slots: &[usize], number: usize) -> bool {
        let mut read = slots.iter().filter_map(|&slot| self.entries.get(slot));
        read.any(|entry| match entry {
            Type::Scalar(..) => false,
            // All are in the order of an odometer.
            Type::Key(dims) | Type::Index { dims, .. } if self.all => dims.count() > 0,
            Type::Key(dims) => dims.count() > 0 && number < ENVIRONMENTS,
            Type::Index { dims, below } => dims.count() > 0 && number < *below,
        })
    }

    /// For which environments something speaks that was shown in as many of these.
    pub fn of(&self, tried: usize) -> Environments {
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
            Some(below) if below <= tried => Environments::EveryClass { tried },
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

fn some(entries: &[Type], read: &[bool]) -> Vec<Vec<Chosen>> {
    let classes = entries.iter().zip(read).map(|entry| match entry {
        (Type::Index { below, .. }, true) => *below,
        (Type::Index { .. } | Type::Scalar(..) | Type::Key(_), _) => 0,
    });
    let count = classes.max().unwrap_or(0).clamp(ENVIRONMENTS, MOST_CLASSES);
    let rng = &mut fastrand::Rng::with_seed(0xe27);
    let mut starts: Vec<usize> = Vec::new();
    let one = |number: usize| {
        let mut at = 0;
        drawn_where(entries, read, &mut |below| {
            let random = rng.usize(..below);
            if starts.len() == at {
                starts.push(random);
            }
            at += 1;
            // Of keys there are too many to go round.
            match number < below && below <= MOST_CLASSES {
                true => (starts[at - 1] + number) % below,
                false => random,
            }
        })
    };
    (0..count).map_while(one).collect()
}

/// An environment by choices of numbers below a bound; `None` if there is none, such as a label of no class.
pub(super) fn drawn(
    entries: &[Type],
    choose: &mut dyn FnMut(usize) -> usize,
) -> Option<Vec<Chosen>> {
    drawn_where(entries, &vec![true; entries.len()], choose)
}

/// [`drawn`], with zeros for labels and keys that are not read.
fn drawn_where(
    entries: &[Type],
    read: &[bool],
    choose: &mut dyn FnMut(usize) -> usize,
) -> Option<Vec<Chosen>> {
    let mut chosen = Vec::with_capacity(entries.len());
    for (entry, &is_read) in entries.iter().zip(read) {
        let dims = entry.dims();
        let mut choose = |below| match is_read {
            true => choose(below),
            false => 0,
        };
        chosen.push(match entry {
            Type::Scalar(..) => Chosen::Tensor,
            Type::Key(_) => {
                let keys = (0..dims.count()).map(|_| Key::new(choose(usize::MAX) as u64));
                Chosen::Keys(AnyTensor::from_parts(dims.clone(), keys.collect()))
            }
            Type::Index { below: 0, .. } if dims.count() > 0 => return None,
            Type::Index { below, .. } => {
                let labels = (0..dims.count()).map(|_| choose(*below)).collect();
                let tensor = AnyTensor::from_parts(dims.clone(), labels);
                Chosen::Indices(Indices::from_parts(*below, tensor))
            }
        });
    }
    Some(chosen)
}

/// All environments, if there are at most `limit`.
fn all(entries: &[Type], read: &[bool], limit: usize) -> Option<Vec<Vec<Chosen>>> {
    // An odometer: each choice is a wheel, and the last that has a number left turns on.
    let mut wheels: Vec<(usize, usize)> = Vec::new();
    let mut all = Vec::new();
    loop {
        let mut at = 0;
        all.extend(drawn_where(entries, read, &mut |below| {
            if at == wheels.len() {
                wheels.push((0, below));
            }
            at += 1;
            wheels[at - 1].0
        }));
        while wheels
            .last()
            .is_some_and(|&(chosen, below)| chosen + 1 >= below)
        {
            wheels.pop();
        }
        match wheels.last_mut() {
            None => return Some(all),
            Some((chosen, _)) => *chosen += 1,
        }
        if all.len() == limit {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ENVIRONMENTS, all_or_some};
    use crate::lean::Environments;
    use crate::prove::chosen::Chosen;
    use crate::tensor::{Dims, Type};
    use std::collections::BTreeSet;

    fn labels(dims: &[usize], below: usize) -> Type {
        let dims = Dims::new(dims);
        Type::Index { dims, below }
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
            assert_eq!(drawn.of(tried), Environments::EveryClass { tried });
            let four = Environments::Some { tried: 4 };
            assert_eq!(drawn.of(4), four);
        }
    }

    #[test]
    fn what_is_said() {
        let keys = Type::Key(Dims::new(&[]));
        let said = |entries: &[Type], computed| {
            let drawn = all_or_some(entries, vec![true; entries.len()], computed);
            drawn.of(drawn.environments.len())
        };
        let tried = ENVIRONMENTS;
        assert_eq!(said(&[], false), Environments::Independent);
        assert_eq!(said(&[], true), Environments::Some { tried });
        assert_eq!(said(&[labels(&[2], 3)], false), Environments::All(9));
        assert_eq!(
            said(&[labels(&[2], 3)], true),
            Environments::EveryClass { tried }
        );
        assert_eq!(
            said(std::slice::from_ref(&keys), false),
            Environments::Some { tried }
        );
        assert_eq!(
            said(&[keys, labels(&[2], 3)], false),
            Environments::EveryClass { tried }
        );
        assert_eq!(
            said(&[labels(&[2], 5000)], false),
            Environments::Some { tried: 4096 }
        );
        let entries = [labels(&[2], 3), labels(&[], 999)];
        let first = all_or_some(&entries, vec![true, false], false);
        assert_eq!(first.of(9), Environments::All(9));
        let none = all_or_some(&entries, vec![false; 2], false);
        assert_eq!(
            (none.environments.len(), none.of(1)),
            (1, Environments::Independent)
        );
    }
}
