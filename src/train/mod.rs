//! Whole trainings, from data to files.
//!
//! | to | is |
//! | --- | --- |
//! | run epochs over a set, with checkpoints, a log, a report | [`Training`], by [`Trainer::on`](crate::optim::Trainer::on) |
//! | measure | [`Measures`], of [`Mean`], [`Confusion`] and [`Area`] |
//! | stop before the end | [`EarlyStop`] |
//! | log, in a loop of your own | [`Log`], of [`Record`]s |
//! | show what came of it | [`Report`] |

mod curves;
mod early;
mod error;
mod interrupt;
mod log;
mod measures;
mod metrics;
mod position;
mod progress;
mod report;
mod run;
mod training;

pub use early::EarlyStop;
pub use error::{Failure, TrainError};
pub use log::{Log, Record, read_log};
pub use measures::Measures;
pub use metrics::{Area, Confusion, Mean};
pub use report::Report;
pub use run::{Ended, Trained};
pub use training::Training;
