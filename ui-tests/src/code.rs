//! The code of an entry. Messages that users have read name it, so it stays.

use std::fmt;
use std::str::FromStr;

/// `P01`: the letter of a section, and a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// In upper case.
    pub letter: char,
    /// From 1 to 99.
    pub number: u8,
}

impl FromStr for Code {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.as_bytes() {
            [letter @ b'A'..=b'Z', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Ok(Code {
                letter: char::from(*letter),
                number: (tens - b'0') * 10 + (ones - b'0'),
            }),
            _ => Err(format!("`{text}` is not a code, such as `P01`")),
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:02}", self.letter, self.number)
    }
}

impl Code {
    /// The name of its place in the page: `p01`.
    pub fn anchor(self) -> String {
        self.to_string().to_lowercase()
    }
}

/// The codes that a message, or the source of one, points to: `#p01, #p02`.
pub fn codes(text: &str) -> Vec<Code> {
    let mut words = text.split('#');
    words.next(); // what is before the first
    let code = |word: &str| {
        let end = word.find(|c: char| !c.is_ascii_alphanumeric());
        let word = &word[..end.unwrap_or(word.len())];
        let lower = word.starts_with(|c: char| c.is_ascii_lowercase());
        word.to_uppercase().parse().ok().filter(|_| lower)
    };
    words.filter_map(code).collect()
}
