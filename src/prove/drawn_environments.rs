//! Environments, chosen: all that there are, or some that reach each class.

use super::chosen::Chosen;
use crate::tensor::{AnyTensor, Indices, Key, Type};

/// In how many environments a proof tries to show the laws: all of them if there are at most so many. Where the graph
/// computes labels, in as many, each with answers of its own.
pub(super) const ENVIRONMENTS: usize = 32;

/// A label of at most so many classes reaches each of them, and a comparison of at most so many answers.
pub(super) const MOST_CLASSES: usize = 4096;

pub(super) fn some(entries: &[Type], read: &[bool]) -> Vec<Vec<Chosen>> {
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
pub(super) fn all(entries: &[Type], read: &[bool], limit: usize) -> Option<Vec<Vec<Chosen>>> {
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
