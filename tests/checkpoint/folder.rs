//! A folder for a test, which is removed after it.

use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};

pub struct Folder(PathBuf);

impl Folder {
    /// A new one of this name: each test has one of its own.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cotangent-{name}-{}", std::process::id()));
        // One of an earlier process with the same number.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Deref for Folder {
    type Target = Path;
    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
