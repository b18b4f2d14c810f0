//! Where a training is, beside its parameters.

use super::TrainError;
use super::early::EarlyStop;
use super::measures::Measures;
use crate::optim::{Elements, Saved, Snapshot};
use crate::tensor::Key;
use std::path::Path;

/// Where a training is: what a checkpoint has beside what the trainer goes on with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Position {
    pub epoch: usize,
    /// How many batches of it were taken.
    pub batch: usize,
    pub seconds: f64,
    /// Of the epoch so far.
    pub measures: Measures,
    pub early: Option<EarlyStop>,
}

/// What the order of the examples follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub key: Key,
    pub examples: usize,
    pub batch: usize,
}

/// Entries whose names begin with it are of the position.
const DATA: &str = "data/";
const MEASURES: &str = "measures/";

fn entry<A>(name: &str, elements: Elements<A>) -> Saved<A> {
    Saved {
        name: format!("{DATA}{name}"),
        dims: vec![elements.len()],
        elements,
    }
}

impl Position {
    /// The snapshot with the position in it.
    pub fn saved<A>(&self, mut snapshot: Snapshot<A>, source: Source) -> Snapshot<A> {
        let count = |x: usize| Elements::Integers(vec![x as u64]);
        let entries = &mut snapshot.entries;
        entries.push(entry("epoch", count(self.epoch)));
        entries.push(entry("batch", count(self.batch)));
        entries.push(entry("seconds", Elements::Doubles(vec![self.seconds])));
        entries.push(entry("key", Elements::Keys(vec![source.key.halves])));
        entries.push(entry("examples", count(source.examples)));
        entries.push(entry("batch_size", count(source.batch)));
        if let Some(early) = &self.early {
            entries.push(entry("early", Elements::Doubles(early.numbers())));
        }
        for (name, numbers) in self.measures.numbers() {
            entries.push(entry(
                &format!("{MEASURES}{name}"),
                Elements::Doubles(numbers),
            ));
        }
        snapshot
    }

    /// Takes the position out of a snapshot.
    ///
    /// # Errors
    /// A snapshot whose training took other examples, or the same in another order.
    pub fn restored<A>(
        &mut self,
        snapshot: &mut Snapshot<A>,
        source: Source,
        path: &Path,
    ) -> Result<(), TrainError> {
        let (of_position, rest): (Vec<_>, Vec<_>) = snapshot
            .entries
            .drain(..)
            .partition(|entry| entry.name.starts_with(DATA));
        snapshot.entries = rest;
        let mut got = source;
        for Saved { name, elements, .. } in of_position {
            match (&name[DATA.len()..], elements) {
                ("key", Elements::Keys(keys)) => {
                    keys.iter().for_each(|&halves| got.key = Key { halves });
                }
                (name, Elements::Integers(x)) => {
                    let place = match name {
                        "epoch" => &mut self.epoch,
                        "batch" => &mut self.batch,
                        "examples" => &mut got.examples,
                        "batch_size" => &mut got.batch,
                        _ => continue,
                    };
                    x.iter()
                        .for_each(|&x| *place = usize::try_from(x).unwrap_or(usize::MAX));
                }
                ("seconds", Elements::Doubles(x)) => {
                    x.iter().for_each(|&seconds| self.seconds = seconds);
                }
                ("early", Elements::Doubles(x)) => {
                    self.early
                        .iter_mut()
                        .for_each(|early| early.set_numbers(&x));
                }
                (name, Elements::Doubles(x)) => {
                    if let Some(name) = name.strip_prefix(MEASURES) {
                        self.measures.set_numbers(name, &x);
                    }
                }
                _ => {}
            }
        }
        for (what, expected, got) in [
            (
                "the key of the order",
                source.key.to_string(),
                got.key.to_string(),
            ),
            (
                "the number of examples",
                source.examples.to_string(),
                got.examples.to_string(),
            ),
            (
                "the size of a batch",
                source.batch.to_string(),
                got.batch.to_string(),
            ),
        ] {
            if expected != got {
                return Err(TrainError::OtherData {
                    path: path.to_owned(),
                    what,
                    expected,
                    got,
                });
            }
        }
        Ok(())
    }
}
