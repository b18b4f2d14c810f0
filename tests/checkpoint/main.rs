//! Checkpoints: what is written is read, whole, whatever happens.
#![cfg(feature = "safetensors")]

mod bad_files;
mod folder;
mod import;
mod killed;
mod round_trips;
mod torch;
