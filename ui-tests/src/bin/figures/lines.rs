//! Lines of code, of tests and of documents. Blank lines and other comments are none of them.

use crate::imports::sources;
use std::path::Path;
use std::{fs, io};

#[derive(Debug, Default)]
pub struct Lines {
    pub files: usize,
    pub code: usize,
    /// In a file or folder `tests`, or under `#[cfg(test)]`.
    pub tests: usize,
    /// Comments that rustdoc reads.
    pub documents: usize,
    /// The longest file that is no test, with all its lines.
    pub largest: (usize, String),
}

impl Lines {
    /// Of all Rust files below a folder.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        sources(folder, folder, &mut files)?;
        files.sort();
        let mut all = Self::default();
        for file in &files {
            let text = fs::read_to_string(folder.join(file))?;
            let is_test = file
                .iter()
                .any(|part| part == "tests" || part == "tests.rs");
            all.add(&text, is_test);
            let length = text.lines().count();
            if !is_test && length > all.largest.0 {
                all.largest = (length, file.display().to_string());
            }
        }
        all.files = files.len();
        Ok(all)
    }

    fn add(&mut self, text: &str, is_test: bool) {
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            match line.trim_start() {
                "" => {}
                // An item at the margin ends with the brace at the margin, or in its first line.
                _ if line == "#[cfg(test)]" => {
                    for line in lines.by_ref() {
                        self.tests += usize::from(!line.trim().is_empty());
                        if line == "}" || (line.ends_with(';') && !line.starts_with(' ')) {
                            break;
                        }
                    }
                }
                code if code.starts_with("///") || code.starts_with("//!") => self.documents += 1,
                code if code.starts_with("//") => {}
                _ if is_test => self.tests += 1,
                _ => self.code += 1,
            }
        }
    }
}

/// The lines of all Markdown pages below a folder.
pub fn of_pages(folder: &Path) -> io::Result<usize> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sum += of_pages(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path)?;
            sum += text.lines().filter(|line| !line.trim().is_empty()).count();
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn each_line_is_of_one_kind() {
        let text = "//! A page.\n\n// why\nuse a::b; // b\n#[cfg(test)]\nmod tests;\n#[cfg(test)]\nmod t {\n    f();\n\n}\n/// A.\nfn a() {}\n";
        let mut lines = Lines::default();
        lines.add(text, false);
        assert_eq!((lines.code, lines.tests, lines.documents), (2, 4, 2));
        lines.add("fn a() {}", true);
        assert_eq!((lines.code, lines.tests), (2, 5));
    }
}
