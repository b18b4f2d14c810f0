//! What can be wrong in a file: which file, where in it, and what.

use crate::tensor::Dims;
use core::fmt;
use std::borrow::Cow;
use std::io;

/// What is wrong in a file. It prints as `penguins.csv, line 3, column "sex": the value is missing`.
#[derive(Debug, thiserror::Error)]
#[error("{file}{place}: {wrong}")]
#[non_exhaustive]
pub struct FileError {
    /// The path, or the name that the bytes were given.
    pub file: String,
    /// Where in it.
    pub place: Place,
    /// What is wrong.
    pub wrong: Wrong,
}

/// A place in a file. Formats of lines have lines; others have bytes, or entries with names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    #[default]
    Whole,
    /// A line, counted from 1.
    Line(u64),
    /// A column of a line.
    Field {
        /// The line, counted from 1.
        line: u64,
        /// The column, by its name or its number, counted from 0.
        column: String,
    },
    /// A column.
    Column(String),
    /// A byte, counted from 0.
    Byte(u64),
    /// An entry of an archive.
    Entry(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Whole => Ok(()),
            Place::Line(line) => write!(f, ", line {line}"),
            Place::Field { line, column } => write!(f, ", line {line}, column {}", said(column)),
            Place::Column(column) => write!(f, ", column {}", said(column)),
            Place::Byte(byte) => write!(f, ", byte {byte}"),
            Place::Entry(name) => write!(f, ", entry {:?}", said(name)),
        }
    }
}

/// What can be wrong at a place of a file: what was expected there, and what it has.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Wrong {
    /// The system does not give it.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is of another format, or is none of this one.
    #[error("expected {expected}, got {}", words(.got))]
    Format {
        /// What it should be.
        expected: String,
        /// What it is.
        got: String,
    },
    /// The reader of the format says so, in its own words.
    #[error("it is no {format}: {}", words(.message))]
    Unreadable {
        /// The format.
        format: &'static str,
        /// The words.
        message: String,
    },
    /// It is shorter, or longer, than it says itself.
    #[error("expected {expected} bytes, got {got}")]
    Bytes {
        /// How many it says.
        expected: u64,
        /// How many there are.
        got: u64,
    },
    /// More elements than a tensor can have.
    #[error("an array of dims {} has too many elements", said_dims(.dims))]
    TooLarge {
        /// The dims.
        dims: Dims,
    },
    /// Elements of another type.
    #[error("expected elements of type {expected}, got {}", said(.got))]
    Type {
        /// The type that was asked for.
        expected: &'static str,
        /// The type in the file.
        got: String,
    },
    /// Rows of other dims.
    #[error("expected rows of dims {expected}, got {}", said_dims(.got))]
    RowDims {
        /// The dims that were asked for.
        expected: Dims,
        /// Those of a row in the file.
        got: Dims,
    },
    /// An array without axes.
    #[error("expected an array of rows, got one of no axes")]
    NoRows,
    /// An array of other dims.
    #[error("expected dims {expected}, got {}", said_dims(.got))]
    Dims {
        /// The dims that were asked for.
        expected: Dims,
        /// Those in the file.
        got: Dims,
    },
    /// A number that is no label.
    #[error("label {position} is {got}, and there are {classes} classes: expected {}", below(*.classes))]
    Label {
        /// Which label, counted from 0.
        position: usize,
        /// The label.
        got: String,
        /// The number of classes.
        classes: usize,
    },
    /// A field that is no label.
    #[error("expected a label, {}, got {:?}", below(*.classes), said(.got))]
    LabelField {
        /// The field.
        got: String,
        /// The number of classes.
        classes: usize,
    },
    /// A field that is no class.
    #[error("expected one of {}, got {:?}", list(.classes), said(.got))]
    Class {
        /// The field.
        got: String,
        /// The classes.
        classes: Vec<String>,
    },
    /// Another number of classes than the type says.
    #[error("expected {expected} classes, got {}: {}", .got.len(), list(.got))]
    Classes {
        /// How many there should be.
        expected: usize,
        /// Those that there are.
        got: Vec<String>,
    },
    /// A field that is no number.
    #[error("expected a finite number, got {:?}", said(.got))]
    Number {
        /// The field.
        got: String,
    },
    /// A field with nothing in it, or what stands for nothing.
    #[error("the value is missing")]
    Missing,
    /// A line of more or fewer fields.
    #[error("expected {expected} fields, got {got}")]
    Fields {
        /// How many the first line has.
        expected: u64,
        /// How many this one has.
        got: u64,
    },
    /// Nothing but a header, or nothing at all.
    #[error("expected at least one row, got none")]
    Empty,
    /// A name that is not there.
    #[error("there is none of this name: there are {}", list(.there))]
    NotThere {
        /// The names that there are.
        there: Vec<String>,
    },
    /// A name that is there twice.
    #[error("two of them have this name")]
    Twice,
    /// A number of columns that is not that of the shape.
    #[error("expected {expected} columns for dims {dims}, got {got}")]
    Columns {
        /// The dims.
        dims: Dims,
        /// How many numbers they have.
        expected: usize,
        /// How many columns were named.
        got: usize,
    },
    /// What is no text.
    #[error("expected UTF-8, got the byte 0x{got:02x}")]
    Utf8 {
        /// The first byte that is none.
        got: u8,
    },
    /// Tokens that the type has no room for.
    #[error("expected a vocabulary of at most {expected} tokens, got {got}")]
    Vocabulary {
        /// How many the type has.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// What needs a feature of this crate.
    #[error("it is {format}, which needs the feature `{feature}` of cotangent")]
    Feature {
        /// The format.
        format: &'static str,
        /// The feature.
        feature: &'static str,
    },
}

/// The beginning of a name or a value: what stands in a file may be of any length.
pub(crate) fn said(text: &str) -> Cow<'_, str> {
    beginning(text, 80)
}

/// The first of the dims that stand in a file: it may say that there are hundreds.
pub(crate) fn said_dims(dims: &Dims) -> String {
    const MOST: usize = 8;
    match dims.len().checked_sub(MOST) {
        None | Some(0) => dims.to_string(),
        Some(more) => {
            let first: Vec<_> = dims.iter().take(MOST).map(usize::to_string).collect();
            format!("[{}, and {more} more]", first.join(", "))
        }
    }
}

/// The beginning of what a reader of a format says, which may quote the file.
fn words(text: &str) -> Cow<'_, str> {
    beginning(text, 400)
}

fn beginning(text: &str, letters: usize) -> Cow<'_, str> {
    match text.char_indices().nth(letters) {
        None => text.into(),
        Some((end, _)) => format!("{}…", &text[..end]).into(),
    }
}

/// How many names a message lists.
const LISTED: usize = 12;

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let first: Vec<_> = names
        .iter()
        .take(LISTED)
        .map(|name| format!("{:?}", said(name)))
        .collect();
    match names.len().checked_sub(LISTED) {
        None | Some(0) => first.join(", "),
        Some(more) => format!("{} and {more} more", first.join(", ")),
    }
}

/// The labels below a bound, in words.
pub(super) fn below(classes: usize) -> String {
    match classes.checked_sub(1) {
        Some(last) => format!("0 to {last}"),
        None => "no label".to_owned(),
    }
}
