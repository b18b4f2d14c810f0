//! All that a training goes on with, as plain data.

use super::session::Session;
use crate::graph::Float;
use crate::tensor::Value;

/// All that a training goes on with, by name: [`Trainer::snapshot`](super::Trainer::snapshot) makes one, and [`Trainer::restore`](super::Trainer::restore) goes on from it.
///
/// | name | what |
/// | --- | --- |
/// | `head.weight` | a parameter, by its field |
/// | `kept/m/head.weight` | what the optimiser keeps of it, by the name in its rule |
/// | `gathered/head.weight` | the sum of its gradients since the last update, if it [accumulates](super::Optimiser::accumulate) |
/// | `average/head.weight` | its [moving average](super::Optimiser::average) |
/// | `state/key` | the state of the graph |
/// | `progress/…` | the rate, the numbers of steps and updates, the schedule and its plateaus |
///
/// ```
/// use cotangent::optim::{Elements, adam};
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]; key| -> ([], key) { (sum(dropout(x, key, 0.5)), next_key(key)) });
/// let mut trainer = g.trainer_with_state(&adam(0.1), &Tensor::from([1.0, 2.0]), &Key::new(7));
/// trainer.step(());
/// let snapshot = trainer.snapshot();
/// let names: Vec<&str> = snapshot.entries.iter().map(|entry| entry.name.as_str()).collect();
/// assert_eq!(names[..4], ["x", "kept/m/x", "kept/v/x", "state/key"]);
/// assert_eq!(snapshot.get("progress/steps").unwrap().elements, Elements::Integers(vec![1]));
///
/// // Another training goes on from here, with the same bits.
/// let mut other = g.trainer_with_state(&adam(0.1), &Tensor::zeros(), &Key::new(0));
/// other.restore(&snapshot)?;
/// assert_eq!((trainer.step(()), trainer.snapshot()), (other.step(()), other.snapshot()));
/// # Ok::<(), cotangent::optim::SnapshotError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot<A> {
    /// The entries, in any order.
    pub entries: Vec<Saved<A>>,
}

/// An entry of a [`Snapshot`]: a tensor of a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved<A> {
    /// The name.
    pub name: String,
    /// The dims.
    pub dims: Vec<usize>,
    /// As many elements as the dims have, row major.
    pub elements: Elements<A>,
}

/// Elements of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Elements<A> {
    /// Scalars.
    Scalars(Vec<A>),
    /// Doubles, whatever the scalar is.
    Doubles(Vec<f64>),
    /// Labels, and counts.
    Integers(Vec<u64>),
    /// Keys, by their halves.
    Keys(Vec<[u32; 2]>),
}

impl<A> Elements<A> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Elements::Scalars(x) => x.len(),
            Elements::Doubles(x) => x.len(),
            Elements::Integers(x) => x.len(),
            Elements::Keys(x) => x.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What they are, as a word: `scalars`.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Elements::Scalars(_) => "scalars",
            Elements::Doubles(_) => "doubles",
            Elements::Integers(_) => "integers",
            Elements::Keys(_) => "keys",
        }
    }
}

impl<A> Snapshot<A> {
    /// The entry of a name.
    pub fn get(&self, name: &str) -> Option<&Saved<A>> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

/// The names of what is not carried by a plan.
pub(super) const RATE: &str = "progress/rate";
pub(super) const COUNTS: [&str; 3] = ["progress/steps", "progress/updates", "progress/gathered"];
pub(super) const SCHEDULE: &str = "progress/schedule";
pub(super) const BEST: &str = "progress/plateaus/best";
pub(super) const PLATEAUS: [&str; 3] = [
    "progress/plateaus/waited",
    "progress/plateaus/cooling",
    "progress/plateaus/fallen",
];

/// An entry with one axis, or with none.
fn entry<A>(name: &str, has_axis: bool, elements: Elements<A>) -> Saved<A> {
    Saved {
        name: name.to_owned(),
        dims: if has_axis {
            vec![elements.len()]
        } else {
            Vec::new()
        },
        elements,
    }
}

impl<A: Float> Session<A> {
    pub(super) fn snapshot(&self) -> Snapshot<A> {
        let values = self.names.iter().zip(self.carried());
        let mut entries: Vec<Saved<A>> = values
            .map(|(name, value)| Saved {
                name: name.to_string(),
                dims: value.dims().to_vec(),
                elements: elements(&value),
            })
            .collect();
        let progress = &self.progress;
        entries.push(entry(RATE, false, Elements::Scalars(vec![progress.rate])));
        let counts = [progress.steps, progress.updates, progress.gathered];
        for (name, count) in COUNTS.into_iter().zip(counts) {
            entries.push(entry(name, false, Elements::Integers(vec![count as u64])));
        }
        let schedule = progress.schedule.to_numbers();
        entries.push(entry(SCHEDULE, true, Elements::Doubles(schedule)));
        let best = progress.plateaus.iter().map(|plateau| plateau.best);
        entries.push(entry(BEST, true, Elements::Doubles(best.collect())));
        for (at, name) in PLATEAUS.into_iter().enumerate() {
            let counts = progress.plateaus.iter();
            let counts = counts.map(|of| [of.waited, of.cooling, of.fallen][at] as u64);
            entries.push(entry(name, true, Elements::Integers(counts.collect())));
        }
        Snapshot { entries }
    }
}

fn elements<A: Copy>(value: &Value<A>) -> Elements<A> {
    match value {
        Value::Scalar(x) => Elements::Scalars(x.as_slice().to_vec()),
        Value::Index(x) => Elements::Integers(x.as_slice().iter().map(|&i| i as u64).collect()),
        Value::Key(x) => Elements::Keys(x.as_slice().iter().map(|key| key.halves).collect()),
    }
}
