//! Data: sets of examples, their batches, and readers of files.
//!
//! A [`Dataset`] is typed by the environment of one example, and a batch of it is an environment of a loss:
//!
//! ```
//! use cotangent::data::{Column, Dataset, Order, Prefetch};
//! use cotangent::optim::adam;
//! use cotangent::prelude::*;
//! graph! {
//!     /// Of a batch: B examples of two numbers, and a label for each.
//!     fn loss<const B: usize>(w: [2, 2], b: [2]; x: [B, 2], labels: [B] < 2) -> ([], [B] < 2) {
//!         let scores = matmul(x, w) + b;
//!         (cross_entropy(scores, labels), argmax(scores, 1))
//!     }
//! }
//! // Which of two numbers is the larger one?
//! let numbers = Tensor::<f32, shape![100, 2]>::uniform(-1.0..1.0, &mut cotangent::fastrand::Rng::with_seed(0));
//! let labels: Vec<usize> = numbers.rows().map(|row| usize::from(row[[1]] > row[[0]])).collect();
//! let set: Dataset<f32, environment![[2], [] < 2]> =
//!     Dataset::new((Column::from_vec(numbers.into_vec())?, Column::from_labels(labels)?))?;
//!
//! let (train, test) = set.shuffled(Key::new(1)).split(0.8)?;
//! let mut trainer = loss::<f32, 16>().trainer(&adam(0.1), (&Tensor::zeros(), &Tensor::zeros()));
//! for epoch in 0..30 {
//!     for batch in train.batches::<N<16>>(Key::new(epoch))?.prefetch(2)? {
//!         trainer.step(&batch);
//!     }
//! }
//! let (w, b) = trainer.parameters();
//! let mut right = 0;
//! for batch in test.batches::<N<4>>(Order::Stored)? {
//!     let (_, answers) = loss::<f32, 4>().value((&w, &b), &batch);
//!     let tlist![_, labels] = batch;
//!     right += answers.as_slice().iter().zip(labels.as_slice()).filter(|(x, y)| x == y).count();
//! }
//! assert!(right >= 18, "{right} of 20");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | to | is |
//! | --- | --- |
//! | hold examples | [`Dataset`], of [`Column`]s |
//! | take them | [`Batches`], which drop what is left; [`PaddedBatches`], which weigh it; [`Chunks`], which are as large as what is left |
//! | make them while a step runs | [`Prefetch`] |
//! | read arrays | [`npy`] and NPZ, [`idx`], `safetensors`; each gives an [`Array`] |
//! | read tables | `csv` |
//! | read images | `image` |
//! | read text | [`text`] |
//!
//! NPY, IDX and text need nothing; the features `csv`, `gzip`, `image`, `npz`, `safetensors` and `tokenizers` bring a crate each, or
//! two, and `data-formats` all of them. What is wrong in a file is a [`FileError`], which has the file, the place in it, and what was
//! expected and what is there.

mod array;
mod batches;
mod chunks;
mod column;
mod columns;
#[cfg(feature = "csv")]
pub mod csv;
mod dataset;
mod element;
mod error;
mod file;
mod file_error;
mod groups;
pub mod idx;
#[cfg(feature = "image")]
pub mod image;
pub mod npy;
mod order;
mod padded;
mod prefetch;
#[cfg(feature = "safetensors")]
pub mod safetensors;
mod store;
pub mod text;
mod windows;

pub use array::Array;
pub use batches::Batches;
pub use chunks::Chunks;
pub use column::Column;
pub use columns::Columns;
pub use dataset::{Batch, Dataset, Example};
#[doc(hidden)]
pub use element::ByteOrder;
pub use element::Element;
pub use error::DataError;
pub use file_error::{FileError, Place, Wrong};
pub(crate) use file_error::{said, said_dims};
pub use order::{Order, permutation};
pub use padded::PaddedBatches;
pub use prefetch::{Prefetch, Prefetched};
