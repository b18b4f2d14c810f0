//! Archives of arrays.

use super::read::parse_at;
use crate::data::DataError;
use crate::data::array::Array;
use crate::data::element::Element;
use crate::data::file;
use crate::data::file_error::{Place, Wrong};
use core::fmt;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use zip::ZipArchive;

/// An archive of arrays, such as `np.savez` and `np.savez_compressed` write. With the feature `npz`.
///
/// ```no_run
/// use cotangent::data::npy::Npz;
/// use cotangent::data::{Column, Dataset};
/// use cotangent::prelude::*;
/// let mnist = Npz::read("mnist.npz")?;
/// let images = mnist.array::<u8>("x_train")?;
/// let labels = mnist.array::<u8>("y_train")?;
/// let x = images.bytes::<f32, shape![28, 28]>(|byte| f32::from(byte) / 255.0)?;
/// let train: Dataset<f32, environment![[28, 28], [] < 10]> = Dataset::new((x, labels.labels()?))?;
/// # Ok::<(), cotangent::data::DataError>(())
/// ```
#[derive(Clone)]
pub struct Npz {
    name: String,
    archive: ZipArchive<Cursor<Arc<[u8]>>>,
}

impl Npz {
    /// The archive of a file.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no archive.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, DataError> {
        let (name, bytes) = file::read(path.as_ref())?;
        Self::parse(&name, bytes)
    }

    /// The archive of these bytes, which messages call `name`.
    ///
    /// # Errors
    /// If they are none.
    pub fn parse(name: &str, bytes: impl Into<Arc<[u8]>>) -> Result<Self, DataError> {
        let archive = ZipArchive::new(Cursor::new(bytes.into()));
        let archive = archive.map_err(|error| unreadable(error).of(name))?;
        Ok(Npz {
            name: name.to_owned(),
            archive,
        })
    }

    /// The names of the arrays, in the order of the file.
    pub fn names(&self) -> Vec<String> {
        let names = self.archive.file_names().flatten();
        let arrays = names.filter_map(|name| name.strip_suffix(".npy").map(str::to_owned));
        arrays.collect()
    }

    /// The array of a name. It is unpacked each time.
    ///
    /// # Errors
    /// If there is none of this name, or if it is no array of elements of type `T`.
    pub fn array<T: Element>(&self, name: &str) -> Result<Array<T>, DataError> {
        let place = Place::Entry(name.to_owned());
        let wrong = |wrong: Wrong| wrong.at(&self.name, place.clone());
        let Some(index) = self.archive.index_for_name(&format!("{name}.npy")) else {
            return Err(wrong(Wrong::NotThere {
                there: self.names(),
            }));
        };
        // Reading moves its place; the bytes are shared.
        let mut archive = self.archive.clone();
        let mut entry = archive
            .by_index(index)
            .map_err(|error| wrong(unreadable(error)))?;
        let mut bytes = Vec::new();
        entry
            .read_to_end(&mut bytes)
            .map_err(|error| wrong(unreadable(error)))?;
        parse_at(&self.name, &place, &bytes)
    }
}

fn unreadable(error: impl fmt::Display) -> Wrong {
    Wrong::Unreadable {
        format: "archive of arrays",
        message: error.to_string(),
    }
}

impl fmt::Debug for Npz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Npz");
        f.field("file", &self.name)
            .field("names", &self.names())
            .finish()
    }
}
