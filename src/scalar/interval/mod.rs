//! Intervals of doubles that contain the true result.

mod arithmetic;
mod enclosure;
mod interval;
mod order;
mod power;
pub(super) mod rounding;
mod scalar;

pub(super) use enclosure::widened;
pub use interval::{Interval, IntervalError};
