//! Whole trainings, from data to files. [`Trainer::on`](crate::optim::Trainer::on) has a whole example; the parts serve a loop of
//! your own, too:
//!
//! ```
//! use cotangent::train::{EarlyStop, Mean};
//! let mut stop = EarlyStop::least(1);
//! let mut epochs = 0;
//! for losses in [[0.9, 0.7], [0.6, 0.4], [0.6, 0.6]] {
//!     let mut loss = Mean::default();
//!     losses.iter().for_each(|&of_batch| loss.add(of_batch, 32));
//!     epochs += 1;
//!     if loss.value().is_some_and(|loss| stop.is_over(loss)) {
//!         break;
//!     }
//! }
//! assert_eq!((epochs, stop.best()), (3, Some(0.5)));
//! ```
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
mod page;
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
