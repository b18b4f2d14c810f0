//! What is measured in an epoch.

use super::metrics::{Area, Confusion, Mean};
use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::shape::Shape;
use std::collections::BTreeMap;

/// What is measured over the batches of an epoch: means, answers beside labels, scores of two classes.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::train::Measures;
/// let mut m = Measures::default();
/// let labels = Labels::<3, shape![4]>::new([0, 1, 2, 2])?;
/// let answers = Labels::new([0, 1, 2, 1])?;
/// m.mean("loss", 0.25, 4);
/// m.answers(&answers, &labels);
/// let f1 = (1.0 + 2.0 / 3.0 + 2.0 / 3.0) / 3.0;
/// assert_eq!(m.values(), [("loss".into(), 0.25), ("accuracy".into(), 0.75), ("f1".into(), f1)]);
/// # Ok::<(), LabelsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    means: BTreeMap<String, Mean>,
    perplexity: Option<Mean>,
    confusion: Option<Confusion>,
    area: Option<Area>,
}

impl Measures {
    /// Adds the mean of `count` values to that of a name.
    pub fn mean(&mut self, name: &str, mean: impl Into<f64>, count: usize) {
        self.means
            .entry(name.to_owned())
            .or_default()
            .add(mean.into(), count);
    }

    /// Adds the mean cross-entropy of `count` answers, in nats, of which the [perplexity](Mean::perplexity) is taken.
    pub fn cross_entropy(&mut self, mean: impl Into<f64>, count: usize) {
        self.perplexity
            .get_or_insert_default()
            .add(mean.into(), count);
    }

    /// Adds answers beside labels: accuracy, F1 and a [confusion](Self::confusion) come of them.
    pub fn answers<C: Dim, S: Shape>(&mut self, answers: &LabelsOf<C, S>, labels: &LabelsOf<C, S>) {
        let confusion = self
            .confusion
            .get_or_insert_with(|| Confusion::new(C::SIZE));
        confusion.add(labels.as_slice(), answers.as_slice());
    }

    /// Adds scores, and whether each is of the class: the [area](Area) under the curve comes of them.
    pub fn scores<A: Copy + Into<f64>>(&mut self, scores: &[A], is: &[bool]) {
        let scores: Vec<f64> = scores.iter().map(|&score| score.into()).collect();
        self.area.get_or_insert_default().add(&scores, is);
    }

    /// What was taken for what, if [answers](Self::answers) were given.
    pub fn confusion(&self) -> Option<&Confusion> {
        self.confusion.as_ref()
    }

    /// All values by name; without those of which there is nothing.
    pub fn values(&self) -> Vec<(String, f64)> {
        let means = self
            .means
            .iter()
            .map(|(name, mean)| (name.as_str(), mean.value()));
        let confusion = self.confusion.as_ref();
        let others = [
            (
                "perplexity",
                self.perplexity.and_then(|mean| mean.perplexity()),
            ),
            ("accuracy", confusion.and_then(Confusion::accuracy)),
            ("f1", confusion.and_then(Confusion::macro_f1)),
            ("auc", self.area.as_ref().and_then(Area::value)),
        ];
        let all = means.chain(others);
        all.filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect()
    }

    /// The value of a name.
    pub fn value(&self, name: &str) -> Option<f64> {
        let named = |(of, value): (String, f64)| (of == name).then_some(value);
        self.values().into_iter().find_map(named)
    }

    /// All that was added so far, by names of its own, for a checkpoint.
    pub(super) fn numbers(&self) -> Vec<(String, Vec<f64>)> {
        let means = self.means.iter();
        let means = means.map(|(name, mean)| (format!("{MEAN}{name}"), mean.numbers().to_vec()));
        let others = [
            (
                PERPLEXITY,
                self.perplexity.map(|mean| mean.numbers().to_vec()),
            ),
            (CONFUSION, self.confusion.as_ref().map(Confusion::numbers)),
            (AREA, self.area.as_ref().map(Area::numbers)),
        ];
        let others = others.into_iter();
        let others = others.filter_map(|(name, numbers)| Some((name.to_owned(), numbers?)));
        means.chain(others).collect()
    }

    pub(super) fn set_numbers(&mut self, name: &str, numbers: &[f64]) {
        match name {
            PERPLEXITY => self.perplexity = Mean::of_numbers(numbers),
            CONFUSION => self.confusion = Confusion::of_numbers(numbers),
            AREA => self.area = Some(Area::of_numbers(numbers)),
            name => {
                let mean = name.strip_prefix(MEAN).zip(Mean::of_numbers(numbers));
                self.means
                    .extend(mean.map(|(name, mean)| (name.to_owned(), mean)));
            }
        }
    }
}

/// The names in a checkpoint.
const MEAN: &str = "mean/";
const PERPLEXITY: &str = "perplexity";
const CONFUSION: &str = "confusion";
const AREA: &str = "area";
