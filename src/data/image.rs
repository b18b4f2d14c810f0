//! Images: PNG and JPEG. With the feature `image`.
//!
//! An image is an array `[channels, height, width]` of bytes, as `conv2d` takes it. It has the channels of its file: 1 for grey, 2
//! with transparency, 3 for red, green and blue, 4 with transparency.

use super::DataError;
use super::array::Array;
use super::column::Column;
use super::file_error::{Place, Wrong};
use super::store::{Store, table};
use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::shape::Shape;
use crate::tensor::Dims;
use image::{ColorType, ImageDecoder, ImageReader};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The image of a file, of any size.
///
/// # Errors
/// A file that cannot be read, that is no PNG or JPEG, or that has more than 8 bits for a channel.
pub fn read(path: impl AsRef<Path>) -> Result<Array<u8>, DataError> {
    let path = path.as_ref();
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| Wrong::Io(error).of(&name))?;
    parse(&name, &bytes)
}

/// The image of these bytes, which messages call `name`.
///
/// # Errors
/// As [`read`].
pub fn parse(name: &str, bytes: &[u8]) -> Result<Array<u8>, DataError> {
    let (dims, pixels) = decoded(bytes, None).map_err(|wrong| wrong.of(name))?;
    Ok(Array::of_parts(name, dims, pixels))
}

/// The images of these files, each of the dims of `S`, `[channels, height, width]`, or `[height, width]` of grey ones. Their
/// bytes stay bytes: [`Column::from_bytes`].
///
/// ```no_run
/// use cotangent::data::image::{self, Folders};
/// use cotangent::data::Dataset;
/// use cotangent::prelude::*;
/// // A folder of folders: pets/cat/1.png, …, pets/dog/1.png, …
/// let pets = Folders::read("pets")?;
/// let images = image::column::<f32, shape![3, 32, 32]>(&pets.files, |byte| f32::from(byte) / 255.0)?;
/// let set: Dataset<f32, environment![[3, 32, 32], [] < 2]> = Dataset::new((images, pets.labels()?))?;
/// assert_eq!(pets.classes, ["cat", "dog"]);
/// # Ok::<(), cotangent::data::DataError>(())
/// ```
///
/// # Errors
/// As [`read`], and an image of another size, or with other channels. It is then not decoded.
pub fn column<A, S: Shape>(
    files: impl IntoIterator<Item: AsRef<Path>>,
    scalar: impl Fn(u8) -> A,
) -> Result<Column<A, S>, DataError> {
    let (mut data, mut rows) = (Vec::new(), 0);
    for path in files {
        let path = path.as_ref();
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| Wrong::Io(error).of(&name))?;
        let (_, pixels) = decoded(&bytes, Some(S::DIMS)).map_err(|wrong| wrong.of(&name))?;
        data.extend(pixels);
        rows += 1;
    }
    let (row, data, table) = (Dims::of::<S>(), Arc::new(data), table(scalar));
    Ok(Column::of(Store::Bytes { row, data, table }, rows))
}

/// The dims of an image and its pixels, channel by channel, if the dims are these.
fn decoded(bytes: &[u8], expected: Option<&[usize]>) -> Result<(Dims, Vec<u8>), Wrong> {
    let unreadable = |message: String| Wrong::Unreadable {
        format: "image",
        message,
    };
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let decoder = reader
        .into_decoder()
        .map_err(|error| unreadable(error.to_string()))?;
    let channels = match decoder.color_type() {
        ColorType::L8 => 1,
        ColorType::La8 => 2,
        ColorType::Rgb8 => 3,
        ColorType::Rgba8 => 4,
        other => {
            let expected = "8 bits for a channel".to_owned();
            return Err(Wrong::Format {
                expected,
                got: format!("{other:?}"),
            });
        }
    };
    let (width, height) = decoder.dimensions();
    let (width, height) = (width as usize, height as usize);
    let dims = Dims::new(&[channels, height, width]);
    let is_expected = |expected: &[usize]| match expected {
        [_, _] => channels == 1 && dims[1..] == *expected,
        expected => dims == *expected,
    };
    if let Some(expected) = expected.filter(|expected| !is_expected(expected)) {
        return Err(Wrong::Dims {
            expected: Dims::new(expected),
            got: dims,
        });
    }
    let size = usize::try_from(decoder.total_bytes()).ok();
    let size = size.filter(|&size| size == dims.count());
    let size = size.ok_or_else(|| Wrong::TooLarge { dims: dims.clone() })?;
    if size / DENSEST > bytes.len() {
        return Err(unreadable(format!(
            "{} bytes cannot be {size} of pixels",
            bytes.len()
        )));
    }
    let mut pixels = vec![0; size];
    decoder
        .read_image(&mut pixels)
        .map_err(|error| unreadable(error.to_string()))?;
    let channel = |channel| pixels.iter().skip(channel).step_by(channels).copied();
    let by_channel = (0..channels).flat_map(channel).collect();
    Ok((dims, by_channel))
}

/// No byte of a file is more bytes of pixels, so that a header that lies takes no memory. Deflate, of which PNG is made, packs at
/// most 1032 to 1; in JPEG the six blocks of 16 by 16 pixels, 768 bytes, have a bit each at least.
const DENSEST: usize = 2048;

/// The files of a folder of folders, one for each class: `pets/cat/1.png`, `pets/dog/1.png`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The files, by class and then by name.
    pub files: Vec<PathBuf>,
    /// The label of each file: the place of its folder among the classes.
    pub numbers: Vec<usize>,
    /// The names of the folders, sorted.
    pub classes: Vec<String>,
    folder: String,
}

impl Folders {
    /// The files of each folder of this one. Files beside the folders are left out, and so is what begins with a dot.
    ///
    /// # Errors
    /// A folder that cannot be read, and one without files.
    pub fn read(folder: impl AsRef<Path>) -> Result<Self, DataError> {
        let folder = folder.as_ref();
        let mut all = Folders {
            files: Vec::new(),
            numbers: Vec::new(),
            classes: Vec::new(),
            folder: folder.display().to_string(),
        };
        for class in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
            let name = class
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let files: Vec<_> = entries(&class)?
                .into_iter()
                .filter(|path| path.is_file())
                .collect();
            if files.is_empty() {
                return Err(Wrong::Empty.of(&class.display().to_string()));
            }
            all.numbers.extend(files.iter().map(|_| all.classes.len()));
            all.files.extend(files);
            all.classes.push(name);
        }
        match all.files.is_empty() {
            true => Err(Wrong::Empty.of(&all.folder)),
            false => Ok(all),
        }
    }

    /// The label of each file.
    ///
    /// # Errors
    /// If there are not `C` classes.
    pub fn labels<A, C: Dim>(&self) -> Result<Column<A, LabelsOf<C, ()>>, DataError> {
        let (expected, got) = (C::SIZE, self.classes.clone());
        match got.len() == expected {
            true => Column::from_labels(self.numbers.iter().copied()),
            false => Err(Wrong::Classes { expected, got }.at(&self.folder, Place::Whole)),
        }
    }
}

/// What is in a folder, sorted.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    let wrong = |error| Wrong::Io(error).of(&folder.display().to_string());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}
