//! Nodes over small values as one step.

mod alike;
mod builder;
mod step;

pub(super) use step::SmallStep;
