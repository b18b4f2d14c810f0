//! Text: as bytes, as tokens of a vocabulary, and in windows.
//!
//! ```
//! use cotangent::data::{Dataset, text};
//! use cotangent::prelude::*;
//! let tokens = text::bytes("abcabc");
//! // 4 bytes, and the byte after each of them; the next window begins a byte later.
//! let set: Dataset<f32, environment![[4] < 256, [4] < 256]> = tokens.windows::<_, N<4>>(1)?;
//! assert_eq!(set.len(), 2);
//! let tlist![from, to] = set.example(1).unwrap();
//! assert_eq!((from.as_slice(), to.as_slice()), (b"bcab".map(usize::from).as_slice(), b"cabc".map(usize::from).as_slice()));
//! # Ok::<(), cotangent::data::DataError>(())
//! ```

#[cfg(feature = "tokenizers")]
mod bpe;
mod tokens;

#[cfg(feature = "tokenizers")]
pub use bpe::Bpe;
pub use tokens::Tokens;

use super::DataError;
use super::file;
use crate::dim::N;
use std::path::Path;

/// The text of a file.
///
/// # Errors
/// A file that cannot be read, or that is not UTF-8.
pub fn read(path: impl AsRef<Path>) -> Result<String, DataError> {
    let (name, bytes) = file::read(path.as_ref())?;
    file::text(&name, &bytes).map(str::to_owned)
}

/// The bytes of a text as tokens, each below 256.
pub fn bytes(text: impl AsRef<[u8]>) -> Tokens<N<256>> {
    Tokens::of(text.as_ref().iter().map(|&byte| byte.into()).collect())
}
