//! The area under the curve of true over false positives.

/// How well scores tell two classes apart: the chance that one that is has a larger score than one that is not, a tie counted as
/// half. It is the area under the ROC curve (AUC): 1 is perfect, 0.5 is guessing.
///
/// Source: Hanley and McNeil, *The meaning and use of the area under a receiver operating characteristic (ROC) curve* (1982).
///
/// ```
/// use cotangent::train::Area;
/// let mut area = Area::default();
/// area.add(&[0.9, 0.6], &[true, false]);
/// area.add(&[0.6, 0.1], &[true, false]);
/// assert_eq!(area.value(), Some((2.0 + 1.5) / 4.0)); // of four pairs three and a tie
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Area {
    scores: Vec<(f64, bool)>,
}

impl Area {
    /// Adds scores, and whether each is of the class.
    pub fn add(&mut self, scores: &[f64], is: &[bool]) {
        self.scores
            .extend(scores.iter().copied().zip(is.iter().copied()));
    }

    /// Pairs of a score and 1 or 0, for a checkpoint.
    pub(in crate::train) fn numbers(&self) -> Vec<f64> {
        let pairs = self.scores.iter();
        pairs
            .flat_map(|&(score, is)| [score, f64::from(is)])
            .collect()
    }

    pub(in crate::train) fn of_numbers(numbers: &[f64]) -> Self {
        let (pairs, _) = numbers.as_chunks();
        Area {
            scores: pairs
                .iter()
                .map(|&[score, is]| (score, is == 1.0))
                .collect(),
        }
    }

    /// The area; none without one of each class, or if a score is NaN.
    ///
    /// ```
    /// use cotangent::train::Area;
    /// let mut area = Area::default();
    /// area.add(&[0.5, 0.75], &[true, true]);
    /// assert_eq!(area.value(), None);
    /// area.add(&[f64::NAN], &[false]);
    /// assert_eq!(area.value(), None);
    /// ```
    pub fn value(&self) -> Option<f64> {
        if self.scores.iter().any(|(score, _)| score.is_nan()) {
            return None;
        }
        let mut sorted = self.scores.clone();
        sorted.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let (mut below, mut pairs) = (0.0, 0.0);
        let of_class = sorted.iter().filter(|(_, is)| *is).count() as f64;
        // Equal scores are a group: `-0` and `0` are.
        for group in sorted.chunk_by(|(a, _), (b, _)| a == b) {
            let is = group.iter().filter(|(_, is)| *is).count() as f64;
            let is_not = group.len() as f64 - is;
            pairs += is * (below + is_not / 2.0);
            below += is_not;
        }
        (of_class > 0.0 && below > 0.0).then(|| pairs / (of_class * below))
    }
}
