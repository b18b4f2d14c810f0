//! Splits that keep groups of examples together.

use super::DataError;
use super::dataset::Dataset;
use super::order::{Rows, checked_split, permutation, share};
use crate::tensor::Key;
use std::collections::BTreeMap;

impl<A, E> Dataset<A, E> {
    /// The examples of this part of the groups, which `key` draws, and those of the others: no group is on both sides. `groups` has the
    /// group of each example. Where examples of a group know of each other, as days of flights or patients of images do, a test that
    /// has other groups than the training says more. The parts are in the order of the groups as they are drawn.
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset};
    /// use cotangent::prelude::*;
    /// let set = Dataset::new(Column::<f64, shape![]>::from_vec(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?)?;
    /// let days = ["Monday", "Monday", "Monday", "Tuesday", "Wednesday", "Wednesday"];
    /// let (train, test) = set.split_groups(&days, 0.7, Key::new(7))?; // two of three
    /// let numbers = |set: &Dataset<f64, environment![[]]>| set.examples().map(|tlist![x]| x.item()).collect::<Vec<_>>();
    /// assert_eq!(train.len() + test.len(), 6);
    /// assert!([vec![1.0, 2.0, 3.0], vec![4.0], vec![5.0, 6.0]].contains(&numbers(&test))); // one whole day
    ///
    /// let error = set.split_groups(&days[1..], 0.7, Key::new(7)).unwrap_err();
    /// assert_eq!(error.to_string(), "each of 6 examples has a group, got 5");
    /// let error = set.split_groups(&["one day"; 6], 0.7, Key::new(7)).unwrap_err();
    /// assert_eq!(error.to_string(), "a split at 1 of 1 groups leaves none on one side");
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// If there are not as many as examples, if the part is not between 0 and 1, or if one of the sides has none.
    pub fn split_groups<G: Ord>(
        &self,
        groups: &[G],
        part: f64,
        key: Key,
    ) -> Result<(Self, Self), DataError> {
        let (examples, got) = (self.len(), groups.len());
        if examples != got {
            return Err(DataError::Groups { examples, got });
        }
        let mut members: BTreeMap<&G, Vec<usize>> = BTreeMap::new();
        for (i, group) in groups.iter().enumerate() {
            members.entry(group).or_default().push(self.rows.at(i));
        }
        let members: Vec<Vec<usize>> = members.into_values().collect();
        let (at, groups) = (share(part, members.len())?, members.len());
        checked_split(at, groups, "groups")?;
        let order = permutation(key, groups);
        let first = order[..at].iter().map(|&group| members[group].len()).sum();
        let rows = order.iter().flat_map(|&group| &members[group]).copied();
        let (first, second) = Rows::of(rows.collect()).split_at(first);
        Ok((self.with(first), self.with(second)))
    }
}
