//! What rustc says in its own words, where a message has no place for a code.

/// A line of an entry: ``- rustc says `unused variable: …`, the caret on an input``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// As they are in Markdown, with their backquotes.
    pub written: String,
    /// Where the caret is, such as `on a pattern`, or nothing.
    pub caret: String,
}

const LINE: &str = "- rustc says ";
const CARET: &str = ", the caret ";

impl Words {
    /// The line's words, if it is such a line.
    pub fn of(line: &str) -> Option<Result<Self, String>> {
        let rest = line.strip_prefix(LINE)?;
        let (written, caret) = rest.split_once(CARET).unwrap_or((rest, ""));
        let words = Words {
            written: written.to_owned(),
            caret: caret.to_owned(),
        };
        let right = words.plain().is_some() && caret.is_empty() != rest.contains(CARET);
        Some(if right {
            Ok(words)
        } else {
            Err(format!("not words in backquotes{CARET}…: `{line}`"))
        })
    }

    /// Without the backquotes around them, and the space that keeps a backquote of theirs apart.
    fn plain(&self) -> Option<&str> {
        let quotes = self.written.len() - self.written.trim_start_matches('`').len();
        let (open, rest) = self.written.split_at(quotes);
        let plain = rest.strip_suffix(open).filter(|_| quotes > 0)?;
        let apart = plain.strip_suffix(' ').filter(|rest| rest.ends_with('`'));
        Some(apart.unwrap_or(plain)).filter(|plain| !plain.is_empty())
    }

    /// Whether a line of the message has them. `…` is anything, and a number is any number.
    pub fn are_in(&self, message: &str) -> bool {
        let plain = without_numbers(self.plain().unwrap_or_default());
        let parts: Vec<&str> = plain.split('…').collect();
        message.lines().any(|line| {
            let line = without_numbers(line);
            let mut rest = line.as_str();
            parts.iter().all(|part| match rest.split_once(part) {
                Some((_, after)) => {
                    rest = after;
                    true
                }
                None => false,
            })
        })
    }
}

/// With a 0 for each number.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if out.ends_with('0') => (),
            '0'..='9' => out.push('0'),
            _ => out.push(c),
        }
    }
    out
}
