//! Successive examples as one.

use super::DataError;
use super::dataset::Dataset;
use super::order::Order;
use crate::dim::Positive;
use crate::env::{EnvEntries, StackedList};
use crate::scalar::Semiring;

impl<A: Semiring, E: EnvEntries> Dataset<A, E> {
    /// The set whose examples are `T` successive ones of this set, each entry with a new first axis: of a time series, what a recurrent
    /// network takes. The first window begins at the first example, and each a step after the one before, so successive windows have
    /// `T - 1` examples in common: a test set begins where no window of the training set reaches.
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset};
    /// use cotangent::prelude::*;
    /// // Six days: the temperature, and whether it rained.
    /// let temperature = Column::from_vec(vec![9.0, 8.0, 7.0, 9.0, 12.0, 11.0])?;
    /// let rain = Column::from_labels([0, 1, 1, 0, 0, 1])?;
    /// let days: Dataset<f64, environment![[], [] < 2]> = Dataset::new((temperature, rain))?;
    ///
    /// let windows: Dataset<f64, environment![[4], [4] < 2]> = days.windows::<N<4>>()?;
    /// assert_eq!(windows.len(), 3);
    /// let tlist![temperature, rain] = windows.example(2).unwrap();
    /// assert_eq!(temperature, Tensor::from([7.0, 9.0, 12.0, 11.0]));
    /// assert_eq!(rain.as_slice(), [1, 0, 0, 1]);
    ///
    /// let error = days.windows::<N<7>>().unwrap_err();
    /// assert_eq!(error.to_string(), "a window has 7 examples, and the set has 6");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If a window has more examples than the set.
    pub fn windows<T: Positive>(&self) -> Result<Dataset<A, E::Stacks>, DataError>
    where
        E: StackedList<T, Stacks: EnvEntries>,
    {
        let (window, examples) = (T::SIZE, self.len());
        if window > examples {
            return Err(DataError::WindowTooLarge { window, examples });
        }
        let rows = self.rows.ordered(Order::Stored);
        Dataset::from_examples(rows.windows(window).map(|rows| self.stack(rows)))
    }
}
