//! What atoms are sorted by for a reader.

use core::cmp::Ordering;
use core::fmt::{self, Write};

/// So many characters of the label of an atom are kept.
const LABEL: usize = 160;

/// What an atom or a term is sorted by: how it is printed. Runs of digits are compared as numbers, and functions come
/// after indeterminates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    applied: bool,
    text: String,
}

impl Label {
    /// A name. It is not cut: a reader knows it.
    pub(super) fn of_name(name: &str) -> Self {
        Label {
            applied: false,
            text: name.to_owned(),
        }
    }

    /// What `write` writes, cut if it is long; `applied` says that it is a function.
    pub(super) fn written(applied: bool, write: impl FnOnce(&mut Cut) -> fmt::Result) -> Self {
        let mut cut = Cut {
            text: String::new(),
            left: LABEL,
        };
        if write(&mut cut).is_err() {
            cut.text.push('…');
        }
        Label {
            applied,
            text: cut.text,
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }
}

/// Text that fails when it is full.
pub(super) struct Cut {
    text: String,
    left: usize,
}

impl Write for Cut {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        for c in s.chars() {
            self.left = self.left.checked_sub(1).ok_or(fmt::Error)?;
            self.text.push(c);
        }
        Ok(())
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Self) -> Ordering {
        let [x, y] = [self, other].map(|label| label.text.as_str());
        let applied = self.applied.cmp(&other.applied);
        applied.then_with(|| natural(x, y)).then_with(|| x.cmp(y))
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// `x2` before `x10`.
fn natural<'a>(mut x: &'a str, mut y: &'a str) -> Ordering {
    loop {
        let [digits_x, digits_y] = [x, y].map(|s| {
            let end = s.find(|c: char| !c.is_ascii_digit()).unwrap_or(s.len());
            s[..end].trim_start_matches('0')
        });
        let [rest_x, rest_y] = [x, y].map(|s| s.trim_start_matches(|c: char| c.is_ascii_digit()));
        let numbers = rest_x.len() < x.len() && rest_y.len() < y.len();
        if numbers {
            let order = digits_x
                .len()
                .cmp(&digits_y.len())
                .then_with(|| digits_x.cmp(digits_y));
            if order.is_ne() {
                return order;
            }
            (x, y) = (rest_x, rest_y);
        }
        let (mut chars_x, mut chars_y) = (x.chars(), y.chars());
        match (chars_x.next(), chars_y.next()) {
            (None, None) => return Ordering::Equal,
            (a, b) if a != b => return a.cmp(&b),
            _ => (x, y) = (chars_x.as_str(), chars_y.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::display::label_of;
    use super::*;
    use crate::prove::Term;

    #[test]
    fn digits_are_read_as_numbers() {
        let names = [
            "a", "a1", "a2", "a10", "a10b", "b[0,2]", "b[0,10]", "b[2,0]", "é", "é1",
        ];
        for (i, x) in names.iter().enumerate() {
            for (j, y) in names.iter().enumerate() {
                assert_eq!(natural(x, y), i.cmp(&j), "{x} {y}");
            }
        }
        assert_eq!(natural("a01", "a1"), Ordering::Equal);
        assert!(Label::of_name("a01") < Label::of_name("a1"));
    }

    #[test]
    fn labels_are_cut() {
        let mut term = Term::indeterminate("x");
        for _ in 0..100 {
            term = (term + Term::from(1)).tanh();
        }
        assert_eq!(label_of(&term).text.chars().count(), LABEL + 1);
        assert!(term.to_string().ends_with('…'));
        assert!(format!("{term:#}").ends_with(" + 1)"));
    }
}
