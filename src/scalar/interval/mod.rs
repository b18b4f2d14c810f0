//! Intervals of doubles that contain the true result.

mod arithmetic;
mod enclosure;
#[allow(clippy::module_inception)] // the type is the folder's one idea
mod interval;
mod order;
mod power;
pub(super) mod rounding;
mod scalar;

pub(super) use enclosure::widened;
pub use interval::{Interval, IntervalError};
