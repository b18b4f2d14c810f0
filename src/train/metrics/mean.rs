//! Means over batches.

/// A mean over batches of different sizes.
///
/// ```
/// use cotangent::train::Mean;
/// let mut loss = Mean::default();
/// loss.add(2.0, 30); // the mean of 30
/// loss.add(4.0, 10);
/// assert_eq!(loss.value(), Some(2.5));
/// assert_eq!(Mean::default().value(), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    /// Adds the mean of `count` values.
    pub fn add(&mut self, mean: f64, count: usize) {
        self.sum += mean * count as f64;
        self.count += count;
    }

    /// The mean of all; none of nothing.
    pub fn value(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }

    /// `e` to the mean: of cross-entropies in nats the perplexity, which is the number of equally likely answers that would be as
    /// hard to guess.
    ///
    /// ```
    /// use cotangent::train::Mean;
    /// let mut loss = Mean::default();
    /// loss.add(27.0_f64.ln(), 64);
    /// assert!((loss.perplexity().unwrap() - 27.0).abs() < 1e-12);
    /// ```
    pub fn perplexity(&self) -> Option<f64> {
        self.value().map(f64::exp)
    }

    /// The sum and the count, for a checkpoint.
    pub(in crate::train) fn numbers(&self) -> [f64; 2] {
        [self.sum, self.count as f64]
    }

    pub(in crate::train) fn of_numbers(numbers: &[f64]) -> Option<Self> {
        let &[sum, count] = numbers else { return None };
        let count = count as usize;
        Some(Mean { sum, count })
    }
}
