//! Training: optimisers, and the program of a whole step.
//!
//! An optimiser is a graph over scalars: what becomes of one parameter, from its gradient and what is kept of it. A trainer runs
//! it for each number of each parameter, in one program with the loss and its gradient.
//!
//! ```
//! use cotangent::optim::adam;
//! use cotangent::prelude::*;
//! graph! {
//!     struct Line { slope: [], offset: [] }
//!     fn loss(p: Line; x: [4], y: [4]) -> [] { mse(x * p.slope + p.offset, y) }
//! }
//! let x = Tensor::from([0.0, 1.0, 2.0, 3.0]);
//! let y = Tensor::from([1.0, 3.0, 5.0, 7.0]);
//! let mut trainer = loss::<f32>().trainer(&adam(0.1), &Line::of(Tensor::zeros(), Tensor::zeros()));
//! let first = trainer.step((&x, &y));
//! for _ in 0..500 {
//!     trainer.step((&x, &y));
//! }
//! let line = trainer.parameters();
//! assert_eq!(first.item(), 21.0);
//! assert!((line.slope.item() - 2.0).abs() < 1e-2 && (line.offset.item() - 1.0).abs() < 1e-2);
//! ```

mod carried;
mod clip;
mod difference;
mod direction;
mod lbfgs;
mod line_search;
mod lists;
mod optimiser;
mod parameters;
mod plateau;
mod progress;
mod restore;
mod rule;
mod rules;
mod schedule;
mod schedule_numbers;
mod schedules;
mod session;
mod settings;
mod snapshot;
mod state;
mod step;
mod trainer;
mod updates;
mod watched;
mod with;
mod wrong;

pub use difference::{Difference, SnapshotError};
pub use lbfgs::{Lbfgs, Minimum, Stop};
pub use lists::OptimiserState;
pub use optimiser::{Optimiser, Rule};
pub use plateau::Plateau;
pub use rules::{
    Adafactor, Adagrad, Adam, Lion, RmsProp, adafactor, adagrad, adam, adamw, lion, momentum,
    nadam, nesterov, rmsprop, sgd,
};
pub use schedule::{Curve, Schedule};
pub use schedules::{constant_factor, cosine, linear, one_cycle, plateau, step_decay, warm_up};
pub use snapshot::{Elements, Saved, Snapshot};
pub use state::StateOf;
pub use trainer::Trainer;
pub(crate) use wrong::listed;
pub use wrong::{SettingsError, WrongSetting};
