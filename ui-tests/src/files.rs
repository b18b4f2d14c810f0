//! What the pages are made of, read from the repository, and where they are written.

use crate::{Code, Comparison, Page, Program, codes};
use std::fs;
use std::path::{Path, PathBuf};

/// The page, from the root of the repository.
pub const PAGE: &str = "docs/errors.md";
/// The folder of the entries: `docs/errors/p01.md`.
pub const ENTRIES: &str = "docs/errors";
/// The modules of the entries in the documentation of the crate: `cotangent::errors::p01`.
pub const MODULES: &str = "src/errors.rs";

/// Everything that the page is made of, and held to.
#[derive(Clone, Debug)]
pub struct Sources {
    /// In the order of their names.
    pub programs: Vec<Program>,
    /// The programs of `ui-tests/dfdx/`, in order.
    pub comparisons: Vec<Comparison>,
    /// The codes that `src/` and `macros/src/` have, each with its file.
    pub said: Vec<(String, Code)>,
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The files in the folder of the entries, from the root of the repository.
///
/// # Errors
///
/// That it cannot be read.
pub fn entries(root: &Path) -> Result<Vec<String>, String> {
    let paths = list(&root.join(ENTRIES))?;
    let path = |path: &PathBuf| format!("{ENTRIES}/{}", file_name(path));
    Ok(paths.iter().map(path).collect())
}

/// The folders of programs in a repository: `dim`, `op` and the like, each with programs that fail and programs that pass.
///
/// # Errors
///
/// The folder that cannot be read.
pub fn subjects(root: &Path) -> Result<Vec<String>, String> {
    let folders = list(&root.join("ui-tests"))?;
    let subjects = folders.iter().filter(|path| path.join("fail").is_dir());
    Ok(subjects.map(|path| stem(path)).collect())
}

impl Sources {
    /// Reads those of a repository.
    ///
    /// # Errors
    ///
    /// What is missing, what is there without its program, and what is no entry; one line for each mistake.
    pub fn read(root: &Path) -> Result<Self, String> {
        Ok(Sources {
            programs: programs(root)?,
            comparisons: comparisons(root)?,
            said: said(root)?,
        })
    }
}

fn programs(root: &Path) -> Result<Vec<Program>, String> {
    let (mut programs, mut mistakes) = (Vec::new(), Vec::new());
    for subject in subjects(root)? {
        for path in list(&root.join("ui-tests").join(&subject).join("fail"))? {
            let name = format!("{subject}/fail/{}", stem(&path));
            if has_extension(&path, "rs") {
                match program(&name, &path) {
                    Ok(program) => programs.push(program),
                    Err(mistake) => mistakes.push(format!("`{name}`: {mistake}")),
                }
            } else if !path.with_extension("rs").exists() {
                mistakes.push(format!(
                    "`{name}`: {} without its program",
                    file_name(&path)
                ));
            }
        }
    }
    if mistakes.is_empty() {
        Ok(programs)
    } else {
        Err(mistakes.join("\n"))
    }
}

fn program(name: &str, path: &Path) -> Result<Program, String> {
    let beside = |extension: &str, how: &str| {
        let path = path.with_extension(extension);
        fs::read_to_string(&path).map_err(|e| format!("{}: {e}; {how}", file_name(&path)))
    };
    let stem = stem(path);
    let trybuild = format!(
        "`TRYBUILD=overwrite cargo test -p ui-tests --test ui fail -- trybuild={stem}` writes it"
    );
    Ok(Program {
        name: name.to_owned(),
        source: read(path)?,
        message: beside("stderr", &trybuild)?,
        page: Page::of(&beside("md", "write its entry, or `See P01.`")?)?,
    })
}

fn comparisons(root: &Path) -> Result<Vec<Comparison>, String> {
    let paths = list(&root.join("ui-tests/dfdx"))?;
    let programs = paths.iter().filter(|path| has_extension(path, "rs"));
    let comparison = |path: &PathBuf| {
        let (text, theirs) = (
            read(&path.with_extension("md"))?,
            read(&path.with_extension("txt"))?,
        );
        Comparison::of(&text, &theirs).map_err(|e| format!("{}: {e}", path.display()))
    };
    programs.map(comparison).collect()
}

fn said(root: &Path) -> Result<Vec<(String, Code)>, String> {
    let mut said = Vec::new();
    let mut left = vec![root.join("src"), root.join("macros/src")];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(list(&path)?);
        } else if has_extension(&path, "rs") {
            let file = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .display()
                .to_string();
            said.extend(
                codes(&read(&path)?)
                    .into_iter()
                    .map(|code| (file.clone(), code)),
            );
        }
    }
    said.sort();
    said.dedup();
    Ok(said)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|other| other == extension)
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries =
        fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut paths: Vec<PathBuf> = entries.map_err(|e| format!("{}: {e}", folder.display()))?;
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}
