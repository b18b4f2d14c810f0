//! What was taken for what.

use core::fmt;

/// How often each class was taken for each: a row for each label, a column for each answer.
///
/// ```
/// use cotangent::train::Confusion;
/// let mut confusion = Confusion::new(2);
/// confusion.add(&[0, 0, 0, 1, 1, 1, 1, 1, 1, 1], &[0, 0, 1, 0, 1, 1, 1, 1, 1, 1]); // labels, answers
/// assert_eq!(confusion.count(0, 1), 1);
/// assert_eq!(confusion.accuracy(), Some(0.8));
/// assert_eq!(confusion.precision(1), Some(6.0 / 7.0)); // of those that were taken for 1
/// assert_eq!(confusion.recall(0), Some(2.0 / 3.0)); // of those that are 0
/// assert_eq!(confusion.f1(0), Some(2.0 / 3.0));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    classes: usize,
    counts: Vec<u64>,
}

impl Confusion {
    /// Of so many classes, of nothing yet.
    pub fn new(classes: usize) -> Self {
        Confusion {
            classes,
            counts: vec![0; classes * classes],
        }
    }

    /// The counts, row after row, for a checkpoint.
    pub(in crate::train) fn numbers(&self) -> Vec<f64> {
        self.counts.iter().map(|&count| count as f64).collect()
    }

    pub(in crate::train) fn of_numbers(numbers: &[f64]) -> Option<Self> {
        let classes = numbers.len().isqrt();
        let counts = numbers.iter().map(|&count| count as u64).collect();
        (classes * classes == numbers.len()).then_some(Confusion { classes, counts })
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Counts answers beside labels. Those that are no class do not count: that is how an ignored label is said.
    pub fn add(&mut self, labels: &[usize], answers: &[usize]) {
        for (&label, &answer) in labels.iter().zip(answers) {
            if label < self.classes && answer < self.classes {
                self.counts[label * self.classes + answer] += 1;
            }
        }
    }

    /// How often `label` was taken for `answer`; 0 of what is no class.
    pub fn count(&self, label: usize, answer: usize) -> u64 {
        let is_there = label < self.classes && answer < self.classes;
        match is_there {
            true => self.counts[label * self.classes + answer],
            false => 0,
        }
    }

    /// How many answers were counted.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Which part of the answers is right; none of none.
    pub fn accuracy(&self) -> Option<f64> {
        let right = (0..self.classes).map(|class| self.count(class, class));
        part(right.sum(), self.total())
    }

    /// Which part of the answers that are `class` is right.
    pub fn precision(&self, class: usize) -> Option<f64> {
        let answers = (0..self.classes).map(|label| self.count(label, class));
        part(self.count(class, class), answers.sum())
    }

    /// Which part of the labels that are `class` was found.
    pub fn recall(&self, class: usize) -> Option<f64> {
        let labels = (0..self.classes).map(|answer| self.count(class, answer));
        part(self.count(class, class), labels.sum())
    }

    /// The harmonic mean of precision and recall, `2 tp / (2 tp + fp + fn)`; none where neither an answer nor a label is `class`.
    pub fn f1(&self, class: usize) -> Option<f64> {
        let of_class = (0..self.classes).map(|i| self.count(i, class) + self.count(class, i));
        part(2 * self.count(class, class), of_class.sum())
    }

    /// The mean of [`f1`](Self::f1) over the classes that have one.
    ///
    /// ```
    /// use cotangent::train::Confusion;
    /// let mut confusion = Confusion::new(3); // the third never comes
    /// confusion.add(&[0, 0, 1, 1], &[0, 0, 1, 0]);
    /// assert_eq!(confusion.macro_f1(), Some((0.8 + 2.0 / 3.0) / 2.0));
    /// ```
    pub fn macro_f1(&self) -> Option<f64> {
        let each: Vec<f64> = (0..self.classes)
            .filter_map(|class| self.f1(class))
            .collect();
        (!each.is_empty()).then(|| each.iter().sum::<f64>() / each.len() as f64)
    }
}

fn part(of: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| of as f64 / all as f64)
}

/// A table: labels down, answers across.
impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let largest = self.counts.iter().copied().max().unwrap_or(0);
        let last = self.classes.saturating_sub(1) as u64;
        let width = largest.max(last).to_string().len() + 1;
        write!(f, "{:>width$} │", "")?;
        for answer in 0..self.classes {
            write!(f, "{answer:>width$}")?;
        }
        write!(
            f,
            "\n{:─<1$}┼{2:─<3$}",
            "",
            width + 1,
            "",
            width * self.classes
        )?;
        for label in 0..self.classes {
            write!(f, "\n{label:>width$} │")?;
            for answer in 0..self.classes {
                write!(f, "{:>width$}", self.count(label, answer))?;
            }
        }
        Ok(())
    }
}
