//! Tests of the passes.

mod equations;
mod functions;
mod same;
