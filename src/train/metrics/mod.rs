//! How good answers are, counted over many batches.

mod area;
mod confusion;
mod mean;

pub use area::Area;
pub use confusion::Confusion;
pub use mean::Mean;
