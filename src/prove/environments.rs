//! The environments of a proof: all of them, or some that are drawn. Tensors among the entries are indeterminates.

use super::chosen::Chosen;
use super::draws::with_draws;
use super::method::Shown;
use super::uses_draws::uses_draws;
use crate::counterexample::Counterexample;
use crate::program::Function;
use crate::tensor::{AnyTensor, Indices, Key, Type};

/// In how many environments a proof tries to show the laws: all of them if there are at most so many. Where the graph
/// computes labels, in as many, each with answers of its own.
pub(super) const ENVIRONMENTS: usize = 32;

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

/// Environments to prove in.
pub(super) struct Drawn {
    /// What was chosen for each entry.
    pub environments: Vec<Vec<Chosen>>,
    /// Whether there are no others.
    pub all: bool,
    /// Whether the graph computes labels, which are drawn, too.
    pub computed: bool,
}

/// All environments, if there are at most `limit` and nothing else is drawn; else `limit` of them.
pub(super) fn all_or_some(entries: &[Type], limit: usize, computed: bool) -> Drawn {
    match all(entries, limit) {
        Some(environments) if !computed || environments.is_empty() => Drawn {
            environments,
            all: true,
            computed,
        },
        _ => {
            let rng = &mut fastrand::Rng::with_seed(0xe27);
            let draw = |_| drawn(entries, &mut |below| rng.usize(..below));
            Drawn {
                environments: (0..limit).filter_map(draw).collect(),
                all: false,
                computed,
            }
        }
    }
}

/// An environment by choices of numbers below a bound; `None` if there is none, such as a label of no class.
pub(super) fn drawn(
    entries: &[Type],
    choose: &mut dyn FnMut(usize) -> usize,
) -> Option<Vec<Chosen>> {
    let mut chosen = Vec::with_capacity(entries.len());
    for entry in entries {
        let dims = entry.dims();
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
fn all(entries: &[Type], limit: usize) -> Option<Vec<Vec<Chosen>>> {
    // An odometer: each choice is a wheel, and the last that has a number left turns on.
    let mut wheels: Vec<(usize, usize)> = Vec::new();
    let mut all = Vec::new();
    loop {
        let mut at = 0;
        all.extend(drawn(entries, &mut |below| {
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
