//! A text as numbers of letters, and back.

use super::model::LETTERS;
use cotangent::data::DataError;
use cotangent::data::text::Tokens;
use cotangent::prelude::*;

/// The number of a letter; of any other character that of a space, so that any text can be read.
pub fn number(letter: char) -> usize {
    match letter {
        '\n' => 0,
        ' '..='~' => letter as usize - ' ' as usize + 1,
        _ => 1,
    }
}

/// The letter of a number.
pub fn letter(number: usize) -> char {
    match u8::try_from(number) {
        Ok(n @ 1..=95) => char::from(b' ' + n - 1),
        _ => '\n',
    }
}

/// The numbers of a text. A carriage return is none of its letters.
pub fn tokens(text: &str) -> Result<Tokens<N<LETTERS>>, DataError> {
    Tokens::new(text.chars().filter(|&c| c != '\r').map(number))
}
