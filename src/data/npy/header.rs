//! The header of an NPY file: the literal of a Python dictionary.
//!
//! Source: *NEP 1, A simple file format for NumPy arrays*, and `numpy.lib.format`. Only what it allows for arrays of numbers is read:
//! the keys `descr`, `fortran_order` and `shape`, each once, in any order.

use crate::data::element::{ByteOrder, Element};
use crate::data::file_error::Wrong;
use crate::tensor::Dims;

/// What a header says.
pub(super) struct Header {
    /// The type, as NumPy writes it: `<f4`.
    descr: String,
    pub(super) column_major: bool,
    pub(super) dims: Dims,
    /// How many bytes it has, with what is before it.
    pub(super) length: usize,
}

/// What is wrong, and at which byte.
type Failure = (Option<u64>, Wrong);

const MAGIC: &[u8] = b"\x93NUMPY";

/// The header at the start of these bytes.
#[expect(clippy::result_large_err, reason = "a header is read once a file")]
pub(super) fn parse(bytes: &[u8]) -> Result<Header, Failure> {
    let too_short = |expected: usize| {
        let (expected, got) = (expected as u64, bytes.len() as u64);
        (None, Wrong::Bytes { expected, got })
    };
    if !bytes.starts_with(MAGIC) {
        if MAGIC.starts_with(bytes) {
            return Err(too_short(10));
        }
        let expected = "`\\x93NUMPY`, as an NPY file begins".to_owned();
        return Err((
            Some(0),
            Wrong::Format {
                expected,
                got: "another start".to_owned(),
            },
        ));
    }
    // The major version says how the length is written; the minor one says nothing.
    let (start, length) = match bytes.get(6) {
        Some(1) => {
            let length = bytes.get(8..).and_then(<[u8]>::first_chunk).copied();
            (10, length.map(|length| u16::from_le_bytes(length).into()))
        }
        Some(2 | 3) => {
            let length = bytes.get(8..).and_then(<[u8]>::first_chunk).copied();
            (12, length.map(|length| u32::from_le_bytes(length) as usize))
        }
        Some(version) => {
            let expected = "version 1, 2 or 3 of the format".to_owned();
            return Err((
                Some(6),
                Wrong::Format {
                    expected,
                    got: version.to_string(),
                },
            ));
        }
        None => return Err(too_short(10)),
    };
    let length: usize = length.ok_or_else(|| too_short(start))?;
    let end = start.saturating_add(length);
    let text = bytes.get(start..end).ok_or_else(|| too_short(end))?;
    let mut reader = Reader { text, at: 0 };
    let (descr, column_major, dims) = reader.dictionary().map_err(|(expected, got)| {
        let expected = format!("{expected} in the header");
        (
            Some((start + reader.at) as u64),
            Wrong::Format { expected, got },
        )
    })?;
    Ok(Header {
        descr,
        column_major,
        dims,
        length: end,
    })
}

impl Header {
    /// The order of the bytes of its elements, if they are of type `T`.
    pub(super) fn element<T: Element>(&self) -> Result<ByteOrder, Wrong> {
        let (order, kind) = self.descr.split_at_checked(1).unwrap_or_default();
        let order = match order {
            "<" => Some(ByteOrder::Little),
            ">" => Some(ByteOrder::Big),
            // It has no order, being one byte.
            "|" if size_of::<T>() == 1 => Some(ByteOrder::Little),
            _ => None,
        };
        let is_type = kind == format!("{}{}", T::KIND, size_of::<T>());
        order.filter(|_| is_type).ok_or_else(|| Wrong::Type {
            expected: T::NAME,
            got: format!("`{}`", self.descr),
        })
    }
}

/// What was expected, and what is there.
type Unexpected = (String, String);

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    fn dictionary(&mut self) -> Result<(String, bool, Dims), Unexpected> {
        let (mut descr, mut column_major, mut dims) = (None, None, None);
        self.expect(b'{')?;
        while !self.takes(b'}') {
            let key = self.string()?;
            self.expect(b':')?;
            let is_new = match key.as_str() {
                "descr" => descr.replace(self.descr()?).is_none(),
                "fortran_order" => column_major.replace(self.boolean()?).is_none(),
                "shape" => dims.replace(self.sizes()?).is_none(),
                _ => false,
            };
            if !is_new {
                return Err(("each of the three keys once".to_owned(), format!("`{key}`")));
            }
            if !self.takes(b',') && self.peek() != Some(b'}') {
                return Err(("`}` or `,`".to_owned(), self.found()));
            }
        }
        let missing = |key: &str| (format!("the key `{key}`"), "none".to_owned());
        Ok((
            descr.ok_or_else(|| missing("descr"))?,
            column_major.ok_or_else(|| missing("fortran_order"))?,
            dims.ok_or_else(|| missing("shape"))?,
        ))
    }

    /// A type, which is a text; a list is a record, and of no one type.
    fn descr(&mut self) -> Result<String, Unexpected> {
        match self.peek() {
            Some(b'[') => Err(("one type".to_owned(), "a record of several".to_owned())),
            _ => self.string(),
        }
    }

    fn string(&mut self) -> Result<String, Unexpected> {
        let quote = self.peek().filter(|byte| matches!(byte, b'\'' | b'"'));
        let quote = quote.ok_or_else(|| ("a text in quotes".to_owned(), self.found()))?;
        self.at += 1;
        let rest = &self.text[self.at..];
        let end = rest.iter().position(|&byte| byte == quote);
        let end = end.ok_or_else(|| ("the end of a text".to_owned(), "none".to_owned()))?;
        self.at += end + 1;
        Ok(String::from_utf8_lossy(&rest[..end])
            .escape_debug()
            .to_string())
    }

    fn boolean(&mut self) -> Result<bool, Unexpected> {
        self.peek();
        for (word, value) in [("True", true), ("False", false)] {
            if self.text[self.at..].starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(("`True` or `False`".to_owned(), self.found()))
    }

    /// A tuple of sizes.
    fn sizes(&mut self) -> Result<Dims, Unexpected> {
        self.expect(b'(')?;
        let mut sizes = Vec::new();
        while !self.takes(b')') {
            self.peek();
            let rest = &self.text[self.at..];
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let number = str::from_utf8(&rest[..digits]).ok();
            let size = number.and_then(|number| number.parse().ok());
            sizes.push(size.ok_or_else(|| ("a size".to_owned(), self.found()))?);
            self.at += digits;
            // Python 2 wrote `3L`.
            self.takes(b'L');
            if !self.takes(b',') && self.peek() != Some(b')') {
                return Err(("`)` or `,`".to_owned(), self.found()));
            }
        }
        Ok(Dims::new(&sizes))
    }

    /// The next byte that is no space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..];
        self.at += rest
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        self.text.get(self.at).copied()
    }

    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, byte: u8) -> Result<(), Unexpected> {
        match self.takes(byte) {
            true => Ok(()),
            false => Err((format!("`{}`", char::from(byte)), self.found())),
        }
    }

    /// What is at this place, in words.
    fn found(&self) -> String {
        match self.text.get(self.at) {
            Some(&byte) => format!("`{}`", char::from(byte).escape_debug()),
            None => "its end".to_owned(),
        }
    }
}
