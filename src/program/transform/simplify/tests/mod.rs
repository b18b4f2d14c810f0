//! Tests of the passes.

mod equations;
mod functions;
mod random;
mod same;
