//! What is measured step after step, in files.

mod events;
mod lines;
mod record;
mod writer;

pub use record::Record;
pub use writer::{Log, read_log};
