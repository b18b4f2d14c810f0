//! What draws from a key.

mod dropout;

pub use dropout::{Dropout, dropout};
