//! IDX, the format of MNIST: an array of one type behind a header of a few bytes.
//!
//! A file is two bytes of 0, a byte for the type, a byte for the number of axes, their sizes as 32 bits each, and the elements;
//! the greatest byte of a number is the first. Source: LeCun, Cortes and Burges, *The MNIST database of handwritten digits*.
//! With the feature `gzip` it may be packed, `train-images-idx3-ubyte.gz`.
//!
//! ```
//! use cotangent::data::idx;
//! // One axis of 3 bytes.
//! let bytes = [0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1];
//! let labels = idx::parse::<u8>("labels", &bytes)?;
//! assert_eq!((labels.dims().to_string(), labels.as_slice()), ("[3]".to_owned(), &[7, 2, 1][..]));
//!
//! let error = idx::parse::<u8>("labels", &bytes[..10]).unwrap_err();
//! assert_eq!(error.to_string(), "labels: expected 11 bytes, got 10");
//! # Ok::<(), cotangent::data::DataError>(())
//! ```

use super::DataError;
use super::array::Array;
use super::element::{ByteOrder, Element};
use super::file;
use super::file_error::{Place, Wrong};
use crate::tensor::Dims;
use std::path::Path;

/// The array of a file.
///
/// # Errors
/// A file that cannot be read, or that is no IDX file of elements of type `T`.
pub fn read<T: Element>(path: impl AsRef<Path>) -> Result<Array<T>, DataError> {
    let (name, bytes) = file::read(path.as_ref())?;
    parse(&name, &bytes)
}

/// The array of these bytes, which messages call `name`.
///
/// # Errors
/// As [`read`].
pub fn parse<T: Element>(name: &str, bytes: &[u8]) -> Result<Array<T>, DataError> {
    let too_short = |expected: usize| {
        let (expected, got) = (expected as u64, bytes.len() as u64);
        Wrong::Bytes { expected, got }.of(name)
    };
    let (magic, rest) = bytes.split_first_chunk::<4>().ok_or_else(|| too_short(4))?;
    let [0, 0, code, axes] = *magic else {
        let expected = "two bytes of 0, as an IDX file begins".to_owned();
        let got = format!("0x{:02x}{:02x}", magic[0], magic[1]);
        return Err(Wrong::Format { expected, got }.at(name, Place::Byte(0)));
    };
    let Some(found) = type_name(code) else {
        let expected = "the type of the elements, 0x08, 0x09 or 0x0b to 0x0e".to_owned();
        let got = format!("0x{code:02x}");
        return Err(Wrong::Format { expected, got }.at(name, Place::Byte(2)));
    };
    if found != T::NAME {
        let (expected, got) = (T::NAME, found.to_owned());
        return Err(Wrong::Type { expected, got }.at(name, Place::Byte(2)));
    }
    let header = 4 + 4 * usize::from(axes);
    let (sizes, _) = rest.as_chunks::<4>();
    let sizes = sizes.get(..axes.into()).ok_or_else(|| too_short(header))?;
    let dims: Dims = sizes
        .iter()
        .map(|size| u32::from_be_bytes(*size) as usize)
        .collect();
    let place = Place::Whole;
    Array::of_bytes(
        (name, &place),
        dims,
        (header, &bytes[header..]),
        ByteOrder::Big,
    )
}

/// The type of a code, by its name in Rust.
fn type_name(code: u8) -> Option<&'static str> {
    let names = [
        (0x08, "u8"),
        (0x09, "i8"),
        (0x0b, "i16"),
        (0x0c, "i32"),
        (0x0d, "f32"),
        (0x0e, "f64"),
    ];
    names
        .into_iter()
        .find_map(|(this, name)| (this == code).then_some(name))
}
