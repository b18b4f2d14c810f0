//! Columns of a table, as numbers and labels.

use super::by::By;
use super::table::Table;
use crate::data::DataError;
use crate::data::column::{Column, checked};
use crate::data::file_error::{Place, Wrong};
use crate::data::store::Store;
use crate::dim::{Dim, N};
use crate::env::{Labels, LabelsOf};
use crate::shape::Shape;
use crate::tensor::Dims;
use core::str::FromStr;
use num_traits::float::FloatCore;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Table {
    /// A column of numbers.
    ///
    /// # Errors
    /// If there is no such column, or a field that is missing or no finite number.
    pub fn number<'n, A: FloatCore + FromStr>(
        &self,
        column: impl Into<By<'n>>,
    ) -> Result<Column<A, ()>, DataError> {
        self.numbers_as([column])
    }

    /// A few columns of numbers side by side: as many as are named, so that the shape is known.
    ///
    /// # Errors
    /// As [`number`](Self::number).
    pub fn numbers<'n, A: FloatCore + FromStr, const K: usize>(
        &self,
        columns: [impl Into<By<'n>>; K],
    ) -> Result<Column<A, (N<K>,)>, DataError>
    where
        N<K>: Dim,
    {
        self.numbers_as(columns)
    }

    /// Columns of numbers in any shape, row major: the 64 pixels of an image, `table.numbers_as::<_, shape![8, 8]>(0..64)`.
    ///
    /// # Errors
    /// As [`number`](Self::number), and if there are not as many columns as the shape has numbers.
    pub fn numbers_as<'n, A: FloatCore + FromStr, S: Shape>(
        &self,
        columns: impl IntoIterator<Item: Into<By<'n>>>,
    ) -> Result<Column<A, S>, DataError> {
        let columns = columns.into_iter().map(|column| self.find(column.into()));
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let (dims, expected, got) = (Dims::of::<S>(), S::SIZE, columns.len());
        if got != expected {
            return Err(Wrong::Columns {
                dims,
                expected,
                got,
            }
            .of(&self.name));
        }
        let mut numbers = Vec::with_capacity(self.rows() * got);
        for row in 0..self.rows() {
            for column in &columns {
                numbers.push(self.parsed(row, column, |text| {
                    let number = text.parse().ok().filter(|number: &A| number.is_finite());
                    number.ok_or_else(|| Wrong::Number {
                        got: text.to_owned(),
                    })
                })?);
            }
        }
        let (row, data) = (dims, Arc::new(numbers));
        Ok(Column::of(Store::Scalars { row, data }, self.rows()))
    }

    /// Whether these columns have a value, side by side: 1 where they have one, 0 where it is missing. Taken before the gaps are
    /// [filled](Self::filled), it tells a model which numbers were not there.
    ///
    /// ```
    /// use cotangent::data::{Dataset, csv::Csv};
    /// use cotangent::prelude::*;
    /// let table = Csv::new().missing(["NA"]).parse("penguins.csv", "bill,sex\n39.1,male\nNA,\n")?;
    /// let known = table.known(["bill", "sex"])?;
    /// let bill = table.filled("bill", "43.9")?.number("bill")?;
    /// let set: Dataset<f32, environment![[], [2]]> = Dataset::new((bill, known))?;
    /// assert_eq!(set.example(0), Some(tlist![Tensor::scalar(39.1), Tensor::from([1.0, 1.0])]));
    /// assert_eq!(set.example(1), Some(tlist![Tensor::scalar(43.9), Tensor::from([0.0, 0.0])]));
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no such column.
    pub fn known<'n, A: FloatCore, const K: usize>(
        &self,
        columns: [impl Into<By<'n>>; K],
    ) -> Result<Column<A, (N<K>,)>, DataError>
    where
        N<K>: Dim,
    {
        let columns = columns.into_iter().map(|column| self.find(column.into()));
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let fields = self.rows.iter().flat_map(|row| {
            let fields = columns.iter().map(|&(at, _)| row.record.get(at));
            fields.map(|text| match self.is_missing(text.unwrap_or_default()) {
                true => A::zero(),
                false => A::one(),
            })
        });
        Column::from_vec(fields.collect())
    }

    /// A column of these classes: the label of a field is its place among them.
    ///
    /// # Errors
    /// If there is no such column, or a field that is missing or no class.
    pub fn labels<'n, A, const C: usize>(
        &self,
        column: impl Into<By<'n>>,
        classes: [&str; C],
    ) -> Result<Column<A, Labels<C, ()>>, DataError>
    where
        N<C>: Dim,
    {
        self.classed(column.into(), &classes)
    }

    /// A column of classes, and which they are: those that the column has, sorted. A part of the table may have fewer, and its
    /// labels would then be others; where there are two tables, give both the [classes](Self::labels) of one.
    ///
    /// # Errors
    /// If there is no such column, a field that is missing, or another number of classes than `C`.
    pub fn found_labels<'n, A, C: Dim>(
        &self,
        column: impl Into<By<'n>>,
    ) -> Result<(Column<A, LabelsOf<C, ()>>, Vec<String>), DataError> {
        let column = column.into();
        let classes = self.classes(column)?;
        if classes.len() != C::SIZE {
            let (_, called) = self.find(column)?;
            let (expected, got) = (C::SIZE, classes);
            return Err(Wrong::Classes { expected, got }.at(&self.name, Place::Column(called)));
        }
        let words: Vec<&str> = classes.iter().map(String::as_str).collect();
        let labels = self.classed(column, &words)?;
        Ok((labels, classes))
    }

    /// A column of labels that are numbers already: whole ones below `C`.
    ///
    /// # Errors
    /// If there is no such column, or a field that is missing or no label.
    pub fn numbered_labels<'n, A, C: Dim>(
        &self,
        column: impl Into<By<'n>>,
    ) -> Result<Column<A, LabelsOf<C, ()>>, DataError> {
        self.each_label(column.into(), |text| {
            let label = text
                .parse()
                .ok()
                .and_then(|label: usize| checked(label, C::SIZE));
            label.ok_or_else(|| Wrong::LabelField {
                got: text.to_owned(),
                classes: C::SIZE,
            })
        })
    }

    fn classed<A, C: Dim>(
        &self,
        column: By<'_>,
        classes: &[&str],
    ) -> Result<Column<A, LabelsOf<C, ()>>, DataError> {
        // Of a class that is there twice, the first.
        let numbered = classes.iter().enumerate().rev();
        let labels: BTreeMap<&str, usize> = numbered.map(|(i, class)| (*class, i)).collect();
        self.each_label(column, |text| {
            let label = labels.get(text).copied();
            label.ok_or_else(|| Wrong::Class {
                got: text.to_owned(),
                classes: classes.iter().map(|&class| class.to_owned()).collect(),
            })
        })
    }

    /// The label of each field of a column, which is below `C`.
    fn each_label<A, C: Dim>(
        &self,
        column: By<'_>,
        label: impl Fn(&str) -> Result<usize, Wrong>,
    ) -> Result<Column<A, LabelsOf<C, ()>>, DataError> {
        let column = self.find(column)?;
        let labels = (0..self.rows()).map(|row| self.parsed(row, &column, &label));
        let data = Arc::new(labels.collect::<Result<_, _>>()?);
        let (row, below) = (Dims::default(), C::SIZE);
        Ok(Column::of(Store::Indices { row, below, data }, self.rows()))
    }

    /// What this makes of a field.
    fn parsed<T>(
        &self,
        row: usize,
        (at, called): &(usize, String),
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Result<T, DataError> {
        let row = &self.rows[row];
        let text = row.record.get(*at).unwrap_or_default();
        let parsed = match self.is_missing(text) {
            true => Err(Wrong::Missing),
            false => parse(text),
        };
        parsed.map_err(|wrong| {
            let (line, column) = (row.line, called.clone());
            wrong.at(&self.name, Place::Field { line, column })
        })
    }
}
