//! The digits: read, checked, split.

use flate2::read::GzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// How many images the file has.
pub const ROWS: usize = 1_797;
/// How many of them are for training; the others are for the test only.
pub const TRAINING: usize = 1_437;
/// The seed of the split, and of the training: 0, not one that was looked for.
pub const SEED: u64 = 0;
/// No pixel is darker.
pub const BLACK: u8 = 16;
/// How many pixels an image has: 8x8.
pub const PIXELS: usize = 64;

/// Where an unpacked file is cut off: three times the size of the real one.
const LIMIT: u64 = 1 << 20;

/// One image and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digit {
    /// 8x8, row by row, from 0 to [`BLACK`].
    pub pixels: [u8; PIXELS],
    /// 0 to 9.
    pub label: usize,
}

/// What can be wrong with a file of digits.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    #[error("cannot open {}: {source}", .path.display())]
    Open { path: PathBuf, source: io::Error },
    #[error("cannot read {} at line {line}: {source}", .path.display())]
    Read {
        path: PathBuf,
        line: usize,
        source: io::Error,
    },
    #[error("line {line} of {} is wrong: {wrong}", .path.display())]
    Line {
        path: PathBuf,
        line: usize,
        wrong: LineError,
    },
    #[error("{} has {got} lines, expected {ROWS}", .path.display())]
    TooFew { path: PathBuf, got: usize },
    #[error("{} goes on at line {}, expected {ROWS} lines", .path.display(), ROWS + 1)]
    TooMany { path: PathBuf },
}

/// What can be wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    #[error("it has {got} numbers, expected 65: {PIXELS} pixels and a label")]
    Count { got: usize },
    #[error("pixel {pixel} is `{got}`, expected an integer from 0 to {BLACK}")]
    Pixel { pixel: usize, got: String },
    #[error("the label is `{got}`, expected an integer from 0 to 9")]
    Label { got: String },
}

/// The digits of a gzip file, all of them checked.
pub fn read(path: &Path) -> Result<Vec<Digit>, DataError> {
    let file = File::open(path).map_err(|source| DataError::Open {
        path: path.into(),
        source,
    })?;
    let mut digits = Vec::with_capacity(ROWS);
    let text = BufReader::new(GzDecoder::new(file).take(LIMIT));
    for (text, line) in text.lines().zip(1..) {
        let path = || path.into();
        let text = text.map_err(|source| DataError::Read {
            path: path(),
            line,
            source,
        })?;
        if line > ROWS {
            return Err(DataError::TooMany { path: path() });
        }
        let digit = parse(&text).map_err(|wrong| DataError::Line {
            path: path(),
            line,
            wrong,
        })?;
        digits.push(digit);
    }
    match digits.len() {
        ROWS => Ok(digits),
        got => Err(DataError::TooFew {
            path: path.into(),
            got,
        }),
    }
}

/// The digit of one line.
pub fn parse(line: &str) -> Result<Digit, LineError> {
    let numbers: Vec<&str> = line.split(',').map(str::trim).collect();
    let (Some((label, rest)), PIXELS) = (numbers.split_last(), numbers.len() - 1) else {
        let got = if line.trim().is_empty() {
            0
        } else {
            numbers.len()
        };
        return Err(LineError::Count { got });
    };
    let mut pixels = [0; PIXELS];
    for (pixel, (to, text)) in pixels.iter_mut().zip(rest).enumerate() {
        *to = integer(text, BLACK).ok_or_else(|| LineError::Pixel {
            pixel: pixel + 1,
            got: shown(text),
        })?;
    }
    let label = integer(label, 9).ok_or_else(|| LineError::Label { got: shown(label) })?;
    Ok(Digit {
        pixels,
        label: label.into(),
    })
}

fn integer(text: &str, largest: u8) -> Option<u8> {
    text.parse().ok().filter(|number| *number <= largest)
}

/// A text in a message: not longer than a number could be, and nothing that a terminal would obey.
fn shown(text: &str) -> String {
    text.chars().take(20).flat_map(char::escape_debug).collect()
}

/// The digits for training and those for the test, shuffled apart by the seed.
///
/// The file is in the order of its writers. Shuffled, both parts have digits of the same people, so the test says
/// nothing about the writing of others.
pub fn split(mut digits: Vec<Digit>, seed: u64) -> (Vec<Digit>, Vec<Digit>) {
    fastrand::Rng::with_seed(seed).shuffle(&mut digits);
    let test = digits.split_off(TRAINING.min(digits.len()));
    (digits, test)
}
