//! The words of a line, and those that need quotes.

use core::fmt;
use core::iter::Peekable;
use core::str::CharIndices;

/// A word, a number or a sign of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// `%3`
    Id(usize),
    /// A word or a number, as it stands.
    Atom(&'t str),
    /// What is between quotes.
    Quoted(String),
    /// Anything else.
    Sign(char),
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Token::Id(id) => write!(f, "`%{id}`"),
            Token::Atom(atom) => write!(f, "`{atom}`"),
            Token::Quoted(text) => f.write_str(&quoted(text)),
            Token::Sign(sign) => write!(f, "`{sign}`"),
        }
    }
}

/// Whether a text is an atom that cannot be taken for a number.
fn is_word(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    first.is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-'))
}

/// A name: as it is, or in quotes if it has to be.
pub(super) fn name(text: &str) -> String {
    match is_word(text) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// A text in quotes, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut all = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => all.extend(['\\', c]),
            c if c.is_control() => all.extend(c.escape_unicode()),
            c => all.push(c),
        }
    }
    all.push('"');
    all
}

/// The tokens of a line; the error says what was expected and what came.
pub(super) fn tokens(line: &str) -> Result<Vec<Token<'_>>, (&'static str, String)> {
    let mut all = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let token = match c {
            c if c.is_whitespace() => continue,
            '"' => Token::Quoted(unquoted(&mut chars).ok_or((
                "a text that ends with `\"`",
                format!("`{}`", &line[start..]),
            ))?),
            '%' => {
                let digits = atom(line, start + 1, &mut chars);
                let id = digits
                    .parse()
                    .map_err(|_| ("a number after `%`", format!("`{digits}`")))?;
                Token::Id(id)
            }
            c if is_sign(c) => Token::Sign(c),
            _ => Token::Atom(atom(line, start, &mut chars)),
        };
        all.push(token);
    }
    Ok(all)
}

fn is_sign(c: char) -> bool {
    matches!(
        c,
        '(' | ')' | '[' | ']' | '{' | '}' | ',' | ':' | ';' | '=' | '<' | '%' | '"'
    )
}

/// The atom from here on.
fn atom<'t>(line: &'t str, start: usize, chars: &mut Peekable<CharIndices<'t>>) -> &'t str {
    while chars
        .next_if(|&(_, c)| !c.is_whitespace() && !is_sign(c))
        .is_some()
    {}
    let end = chars.peek().map_or(line.len(), |&(end, _)| end);
    &line[start..end]
}

/// What stands before the closing quote. `None` if there is none, or for an escape that does not exist.
fn unquoted(chars: &mut Peekable<CharIndices<'_>>) -> Option<String> {
    let mut text = String::new();
    loop {
        match chars.next()?.1 {
            '"' => return Some(text),
            '\\' => match chars.next()?.1 {
                c @ ('"' | '\\') => text.push(c),
                'u' => {
                    chars.next_if(|&(_, c)| c == '{')?;
                    let mut code: u32 = 0;
                    while let Some((_, digit)) = chars.next_if(|&(_, c)| c != '}') {
                        code = code.checked_mul(16)?.checked_add(digit.to_digit(16)?)?;
                    }
                    chars.next()?;
                    text.push(char::from_u32(code)?);
                }
                _ => return None,
            },
            c => text.push(c),
        }
    }
}
