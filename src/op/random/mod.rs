//! Keys, and what draws from them.

mod dropout;
mod next_key;

#[doc(hidden)]
pub use dropout::Dropout;
pub use dropout::dropout;
#[doc(hidden)]
pub use next_key::NextKey;
pub use next_key::next_key;
