//! Pools: the windows of images joined, and what the images are given in turn; no windows are stored.

mod find;
mod gradient;
mod pooling;
mod step;

pub(super) use find::pools;
pub(super) use pooling::{How, Pooling, Read};
pub(super) use step::PoolStep;
