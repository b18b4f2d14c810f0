//! What is run: the rows of `rows.csv`, and what an engine has to do with one.

mod engine;
mod row;
mod table;

pub use engine::{Built, Engine, Failure, Step};
pub use row::{Row, RowError};
pub use table::all;
