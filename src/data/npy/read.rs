//! Files of one array.

use super::header;
use crate::data::DataError;
use crate::data::array::Array;
use crate::data::element::Element;
use crate::data::file;
use crate::data::file_error::Place;
use crate::tensor::Dims;
use ndarray::{ArrayD, IxDyn, ShapeBuilder};
use std::path::Path;

/// The array of a file, such as `np.save` writes. Where its elements lie column by column (`fortran_order`), they are laid row by
/// row.
///
/// # Errors
/// A file that cannot be read, or that is no NPY file of elements of type `T`.
pub fn read<T: Element>(path: impl AsRef<Path>) -> Result<Array<T>, DataError> {
    let (name, bytes) = file::read(path.as_ref())?;
    parse(&name, &bytes)
}

/// The array of these bytes, which messages call `name`.
///
/// # Errors
/// As [`read`].
pub fn parse<T: Element>(name: &str, bytes: &[u8]) -> Result<Array<T>, DataError> {
    parse_at(name, &Place::Whole, bytes)
}

/// The array of these bytes, which are at this place of a file.
pub(super) fn parse_at<T: Element>(
    name: &str,
    place: &Place,
    bytes: &[u8],
) -> Result<Array<T>, DataError> {
    let header = header::parse(bytes).map_err(|(byte, wrong)| match place {
        Place::Whole => wrong.at(name, byte.map_or(Place::Whole, Place::Byte)),
        place => wrong.at(name, place.clone()),
    })?;
    let order = header
        .element::<T>()
        .map_err(|wrong| wrong.at(name, place.clone()))?;
    let (before, data) = bytes.split_at(header.length);
    let stored = match header.column_major {
        true => header.dims.iter().rev().copied().collect(),
        false => header.dims.clone(),
    };
    let array = Array::of_bytes((name, place), stored, (before.len(), data), order)?;
    match header.column_major {
        true => row_major(array, &header.dims),
        false => Ok(array),
    }
}

/// An array whose elements lie column by column, with those row by row.
fn row_major<T: Element>(array: Array<T>, dims: &Dims) -> Result<Array<T>, DataError> {
    let columns = IxDyn(dims).f();
    // As many elements as the dims have: they were counted.
    let laid = ArrayD::from_shape_vec(columns, array.as_slice().to_vec());
    let elements = laid.map(|laid| laid.iter().copied().collect());
    Ok(array.relaid(dims.clone(), elements.unwrap_or_default()))
}
