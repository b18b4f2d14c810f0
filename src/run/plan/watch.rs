//! What looks on while the steps of a plan run: nothing, a clock, or what checks each result.
//!
//! There is one executor, over any of them; where nothing looks on, nothing is left of it.

use super::error::PlanError;
use super::place::Memory;
use super::report::PlanStep;

/// What is told of each step before and after it runs: its place among the steps of its loop, the step of that loop, and all
/// scalars.
pub(super) trait Watch<T> {
    /// Whether it has to be told of each step.
    const LOOKS: bool = true;

    fn before(&mut self, step: usize, at: usize, scalars: &Memory<'_, '_, T>);

    /// # Errors
    /// What ends the run.
    fn after(
        &mut self,
        step: usize,
        at: usize,
        scalars: &Memory<'_, '_, T>,
    ) -> Result<(), PlanError>;
}

/// Nothing looks on.
pub(super) struct Unwatched;

impl<T> Watch<T> for Unwatched {
    const LOOKS: bool = false;

    #[inline(always)]
    fn before(&mut self, _: usize, _: usize, _: &Memory<'_, '_, T>) {}

    #[inline(always)]
    fn after(&mut self, _: usize, _: usize, _: &Memory<'_, '_, T>) -> Result<(), PlanError> {
        Ok(())
    }
}

/// Which step runs, by the steps as they are shown.
pub(super) struct Running<'g> {
    /// The steps of the program, then those inside of each step that runs.
    around: Vec<&'g [PlanStep]>,
}

impl<'g> Running<'g> {
    pub fn new(steps: &'g [PlanStep]) -> Self {
        Running {
            around: vec![steps],
        }
    }

    /// A step begins; nothing if there is none of this place, which a step of the same plan is never.
    pub fn begin(&mut self, step: usize) -> Option<&'g PlanStep> {
        let group = self.around.last().and_then(|steps| steps.get(step));
        self.around.push(group.map_or(&[], |group| &group.inside));
        group
    }

    /// It ends.
    pub fn end(&mut self, step: usize) -> Option<&'g PlanStep> {
        self.around.pop();
        self.around.last().and_then(|steps| steps.get(step))
    }
}
