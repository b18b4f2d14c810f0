//! What the page is made of, read from the repository.

use crate::{Code, Comparison, Page, Program, codes};
use std::fs;
use std::path::{Path, PathBuf};

/// The page, from the root of the repository.
pub const PAGE: &str = "docs/errors.md";

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
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folders of programs: `dim`, `op` and the like, each with programs that fail and programs that pass.
///
/// # Errors
///
/// The folder that cannot be read.
pub fn subjects() -> Result<Vec<String>, String> {
    let folders = list(Path::new(env!("CARGO_MANIFEST_DIR")))?;
    let subjects = folders.iter().filter(|path| path.join("fail").is_dir());
    Ok(subjects.map(|path| stem(path)).collect())
}

impl Sources {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// What is missing, what is there without its program, and what is no entry.
    pub fn read() -> Result<Self, Vec<String>> {
        let mut mistakes = Vec::new();
        let mut keep = |mistake: String| mistakes.push(mistake);
        let sources = Sources {
            programs: programs().unwrap_or_else(|mistakes| {
                mistakes.into_iter().for_each(&mut keep);
                Vec::new()
            }),
            comparisons: comparisons().unwrap_or_else(|mistake| {
                keep(mistake);
                Vec::new()
            }),
            said: said().unwrap_or_else(|mistake| {
                keep(mistake);
                Vec::new()
            }),
        };
        if mistakes.is_empty() {
            Ok(sources)
        } else {
            Err(mistakes)
        }
    }
}

fn programs() -> Result<Vec<Program>, Vec<String>> {
    let (mut programs, mut mistakes) = (Vec::new(), Vec::new());
    for subject in subjects().map_err(|mistake| vec![mistake])? {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(&subject)
            .join("fail");
        for path in list(&folder).map_err(|mistake| vec![mistake])? {
            let name = format!("{subject}/fail/{}", stem(&path));
            let found = match path.extension().and_then(|extension| extension.to_str()) {
                Some("rs") => program(&name, &path).map(|program| programs.push(program)),
                _ if path.with_extension("rs").exists() => Ok(()),
                _ => Err(format!("`{}` has no program `{name}.rs`", path.display())),
            };
            mistakes.extend(found.err());
        }
    }
    if mistakes.is_empty() {
        Ok(programs)
    } else {
        Err(mistakes)
    }
}

fn program(name: &str, path: &Path) -> Result<Program, String> {
    let message = read(&path.with_extension("stderr"));
    let page = read(&path.with_extension("md"));
    Ok(Program {
        name: name.to_owned(),
        source: read(path)?,
        message: message.map_err(|e| {
            format!("{e}: `TRYBUILD=overwrite cargo test -p ui-tests --test ui` writes it")
        })?,
        page: Page::of(&page.map_err(|e| format!("{e}: write an entry, or `See P01.`"))?)
            .map_err(|e| format!("`ui-tests/{name}.md`: {e}"))?,
    })
}

fn comparisons() -> Result<Vec<Comparison>, String> {
    let paths = list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("dfdx"))?;
    let programs = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let comparison = |path: &PathBuf| {
        let text = read(&path.with_extension("md"))?;
        Comparison::of(&text, &read(&path.with_extension("txt"))?)
            .map_err(|e| format!("{}: {e}", path.display()))
    };
    programs.map(comparison).collect()
}

fn said() -> Result<Vec<(String, Code)>, String> {
    let mut said = Vec::new();
    let mut left = vec![repository().join("src"), repository().join("macros/src")];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(list(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let codes = codes(&read(&path)?);
            said.extend(
                codes
                    .into_iter()
                    .map(|code| (path.display().to_string(), code)),
            );
        }
    }
    Ok(said)
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
