//! Snapshots as files.

use super::CheckpointError;
use super::stored::{Stored, Written};
use crate::data::safetensors::Safetensors;
use crate::optim::{Elements, Saved, Snapshot};
use crate::tensor::Dims;
use safetensors::Dtype;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The entry of a file's metadata that says which of its tensors are not scalars: a line for each, `keys state/key`.
const KINDS: &str = "cotangent";

/// Writes all that a training goes on with.
///
/// # Errors
/// A file that cannot be written; then the one that was there stays as it was.
pub fn save<A: Stored>(
    path: impl AsRef<Path>,
    snapshot: &Snapshot<A>,
) -> Result<(), CheckpointError> {
    let mut kinds = String::new();
    let mut tensors = Vec::with_capacity(snapshot.entries.len());
    for Saved {
        name,
        dims,
        elements,
    } in &snapshot.entries
    {
        let written = |dtype, bytes| Written {
            dtype,
            dims: dims.clone(),
            bytes,
        };
        let tensor = match elements {
            Elements::Scalars(x) => Written::scalars(&Dims::new(dims), x),
            Elements::Doubles(x) => written(Dtype::F64, f64::bytes(x)),
            Elements::Integers(x) => {
                written(Dtype::U64, x.iter().flat_map(|x| x.to_le_bytes()).collect())
            }
            Elements::Keys(x) => {
                let halves = x.iter().flatten().flat_map(|x| x.to_le_bytes());
                let mut keys = written(Dtype::U32, halves.collect());
                keys.dims.push(2);
                keys
            }
        };
        if let Some(kind) = kind(elements) {
            kinds.push_str(&format!("{kind} {name}\n"));
        }
        tensors.push((name.as_str(), tensor));
    }
    write(path.as_ref(), &tensors, kinds)
}

/// What a file calls elements that are no scalars.
fn kind<A>(elements: &Elements<A>) -> Option<&'static str> {
    match elements {
        Elements::Scalars(_) => None,
        Elements::Doubles(_) => Some("doubles"),
        Elements::Integers(_) => Some("integers"),
        Elements::Keys(_) => Some("keys"),
    }
}

/// Writes tensors, and the text that says which of them are no scalars.
pub(super) fn write(
    path: &Path,
    tensors: &[(&str, Written)],
    kinds: String,
) -> Result<(), CheckpointError> {
    let metadata = HashMap::from([(KINDS.to_owned(), kinds)]);
    let views = tensors.iter().map(|(name, tensor)| (*name, tensor));
    let bytes = safetensors::serialize(views, Some(metadata));
    let bytes = bytes.map_err(|error| CheckpointError::Unwritable {
        path: path.to_owned(),
        message: error.to_string(),
    })?;
    replace(path, &bytes).map_err(|(path, source)| CheckpointError::Write { path, source })
}

/// Puts a file into the place of another, at once.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), (PathBuf, io::Error)> {
    let mut part = path.to_owned().into_os_string();
    part.push(".part");
    let part = PathBuf::from(part);
    let write = || {
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        // Before it is renamed: a machine that loses its power would else keep the name and lose the bytes.
        file.sync_all()
    };
    write().map_err(|error| (part.clone(), error))?;
    let rename = || {
        fs::rename(&part, path)?;
        // And the name itself. Elsewhere a folder is no file that can be opened.
        #[cfg(unix)]
        File::open(folder(path))?.sync_all()?;
        Ok(())
    };
    rename().map_err(|error| (path.to_owned(), error))
}

#[cfg(unix)]
fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Reads what [`save`] wrote. Of a file from elsewhere all tensors are to be of the scalar `A`.
///
/// # Errors
/// A file that cannot be read, that is cut, or that is none of tensors.
pub fn load<A: Stored>(path: impl AsRef<Path>) -> Result<Snapshot<A>, CheckpointError> {
    let file = Safetensors::read(path)?;
    Ok(snapshot(&file)?)
}

fn snapshot<A: Stored>(file: &Safetensors) -> Result<Snapshot<A>, crate::data::DataError> {
    let lines = file.metadata(KINDS).unwrap_or_default().lines();
    let kinds: HashMap<&str, &str> = lines
        .filter_map(|line| line.split_once(' '))
        .map(|(kind, name)| (name, kind))
        .collect();
    let mut entries = Vec::new();
    for name in file.names() {
        let (dims, elements) = match kinds.get(name.as_str()) {
            Some(&"doubles") => {
                let array = file.array::<f64>(&name)?;
                (
                    array.dims().to_vec(),
                    Elements::Doubles(array.as_slice().to_vec()),
                )
            }
            Some(&"integers") => {
                let array = file.array::<u64>(&name)?;
                (
                    array.dims().to_vec(),
                    Elements::Integers(array.as_slice().to_vec()),
                )
            }
            Some(&"keys") => {
                let array = file.array::<u32>(&name)?;
                let (keys, _) = array.as_slice().as_chunks::<2>();
                let dims = array.dims().split_last().map_or(&[][..], |(_, dims)| dims);
                (dims.to_vec(), Elements::Keys(keys.to_vec()))
            }
            _ => {
                let array = file.array::<A>(&name)?;
                (
                    array.dims().to_vec(),
                    Elements::Scalars(array.as_slice().to_vec()),
                )
            }
        };
        entries.push(Saved {
            name,
            dims,
            elements,
        });
    }
    Ok(Snapshot { entries })
}
