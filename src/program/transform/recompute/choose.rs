//! Which values are computed again: costs by element, of which the plan's chains and memory have the figures.

use super::facts::Facts;
use crate::program::syntax::Prim;
use crate::scalar::{Binary, Unary};
use std::collections::{BTreeMap, BTreeSet};

/// To write an element that is too far away to stay in a cache, and to read it: in additions of a chain.
const WRITE: usize = 5;
const READ: usize = 4;

/// So many functions at most are computed again for a stage: they run in one chain with those that are there.
const MOST: usize = 16;

/// The values that are computed again for the stages that read them later.
pub(super) fn chosen(facts: &Facts<'_>) -> BTreeSet<usize> {
    let kept = (0..facts.program.size()).filter(|&id| facts.is_kept(id));
    let mut chosen = BTreeSet::new();
    for group in groups(facts, kept) {
        // All of them; or all but what is dear.
        let is_dear = |id: &usize| facts.made[*id].is_some_and(|made| work(&made.prim) > READ);
        let (dear, cheap): (BTreeSet<usize>, BTreeSet<usize>) =
            group.iter().partition(|&id| is_dear(id));
        let ways = [(group.clone(), BTreeSet::new()), (cheap, dear)];
        let costs = ways
            .into_iter()
            .filter_map(|(again, stop)| Some((cost(facts, &again, &stop)?, again)));
        if let Some((least, again)) = costs.min_by_key(|(cost, _)| *cost)
            && least < kept_cost(facts, &group)
        {
            chosen.extend(again);
        }
    }
    chosen
}

/// Values of one stage that are computed from common ones are chosen together.
fn groups(facts: &Facts<'_>, kept: impl Iterator<Item = usize>) -> Vec<BTreeSet<usize>> {
    let mut groups: Vec<[BTreeSet<usize>; 2]> = Vec::new();
    for id in kept {
        let [mut inside, _] = facts.cone(&[id], &BTreeSet::new());
        let mut group = BTreeSet::from([id]);
        groups.retain_mut(|[others, members]| {
            let is_apart = inside.is_disjoint(others);
            if !is_apart {
                inside.append(others);
                group.append(members);
            }
            is_apart
        });
        groups.push([inside, group]);
    }
    groups.into_iter().map(|[_, group]| group).collect()
}

/// What it costs to write some values, and to read them in later stages.
fn kept_cost(facts: &Facts<'_>, ids: &BTreeSet<usize>) -> usize {
    let each = ids.iter().map(|&id| WRITE + READ * facts.later(id).count());
    each.sum()
}

/// What it costs to compute values again for each later stage, while those of `stop` are kept. Nothing if it is too much for
/// one chain.
fn cost(facts: &Facts<'_>, again: &BTreeSet<usize>, stop: &BTreeSet<usize>) -> Option<usize> {
    let mut by_stage: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &id in again {
        for stage in facts.later(id) {
            by_stage.entry(stage).or_default().push(id);
        }
    }
    let mut cost = kept_cost(facts, stop);
    for (stage, ids) in by_stage {
        let [inside, outside] = facts.cone(&ids, stop);
        if inside.len() > MOST {
            return None;
        }
        let functions = inside.iter().filter_map(|&id| facts.made[id]);
        cost += functions.map(|made| work(&made.prim)).sum::<usize>();
        let read = outside
            .iter()
            .filter(|&&id| !facts.few[id] && !facts.read[id].contains(&stage));
        cost += READ * read.count();
    }
    Some(cost)
}

/// A function of an element, in additions of a chain.
fn work(prim: &Prim) -> usize {
    match prim {
        Prim::Unary(Unary::Neg | Unary::Relu | Unary::Step) => 1,
        Prim::Unary(Unary::Recip | Unary::Sqrt) | Prim::Binary(Binary::Div) => 2,
        Prim::Unary(_) => 5,
        _ => 1, // a match over primitives: the other functions of elements are one instruction
    }
}
