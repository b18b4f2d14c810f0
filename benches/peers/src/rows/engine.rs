//! What an engine does.

use super::Row;
use std::error::Error;

/// What goes wrong in a library.
pub type Failure = Box<dyn Error>;

/// One call is one step: forward, backward of all parameters, and their update by the rate of the row; it returns the loss
/// before the update. Of a row that is forward only, the last number of the output.
pub type Step = Box<dyn FnMut() -> Result<f32, Failure>>;

/// What an engine makes of a row.
pub enum Built {
    Step(Step),
    /// The library cannot do it, for this reason.
    Missing(&'static str),
}

/// A library, at its fastest on the CPU.
pub trait Engine {
    /// Its name and version, as the table has them.
    fn name(&self) -> &'static str;

    /// The step of a row, with parameters of its own.
    ///
    /// # Errors
    /// Those of the library.
    fn build(&self, row: &Row) -> Result<Built, Failure>;
}
