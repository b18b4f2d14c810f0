//! A program, its message and its page.

use crate::{Code, Page, codes};

/// A program that must not compile.
#[derive(Clone, Debug)]
pub struct Program {
    /// `op/fail/bias`
    pub name: String,
    /// What is in its `.rs`.
    pub source: String,
    /// What is in its `.stderr`.
    pub message: String,
    /// What its `.md` says.
    pub page: Page,
}

impl Program {
    /// Its first error: from the first line that begins with `error` to the next, to a warning, or to the end.
    pub fn first_error(&self) -> String {
        let begins = |line: &str| line.starts_with("error") || line.starts_with("warning");
        let lines = self.message.lines();
        let mut lines = lines.skip_while(|line| !line.starts_with("error"));
        let mut error: Vec<&str> = lines.next().into_iter().collect();
        error.extend(lines.take_while(|line| !begins(line)));
        error.join("\n").trim_end().to_owned()
    }

    /// The codes that its first error points to.
    pub fn codes(&self) -> Vec<Code> {
        codes(&self.first_error())
    }
}
