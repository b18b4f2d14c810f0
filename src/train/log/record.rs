//! What is logged.

/// What was measured at a step of a training.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// How many steps there were.
    pub step: usize,
    /// How many epochs were over.
    pub epoch: usize,
    /// Seconds of training so far.
    pub seconds: f64,
    /// What was measured, by name: `train/loss`.
    pub values: Vec<(String, f64)>,
}

impl Record {
    /// The value of a name.
    ///
    /// ```
    /// use cotangent::train::Record;
    /// let record = Record { step: 1, values: vec![("train/loss".into(), 0.5)], ..Record::default() };
    /// assert_eq!((record.value("train/loss"), record.value("train/accuracy")), (Some(0.5), None));
    /// ```
    pub fn value(&self, name: &str) -> Option<f64> {
        let named = |(of, value): &(String, f64)| (of == name).then_some(*value);
        self.values.iter().find_map(named)
    }
}
