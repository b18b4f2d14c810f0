//! Pools: what is joined of the windows over images, which nobody has to store.

mod gradient;
mod lines;
mod pool;
mod pooled;

pub use pool::Pool;
