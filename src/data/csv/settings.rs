//! How a table is read.

use super::table::{Row, Table};
use crate::data::DataError;
use crate::data::file;
use crate::data::file_error::{Place, Wrong};
use csv::{ErrorKind, Position, ReaderBuilder, Trim};
use std::collections::BTreeSet;
use std::path::Path;

/// How a table is read: with a header or without one, what stands between its fields, and what stands for a missing value. An
/// empty field does.
///
/// ```
/// use cotangent::data::csv::Csv;
/// let table = Csv::new().without_header().delimiter(b';').missing(["?"]).parse("x.csv", "1;?\n2;3\n")?;
/// let column = table.number::<f64>(0)?;
/// assert_eq!(column.rows(), 2);
/// let error = table.number::<f64>(1).unwrap_err();
/// assert_eq!(error.to_string(), "x.csv, line 1, column 1: the value is missing");
/// # Ok::<(), cotangent::data::DataError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csv {
    header: bool,
    delimiter: u8,
    missing: Vec<String>,
}

impl Default for Csv {
    fn default() -> Self {
        Csv {
            header: true,
            delimiter: b',',
            missing: Vec::new(),
        }
    }
}

impl Csv {
    /// With a header, commas, and no word for a missing value.
    pub fn new() -> Self {
        Self::default()
    }

    /// The first line is a row, and columns have numbers only.
    #[must_use]
    pub fn without_header(self) -> Self {
        Csv {
            header: false,
            ..self
        }
    }

    /// What stands between fields, such as `b';'` or `b'\t'`.
    #[must_use]
    pub fn delimiter(self, delimiter: u8) -> Self {
        Csv { delimiter, ..self }
    }

    /// What stands for a missing value beside an empty field, such as `NA` or `?`.
    #[must_use]
    pub fn missing(self, words: impl IntoIterator<Item: Into<String>>) -> Self {
        let missing = words.into_iter().map(Into::into).collect();
        Csv { missing, ..self }
    }

    /// The table of a file. It is read whole.
    ///
    /// # Errors
    /// A file that cannot be read or is no text, a line with more or fewer fields than the first, two columns of one name, or no
    /// rows.
    pub fn read(&self, path: impl AsRef<Path>) -> Result<Table, DataError> {
        let (name, bytes) = file::read(path.as_ref())?;
        self.parse(&name, bytes)
    }

    /// The table of this text, which messages call `name`.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn parse(&self, name: &str, text: impl AsRef<[u8]>) -> Result<Table, DataError> {
        let text = file::text(name, text.as_ref())?;
        let mut reader = ReaderBuilder::new();
        let reader = reader
            .has_headers(false)
            .delimiter(self.delimiter)
            .trim(Trim::All);
        let mut records = reader.from_reader(text.as_bytes()).into_records();
        let header = match self.header {
            false => None,
            true => Some(records.next().ok_or_else(|| Wrong::Empty.of(name))),
        };
        let header = header
            .transpose()?
            .transpose()
            .map_err(|error| wrong((name, text), error))?;
        let header: Option<Vec<String>> =
            header.map(|header| header.iter().map(str::to_owned).collect());
        let mut seen = BTreeSet::new();
        let mut names = header.iter().flatten();
        if let Some(twice) = names.find(|name| !seen.insert(name.as_str())) {
            return Err(Wrong::Twice.at(name, Place::Column(format!("{twice:?}"))));
        }
        let mut rows = Vec::new();
        for record in records {
            let record = record.map_err(|error| wrong((name, text), error))?;
            let line = record.position().map_or(0, |at| line(text, at));
            rows.push(Row { line, record });
        }
        Table::new(name, header, rows, self.missing.clone())
    }
}

impl Table {
    /// The table of a file with a header and commas.
    ///
    /// # Errors
    /// As [`Csv::read`].
    pub fn read(path: impl AsRef<Path>) -> Result<Self, DataError> {
        Csv::new().read(path)
    }
}

/// The line of the record that is read from this place on: lines without anything are before it.
fn line(text: &str, at: &Position) -> u64 {
    let rest = text.as_bytes().iter().skip(at.byte() as usize);
    let empty = rest.take_while(|byte| matches!(byte, b'\n' | b'\r'));
    at.line() + empty.filter(|&&byte| byte == b'\n').count() as u64
}

/// What the parser says, at its line.
fn wrong((name, text): (&str, &str), error: csv::Error) -> DataError {
    let at = error.position();
    let line = at.map_or(Place::Whole, |at| Place::Line(line(text, at)));
    match error.into_kind() {
        ErrorKind::UnequalLengths {
            expected_len: expected,
            len: got,
            ..
        } => Wrong::Fields { expected, got }.at(name, line),
        ErrorKind::Io(error) => Wrong::Io(error).at(name, line),
        kind => {
            let message = format!("{kind:?}");
            Wrong::Unreadable {
                format: "table",
                message,
            }
            .at(name, line)
        }
    }
}
