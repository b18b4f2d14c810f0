//! When to stop before the end.

/// Whether a measure has stopped getting better.
///
/// ```
/// use cotangent::train::EarlyStop;
/// let mut stop = EarlyStop::least(2); // after two epochs without a smaller value
/// let ended: Vec<bool> = [0.9, 0.5, 0.6, 0.4, 0.4, 0.41].map(|loss| stop.is_over(loss)).to_vec();
/// assert_eq!(ended, [false, false, false, false, false, true]);
/// assert_eq!(stop.best(), Some(0.4));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct EarlyStop {
    is_least_best: bool,
    patience: usize,
    margin: f64,
    best: Option<f64>,
    waited: usize,
}

impl EarlyStop {
    /// After `patience` values that are not below the least so far: for losses.
    pub fn least(patience: usize) -> Self {
        EarlyStop {
            is_least_best: true,
            patience,
            margin: 0.0,
            best: None,
            waited: 0,
        }
    }

    /// After `patience` values that are not above the largest so far: for accuracies.
    pub fn largest(patience: usize) -> Self {
        EarlyStop {
            is_least_best: false,
            ..Self::least(patience)
        }
    }

    /// A value counts as better only if it is so by more than this.
    ///
    /// ```
    /// use cotangent::train::EarlyStop;
    /// let mut stop = EarlyStop::largest(1).margin(0.01);
    /// assert!(!stop.is_over(0.5) && stop.is_over(0.505));
    /// ```
    #[must_use]
    pub fn margin(mut self, margin: f64) -> Self {
        self.margin = margin;
        self
    }

    /// Takes the next value, and says whether it is time to stop. A NaN is never better.
    pub fn is_over(&mut self, value: f64) -> bool {
        let is_better = match self.best {
            None => !value.is_nan(),
            Some(best) if self.is_least_best => value < best - self.margin,
            Some(best) => value > best + self.margin,
        };
        if is_better {
            self.best = Some(value);
            self.waited = 0;
        } else {
            self.waited += 1;
        }
        self.waited >= self.patience.max(1)
    }

    /// The best value so far.
    pub fn best(&self) -> Option<f64> {
        self.best
    }

    /// How many values ago that was.
    pub fn waited(&self) -> usize {
        self.waited
    }

    /// The best value and how long ago it was, for a checkpoint.
    pub(super) fn numbers(&self) -> Vec<f64> {
        let mut numbers = vec![self.waited as f64];
        numbers.extend(self.best);
        numbers
    }

    pub(super) fn set_numbers(&mut self, numbers: &[f64]) {
        if let [waited, best @ ..] = numbers {
            self.waited = *waited as usize;
            self.best = best.first().copied();
        }
    }
}
