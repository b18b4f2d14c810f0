//! Trainings and parameters on disk, as safetensors. With the feature `safetensors`, which is on by default.
//!
//! ```
//! use cotangent::checkpoint;
//! use cotangent::optim::adam;
//! use cotangent::prelude::*;
//! graph! {
//!     struct Line { slope: [], offset: [] }
//!     fn loss(p: Line; x: [4], y: [4]) -> [] { mse(x * p.slope + p.offset, y) }
//! }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::env::temp_dir().join(format!("checkpoint-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! let x = Tensor::from([0.0, 1.0, 2.0, 3.0]);
//! let y = Tensor::from([1.0, 3.0, 5.0, 7.0]);
//! let mut trainer = loss::<f32>().trainer(&adam(0.1), &Line::init(Key::new(0)));
//! trainer.step((&x, &y));
//! checkpoint::save(folder.join("line.safetensors"), &trainer.snapshot())?;
//!
//! // Another process goes on from there, with the same bits.
//! let mut other = loss::<f32>().trainer(&adam(0.1), &Line::init(Key::new(0)));
//! other.restore(&checkpoint::load(folder.join("line.safetensors"))?)?;
//! assert_eq!(other.step((&x, &y)), trainer.step((&x, &y)));
//!
//! // And what only predicts takes the parameters.
//! let p = checkpoint::load_parameters::<f32, Line>(folder.join("line.safetensors"))?;
//! assert!(p.slope.item() > 0.0);
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok(())
//! # }
//! ```
//!
//! | to | call |
//! | --- | --- |
//! | save all that a training goes on with | [`save`] of [`Trainer::snapshot`](crate::optim::Trainer::snapshot) |
//! | go on | [`load`], and [`Trainer::restore`](crate::optim::Trainer::restore) |
//! | save or load parameters alone | [`save_parameters`], [`load_parameters`] |
//! | take the parameters of a model of PyTorch | [`Import`] |
//!
//! A file is written beside its place, as `NAME.part`, and then renamed: a crash at any moment leaves the old file or the new
//! one, whole. One process writes a file at a time. The format is that of
//! [safetensors](https://huggingface.co/docs/safetensors), with tensors by the names of their fields, so that other programs read
//! them, too.

mod error;
mod file;
mod import;
mod parameters;
mod stored;

pub use error::CheckpointError;
pub use file::{load, save};
pub use import::{Import, Source};
pub use parameters::{load_parameters, save_parameters};
pub use stored::Stored;
