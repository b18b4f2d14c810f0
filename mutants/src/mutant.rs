//! The mutants: mistakes in the library, each with the laws that must catch it. They are data, in `list/`.

use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A mistake: a text of a file, which is there once, and what stands in its place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutant {
    /// What the command calls it.
    pub name: String,
    /// The file, from the root of the repository.
    pub file: PathBuf,
    /// The text before, which is in the file once.
    pub before: String,
    /// The text after.
    pub after: String,
    /// What is wrong then, in a sentence.
    pub breaks: String,
    /// The laws that speak of it. One of them must catch it.
    pub laws: Vec<String>,
}

/// A file of the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    mutant: Vec<Mutant>,
}

/// Why the list, or a mutant, cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// A file that cannot be read.
    #[error("{}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A file that is no list of mutants.
    #[error("{}: {error}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Why.
        error: Box<toml::de::Error>,
    },
    /// Two mutants of one name.
    #[error("there are two mutants `{name}`")]
    Twice {
        /// The name.
        name: String,
    },
    /// A mutant that no law has to catch.
    #[error("`{name}` names no law")]
    NoLaw {
        /// The mutant.
        name: String,
    },
    /// The sources have changed, and the mutant with them has to.
    #[error("`{name}`: its text is {times} times in {}, and not once", file.display())]
    Stale {
        /// The mutant.
        name: String,
        /// The file.
        file: PathBuf,
        /// How often the text is in it.
        times: usize,
    },
    /// A mutant that changes nothing.
    #[error("`{name}` changes nothing")]
    Same {
        /// The mutant.
        name: String,
    },
}

/// All mutants, by the files of the list, in their order.
pub fn all(root: &Path) -> Result<Vec<Mutant>, ListError> {
    let folder = root.join("mutants/list");
    let read = |path: &Path, error| ListError::Read {
        path: path.to_owned(),
        error,
    };
    let entries = fs::read_dir(&folder).map_err(|error| read(&folder, error))?;
    let mut files = BTreeSet::new();
    for entry in entries {
        files.insert(entry.map_err(|error| read(&folder, error))?.path());
    }
    let mut all: Vec<Mutant> = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|error| read(&path, error))?;
        let list: List = toml::from_str(&text).map_err(|error| ListError::Syntax {
            path,
            error: Box::new(error),
        })?;
        all.extend(list.mutant);
    }
    let mut names = BTreeSet::new();
    for Mutant { name, laws, .. } in &all {
        let name = name.clone();
        if laws.is_empty() {
            return Err(ListError::NoLaw { name });
        }
        if !names.insert(name.clone()) {
            return Err(ListError::Twice { name });
        }
    }
    Ok(all)
}

impl Mutant {
    /// The file with the mistake in it.
    pub fn applied(&self, root: &Path) -> Result<String, ListError> {
        let path = root.join(&self.file);
        let text = fs::read_to_string(&path).map_err(|error| ListError::Read { path, error })?;
        // Without the line breaks that TOML has at the ends of a text of several lines.
        let (before, after) = (self.before.trim_end(), self.after.trim_end());
        let name = self.name.clone();
        if before == after {
            return Err(ListError::Same { name });
        }
        match text.matches(before).count() {
            1 => Ok(text.replacen(before, after, 1)),
            times => Err(ListError::Stale {
                name,
                file: self.file.clone(),
                times,
            }),
        }
    }
}
