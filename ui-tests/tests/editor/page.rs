//! A file of the fixture, and places in it that a test names by the text around them.

use std::path::PathBuf;

use serde_json::{Value, json};

/// A file with its text.
pub struct Page {
    pub path: PathBuf,
    pub text: String,
}

impl Page {
    pub fn read(path: PathBuf) -> Self {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{}", path.display()));
        Self { path, text }
    }

    /// The range of what is marked: `let «h» = dense` is the `h` where the text says `let h = dense`, which it says once.
    pub fn range(&self, marked: &str) -> Value {
        let (before, rest) = marked.split_once('«').expect(marked);
        let (inside, after) = rest.split_once('»').expect(marked);
        let plain = format!("{before}{inside}{after}");
        let mut found = self.text.match_indices(&plain);
        let (start, _) = found
            .next()
            .unwrap_or_else(|| panic!("`{plain}` is not in the file"));
        assert!(
            found.next().is_none(),
            "`{plain}` is in the file more than once"
        );
        let start = start + before.len();
        json!({ "start": self.place(start), "end": self.place(start + inside.len()) })
    }

    fn place(&self, offset: usize) -> Value {
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        json!({ "line": before.matches('\n').count(), "character": offset - line_start })
    }
}
