//! A mistake in dfdx, beside ours.

use crate::Program;
use std::fmt::Write;

/// A program of `ui-tests/dfdx/`: its `.md`, and what dfdx says, its `.txt`.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The mistake, in a few words.
    title: String,
    /// The name of our program.
    pub ours: String,
    /// What is better, and where.
    prose: String,
    /// What dfdx says.
    theirs: String,
}

impl Comparison {
    /// Reads a `.md`, which names our program.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn of(text: &str, theirs: &str) -> Result<Self, String> {
        let parts = text
            .strip_prefix("# ")
            .map(|text| text.splitn(3, "\n\n").collect::<Vec<_>>());
        let Some([title, ours, prose]) = parts.as_deref() else {
            return Err("it has a heading, a line ``Ours: `…` `` and what is better".to_owned());
        };
        let ours = ours
            .strip_prefix("Ours: `")
            .and_then(|ours| ours.strip_suffix('`'));
        Ok(Comparison {
            title: (*title).to_owned(),
            ours: ours.ok_or("no line ``Ours: `op/fail/bias` ``")?.to_owned(),
            prose: prose.trim_end().to_owned(),
            theirs: theirs.trim_end().to_owned(),
        })
    }

    /// The command that finds it: the last of those that were tried. None, if the prose begins with `Not comparable`.
    fn found_at(&self) -> &str {
        let mut lines = self.theirs.lines().rev();
        let last =
            lines.find_map(|line| line.strip_suffix(':').filter(|l| l.starts_with("`cargo ")));
        last.filter(|_| !self.prose.starts_with("Not comparable"))
            .unwrap_or("—")
    }

    /// Its row of the table.
    pub fn row(&self, ours: &Program) -> String {
        let (lines, columns) = size(&self.theirs);
        let (our_lines, our_columns) = size(&ours.message);
        let (title, found) = (&self.title, self.found_at());
        format!(
            "| {title} | {found} | {lines} | {columns} | `cargo check` | {our_lines} | {our_columns} |\n"
        )
    }

    /// Its part: both messages, whole.
    pub fn part(&self, ours: &Program) -> String {
        let (first, rest) = self
            .title
            .split_at(self.title.chars().next().map_or(0, char::len_utf8));
        let mut out = format!("### {}{rest}\n\n{}\n", first.to_uppercase(), self.prose);
        for (who, message) in [
            ("dfdx", &*self.theirs),
            ("cotangent", ours.message.trim_end()),
        ] {
            // Infallible: it writes to a string.
            let _ = write!(
                out,
                "\n<details><summary>{who}</summary>\n\n```text\n{message}\n```\n\n</details>\n"
            );
        }
        out
    }
}

/// How many lines, from the first that begins with `error`, and how many columns the longest has.
fn size(message: &str) -> (usize, usize) {
    let lines = message.trim_end().lines();
    let lines = lines.skip_while(|line| !line.starts_with("error"));
    let columns = lines.clone().map(|line| line.chars().count()).max();
    (lines.count(), columns.unwrap_or(0))
}
