//! Files of other programs, files of our own, and errors as texts.

use core::fmt::Debug;
use cotangent::data::{Array, DataError};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A file that `files/make.py` wrote.
pub fn made(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/files")
        .join(name)
}

/// The bytes of such a file.
pub fn bytes_of(name: &str) -> Vec<u8> {
    fs::read(made(name)).expect("a file of this folder")
}

/// A folder that is gone when the test is over.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A file of these bytes in it.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder in it");
        fs::write(&path, bytes).expect("a file in it");
        path
    }

    /// An error without the path of this folder.
    #[track_caller]
    pub fn error<T: Debug>(&self, result: Result<T, DataError>) -> String {
        error(result).replace(&format!("{}/", self.path().display()), "")
    }
}

/// What an error says.
#[track_caller]
pub fn error<T: Debug>(result: Result<T, DataError>) -> String {
    match result {
        Ok(value) => panic!("it is no error: {value:?}"),
        Err(error) => error.to_string(),
    }
}

/// Dims, and elements as exact numbers.
pub fn shown<T: Copy + Into<f64>>(array: &Array<T>) -> (String, Vec<f64>) {
    let elements = array.as_slice().iter().map(|&x| x.into()).collect();
    (array.dims().to_string(), elements)
}

/// Packed, if there is the feature that unpacks it.
#[cfg(feature = "gzip")]
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

#[cfg(not(feature = "gzip"))]
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    bytes.to_vec()
}
