//! Data: sets and their batches, and what the readers say of files that are right and of files that are wrong.

#[path = "../common/panics.rs"]
mod panics;

mod batches;
mod files;
#[cfg(feature = "data-formats")]
mod idx;
#[cfg(feature = "image")]
mod images;
mod npy;
#[cfg(feature = "npz")]
mod npz;
mod order;
mod prefetch;
#[cfg(feature = "safetensors")]
mod safetensors;
mod sets;
mod system;
#[cfg(feature = "csv")]
mod tables;
mod texts;
#[cfg(feature = "tokenizers")]
mod tokenisers;
