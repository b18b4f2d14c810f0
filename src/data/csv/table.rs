//! Tables of fields.

use super::by::By;
use crate::data::DataError;
use crate::data::file_error::{Place, Wrong};
use core::fmt;
use csv::StringRecord;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A table of texts, as a file has it: [`Csv`](super::Csv) reads one. Its columns become numbers and labels, and errors name the
/// file, the line and the column.
///
/// | a column as | call |
/// | --- | --- |
/// | a number, or a few of them side by side | [`number`](Self::number), [`numbers`](Self::numbers), [`numbers_as`](Self::numbers_as) |
/// | one of these classes | [`labels`](Self::labels) |
/// | one of the classes that there are | [`found_labels`](Self::found_labels) |
/// | the number of a class | [`numbered_labels`](Self::numbered_labels) |
/// | whether there is a value | [`known`](Self::known) |
/// | anything else | [`texts`](Self::texts) |
#[derive(Clone)]
pub struct Table {
    pub(super) name: Arc<str>,
    header: Option<Vec<String>>,
    pub(super) rows: Vec<Row>,
    missing: Vec<String>,
}

/// The fields of a line, or of a few, where a field in quotes has line breaks.
#[derive(Clone)]
pub(super) struct Row {
    /// The first line, counted from 1.
    pub(super) line: u64,
    pub(super) record: StringRecord,
}

impl Table {
    /// A table of rows that are all as long as the header, or as the first of them.
    pub(super) fn new(
        name: &str,
        header: Option<Vec<String>>,
        rows: Vec<Row>,
        missing: Vec<String>,
    ) -> Result<Self, DataError> {
        match rows.is_empty() {
            true => Err(Wrong::Empty.of(name)),
            false => Ok(Table {
                name: name.into(),
                header,
                rows,
                missing,
            }),
        }
    }

    /// How many rows there are: at least one.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The names of the columns; without a header their numbers.
    pub fn names(&self) -> Vec<String> {
        match &self.header {
            Some(names) => names.clone(),
            None => (0..self.width()).map(|number| number.to_string()).collect(),
        }
    }

    fn width(&self) -> usize {
        self.rows.first().map_or(0, |row| row.record.len())
    }

    /// The fields of a column, one for each row, as they are.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn texts<'n>(&self, column: impl Into<By<'n>>) -> Result<Vec<&str>, DataError> {
        let (at, _) = self.find(column.into())?;
        Ok(self
            .rows
            .iter()
            .map(|row| row.record.get(at).unwrap_or_default())
            .collect())
    }

    /// The classes of a column: its texts, sorted, each once. Missing values are none.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn classes<'n>(&self, column: impl Into<By<'n>>) -> Result<Vec<String>, DataError> {
        let texts = self.texts(column)?.into_iter();
        let classes: BTreeSet<_> = texts.filter(|text| !self.is_missing(text)).collect();
        Ok(classes.into_iter().map(str::to_owned).collect())
    }

    /// The same table with this text wherever a column has no value.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn filled<'n>(mut self, column: impl Into<By<'n>>, text: &str) -> Result<Self, DataError> {
        let (at, _) = self.find(column.into())?;
        let missing = &self.missing;
        for row in &mut self.rows {
            if row
                .record
                .get(at)
                .is_some_and(|field| is_missing(missing, field))
            {
                let fields = row.record.iter().enumerate();
                row.record = fields
                    .map(|(i, field)| if i == at { text } else { field })
                    .collect();
            }
        }
        Ok(self)
    }

    /// The same table without the rows that have no value in one of these columns. Lines keep their numbers.
    ///
    /// # Errors
    /// If there is no such column, or if no row is left.
    pub fn without_missing<'n>(
        mut self,
        columns: impl IntoIterator<Item: Into<By<'n>>>,
    ) -> Result<Self, DataError> {
        for column in columns {
            let (at, _) = self.find(column.into())?;
            let missing = &self.missing;
            let has = |row: &Row| {
                row.record
                    .get(at)
                    .is_some_and(|text| !is_missing(missing, text))
            };
            self.rows.retain(has);
        }
        Table::new(&self.name, self.header, self.rows, self.missing)
    }

    /// A column, and how it is called in messages.
    pub(super) fn find(&self, column: By<'_>) -> Result<(usize, String), DataError> {
        let called = match (column, &self.header) {
            // By its name, which says more.
            (By::Number(at), Some(names)) if at < names.len() => By::Name(&names[at]).to_string(),
            _ => column.to_string(),
        };
        let at = match column {
            By::Name(name) => self.header.iter().flatten().position(|this| this == name),
            By::Number(at) => Some(at).filter(|&at| at < self.width()),
        };
        match at {
            Some(at) => Ok((at, called)),
            None => {
                let wrong = Wrong::NotThere {
                    there: self.names(),
                };
                Err(wrong.at(&self.name, Place::Column(called)))
            }
        }
    }

    pub(super) fn is_missing(&self, text: &str) -> bool {
        is_missing(&self.missing, text)
    }
}

fn is_missing(words: &[String], text: &str) -> bool {
    text.is_empty() || words.iter().any(|word| word == text)
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Table");
        f.field("file", &self.name).field("rows", &self.rows());
        f.field("names", &self.names()).finish()
    }
}
