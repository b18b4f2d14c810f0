//! Optimisers of the field, each in a file of its own: its formula, its source, an example.

mod adafactor;
mod adagrad;
mod adam;
mod lion;
mod rmsprop;
mod sgd;

pub use adafactor::{Adafactor, adafactor};
pub use adagrad::{Adagrad, adagrad};
pub use adam::{Adam, adam, adamw, nadam};
pub use lion::{Lion, lion};
pub use rmsprop::{RmsProp, rmsprop};
pub use sgd::{momentum, nesterov, sgd};
