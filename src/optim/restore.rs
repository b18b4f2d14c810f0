//! Going on from a snapshot, and what it differs in.

use super::difference::{Difference, SnapshotError};
use super::plateau::PlateauState;
use super::schedule::Schedule;
use super::session::Session;
use super::snapshot::{BEST, COUNTS, Elements, PLATEAUS, RATE, SCHEDULE, Saved, Snapshot};
use super::trainer::Trainer;
use crate::graph::{Float, told};
use crate::tensor::{AnyTensor, Dims, Indices, Key, Type, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The entries of a snapshot that are still to be taken, and what was found to differ.
struct Reading<'s, A> {
    entries: BTreeMap<&'s str, &'s Saved<A>>,
    differences: Vec<Difference>,
}

impl<'s, A: Float> Reading<'s, A> {
    fn of(snapshot: &'s Snapshot<A>) -> Self {
        let mut entries = BTreeMap::new();
        let mut twice = BTreeSet::new();
        for entry in &snapshot.entries {
            if entries.insert(entry.name.as_str(), entry).is_some() {
                twice.insert(entry.name.clone());
            }
        }
        let twice = twice.into_iter().map(|name| Difference::Twice { name });
        Reading {
            entries,
            differences: twice.collect(),
        }
    }

    fn refuse(&mut self, difference: Difference) {
        self.differences.push(difference);
    }

    /// The elements of an entry, which are to be of this kind; of these dims, if some are given.
    fn take(
        &mut self,
        name: &str,
        kind: &'static str,
        dims: Option<&Dims>,
    ) -> Option<&'s Elements<A>> {
        let name = name.to_owned();
        let Some(entry) = self.entries.remove(name.as_str()) else {
            self.refuse(Difference::Missing { name });
            return None;
        };
        let got = Dims::new(&entry.dims);
        let (count, len) = (got.count(), entry.elements.len());
        let difference = if entry.elements.kind() != kind {
            Difference::Kind {
                name,
                expected: kind,
                got: entry.elements.kind(),
            }
        } else if let Some(expected) = dims.filter(|dims| **dims != got) {
            Difference::Dims {
                name,
                expected: expected.clone(),
                got,
            }
        } else if count != len {
            Difference::Length {
                name,
                expected: count,
                got: len,
            }
        } else {
            return Some(&entry.elements);
        };
        self.refuse(difference);
        None
    }

    /// An entry as a value of this type.
    fn value(&mut self, name: &str, ty: &Type) -> Option<Value<A>> {
        let kind = match ty {
            Type::Scalar(..) => "scalars",
            Type::Index { .. } => "integers",
            Type::Key(_) => "keys",
        };
        let dims = ty.dims().clone();
        match (self.take(name, kind, Some(&dims))?, ty) {
            (Elements::Scalars(x), _) => {
                Some(Value::Scalar(AnyTensor::from_parts(dims, x.clone())))
            }
            (Elements::Keys(x), _) => {
                let keys = x.iter().map(|&halves| Key { halves }).collect();
                Some(Value::Key(AnyTensor::from_parts(dims, keys)))
            }
            (Elements::Integers(x), &Type::Index { below, .. }) => {
                if let Some(large) = x.iter().find(|&&x| x >= below as u64) {
                    self.refuse(Difference::Element {
                        name: name.to_owned(),
                        expected: format!("integers below {below}"),
                        got: large.to_string(),
                    });
                    return None;
                }
                // Each is below a size.
                let x = x.iter().map(|&x| x as usize).collect();
                let tensor = AnyTensor::from_parts(dims, x);
                Some(Value::Index(Indices::from_parts(below, tensor)))
            }
            (Elements::Doubles(_) | Elements::Integers(_), _) => None,
        }
    }

    /// Counts, as many as these dims have.
    fn counts(&mut self, name: &str, dims: &Dims) -> Option<Vec<usize>> {
        match self.take(name, "integers", Some(dims))? {
            Elements::Integers(x) => {
                let counts = x.iter().map(|&count| usize::try_from(count).ok());
                let counts: Option<Vec<usize>> = counts.collect();
                if counts.is_none() {
                    self.refuse(Difference::Element {
                        name: name.to_owned(),
                        expected: "counts of this machine".to_owned(),
                        got: "a larger one".to_owned(),
                    });
                }
                counts
            }
            _ => None,
        }
    }

    /// Doubles; as many as these dims have, if some are given.
    fn doubles(&mut self, name: &str, dims: Option<&Dims>) -> Option<&'s [f64]> {
        match self.take(name, "doubles", dims)? {
            Elements::Doubles(x) => Some(x),
            _ => None,
        }
    }

    fn schedule(&mut self) -> Option<Schedule> {
        let numbers = self.doubles(SCHEDULE, None)?;
        let schedule = Schedule::of_numbers(numbers).filter(|schedule| schedule.check().is_ok());
        if schedule.is_none() {
            self.refuse(Difference::Element {
                name: SCHEDULE.to_owned(),
                expected: "the numbers of a schedule".to_owned(),
                got: "others".to_owned(),
            });
        }
        schedule
    }

    fn plateaus(&mut self, count: usize) -> Option<Vec<PlateauState>> {
        let dims = Dims::new(&[count]);
        let best = self.doubles(BEST, Some(&dims));
        let counts = PLATEAUS.map(|name| self.counts(name, &dims));
        let [Some(waited), Some(cooling), Some(fallen)] = counts else {
            return None;
        };
        let each = best?.iter().zip(waited).zip(cooling).zip(fallen);
        let each = each.map(|(((&best, waited), cooling), fallen)| PlateauState {
            best,
            waited,
            cooling,
            fallen,
        });
        Some(each.collect())
    }
}

impl<A: Float> Session<A> {
    pub(super) fn restore(&mut self, snapshot: &Snapshot<A>) -> Result<(), SnapshotError> {
        let mut from = Reading::of(snapshot);
        let places = self.names.iter().zip(self.types());
        let values: Vec<Option<Value<A>>> = places.map(|(name, ty)| from.value(name, ty)).collect();
        let mut progress = self.progress.clone();
        let scalar = Dims::default();
        if let Some(Elements::Scalars(rate)) = from.take(RATE, "scalars", Some(&scalar)) {
            rate.iter().for_each(|&rate| progress.rate = rate);
        }
        let counts = [
            &mut progress.steps,
            &mut progress.updates,
            &mut progress.gathered,
        ];
        for (name, count) in COUNTS.into_iter().zip(counts) {
            let read = from.counts(name, &scalar);
            read.iter().flatten().for_each(|&read| *count = read);
        }
        if progress.gathered >= progress.batches {
            from.refuse(Difference::Element {
                name: COUNTS[2].to_owned(),
                expected: format!("a count below {}, that of the batches", progress.batches),
                got: progress.gathered.to_string(),
            });
        }
        if let Some(schedule) = from.schedule() {
            progress.set_schedule(schedule);
        }
        if let Some(plateaus) = from.plateaus(progress.plateaus.len()) {
            progress.plateaus = plateaus;
        }
        let Reading {
            entries,
            mut differences,
        } = from;
        let surplus = entries.into_keys().map(str::to_owned);
        differences.extend(surplus.map(|name| Difference::Surplus { name }));
        let values: Vec<Value<A>> = values.into_iter().flatten().collect();
        if !differences.is_empty() {
            return Err(SnapshotError { differences });
        }
        // They have the types of what is carried, and its memory is there.
        told(self.set(&values));
        self.progress = progress;
        Ok(())
    }
}

impl<A: Float, X, D, R, S> Trainer<A, X, D, R, S> {
    /// All that the training goes on with.
    pub fn snapshot(&self) -> Snapshot<A> {
        self.session.snapshot()
    }

    /// Goes on from a snapshot of a training of the same graph by the same rule: the steps from here on have the same bits as those of
    /// that training. The rate and the schedule are those of the snapshot; what the optimiser says of clipping, decay and averages stays.
    ///
    /// # Errors
    /// All that differs, at once. Then nothing is changed.
    ///
    /// ```
    /// use cotangent::optim::{adam, momentum};
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| sum(x * x));
    /// let snapshot = g.trainer(&momentum(0.1, 0.9), &Tensor::zeros()).snapshot();
    /// let error = g.trainer(&adam(0.1), &Tensor::zeros()).restore(&snapshot).unwrap_err();
    /// assert_eq!(error.to_string(), "the snapshot is of another training: `kept/v/x` is missing");
    /// ```
    pub fn restore(&mut self, snapshot: &Snapshot<A>) -> Result<(), SnapshotError> {
        self.session.restore(snapshot)
    }
}
