//! What draws from a key.

mod dropout;

#[doc(hidden)]
pub use dropout::Dropout;
pub use dropout::dropout;
