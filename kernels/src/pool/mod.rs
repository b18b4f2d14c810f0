//! Pools: what is joined of the windows over images, which nobody has to store.

mod geometry;
mod gradient;
mod lines;
mod pooled;

pub use geometry::Pool;
