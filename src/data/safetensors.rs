//! Safetensors: tensors with names. With the feature `safetensors`.

use super::DataError;
use super::array::Array;
use super::element::{ByteOrder, Element};
use super::file;
use super::file_error::{Place, Wrong};
use crate::tensor::Dims;
use core::fmt;
use safetensors::tensor::Metadata;
use safetensors::{Dtype, SafeTensorError};
use std::path::Path;

/// A file of tensors with names.
///
/// ```
/// use cotangent::data::safetensors::Safetensors;
/// use cotangent::prelude::*;
/// let header = br#"{"bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#;
/// let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
/// bytes.extend(header);
/// bytes.extend([0.5_f32, -1.0].map(f32::to_le_bytes).concat());
/// let file = Safetensors::parse("model.safetensors", bytes)?;
/// assert_eq!(file.names(), ["bias"]);
/// let bias: Tensor<f32, shape![2]> = file.array("bias")?.tensor()?;
/// assert_eq!(bias, Tensor::from([0.5, -1.0]));
///
/// let error = file.array::<f64>("bias").unwrap_err();
/// assert_eq!(error.to_string(), r#"model.safetensors, entry "bias": expected elements of type f64, got F32"#);
/// # Ok::<(), cotangent::data::DataError>(())
/// ```
pub struct Safetensors {
    name: String,
    bytes: Vec<u8>,
    metadata: Metadata,
    /// Where the elements begin.
    start: usize,
}

/// The length of the header is written in so many bytes.
const LENGTH: usize = 8;

impl Safetensors {
    /// The tensors of a file.
    ///
    /// # Errors
    /// A file that cannot be read, or that is none of tensors.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, DataError> {
        let (name, bytes) = file::read(path.as_ref())?;
        Self::parse(&name, bytes)
    }

    /// The tensors of these bytes, which messages call `name`.
    ///
    /// # Errors
    /// If they are none of tensors.
    pub fn parse(name: &str, bytes: Vec<u8>) -> Result<Self, DataError> {
        let metadata = safetensors::SafeTensors::read_metadata(&bytes);
        let (header, metadata) = metadata.map_err(|error| wrong(&error, &bytes).of(name))?;
        let (name, start) = (name.to_owned(), LENGTH + header);
        Ok(Safetensors {
            name,
            bytes,
            metadata,
            start,
        })
    }

    /// The names of the tensors, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.metadata.tensors().into_keys().collect();
        names.sort_unstable();
        names
    }

    /// Whether there is a tensor of this name.
    pub fn has(&self, name: &str) -> bool {
        self.metadata.info(name).is_some()
    }

    /// What the file says of itself under a name.
    pub fn metadata(&self, name: &str) -> Option<&str> {
        let all = self.metadata.metadata().as_ref()?;
        all.get(name).map(String::as_str)
    }

    /// The tensor of a name.
    ///
    /// # Errors
    /// If there is none of this name, or if it has no elements of type `T`.
    pub fn array<T: Element>(&self, name: &str) -> Result<Array<T>, DataError> {
        let place = Place::Entry(name.to_owned());
        let Some(info) = self.metadata.info(name) else {
            return Err(Wrong::NotThere {
                there: self.names(),
            }
            .at(&self.name, place));
        };
        if type_name(info.dtype) != Some(T::NAME) {
            let (expected, got) = (T::NAME, format!("{:?}", info.dtype));
            return Err(Wrong::Type { expected, got }.at(&self.name, place));
        }
        // The offsets were held against the bytes when the header was read.
        let (first, end) = info.data_offsets;
        let data = self
            .bytes
            .get(self.start + first..self.start + end)
            .unwrap_or_default();
        let dims = Dims::new(&info.shape);
        Array::of_bytes((&self.name, &place), dims, (0, data), ByteOrder::Little)
    }
}

/// The type of the elements, by its name in Rust.
fn type_name(dtype: Dtype) -> Option<&'static str> {
    Some(match dtype {
        Dtype::BOOL => "bool",
        Dtype::U8 => "u8",
        Dtype::I8 => "i8",
        Dtype::U16 => "u16",
        Dtype::I16 => "i16",
        Dtype::U32 => "u32",
        Dtype::I32 => "i32",
        Dtype::U64 => "u64",
        Dtype::I64 => "i64",
        Dtype::F32 => "f32",
        Dtype::F64 => "f64",
        _ => return None,
    })
}

/// What is wrong with these bytes, with both numbers where they are too few or too many.
fn wrong(error: &SafeTensorError, bytes: &[u8]) -> Wrong {
    let got = bytes.len() as u64;
    let header = bytes
        .first_chunk::<LENGTH>()
        .map(|length| u64::from_le_bytes(*length));
    let header = header.map_or(LENGTH as u64, |length| length.saturating_add(LENGTH as u64));
    match error {
        SafeTensorError::HeaderTooSmall | SafeTensorError::InvalidHeaderLength => Wrong::Bytes {
            expected: header,
            got,
        },
        error => Wrong::Unreadable {
            format: "file of tensors",
            message: error.to_string(),
        },
    }
}

impl fmt::Debug for Safetensors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Safetensors");
        f.field("file", &self.name)
            .field("names", &self.names())
            .finish()
    }
}
