//! Steps: what a plan does, one after the other.

use super::along::CumSumStep;
use super::chain::ChainStep;
use super::copy::CopyStep;
use super::error::PlanError;
use super::float::Float;
use super::index::{ArgMaxStep, GatherStep, OneHotStep, ScatterStep, ToIndexStep, ToScalarStep};
use super::keys::FoldInStep;
use super::patches::PatchesStep;
use super::place::Memory;
use super::pools::PoolStep;
use super::product::ProductStep;
use super::small::SmallStep;
use super::threads::LARGE;
use super::top::TopKStep;
use super::user_kernel::KernelStep;
use super::watch::Watch;
use super::window::WindowStep;
use crate::tensor::Key;

/// One step.
#[derive(Clone, Debug)]
pub(super) enum Step<T> {
    Chain(ChainStep<T>),
    Small(SmallStep<T>),
    Product(ProductStep),
    Patches(PatchesStep),
    Pool(Box<PoolStep>),
    Copy(CopyStep),
    CopyIndices(CopyStep),
    CopyKeys(CopyStep),
    Gather(GatherStep),
    GatherIndices(GatherStep),
    GatherKeys(GatherStep),
    ScatterAdd(ScatterStep),
    OneHot(OneHotStep),
    ToScalar(ToScalarStep),
    ToIndex(ToIndexStep),
    ArgMax(ArgMaxStep),
    TopK(TopKStep),
    CumSum(CumSumStep),
    Unfold(WindowStep),
    Fold(WindowStep),
    Kernel(Box<KernelStep>),
    FoldIn(FoldInStep),
    Loop {
        length: usize,
        reverse: bool,
        steps: Vec<Step<T>>,
    },
}

impl<T: Float> Step<T> {
    /// How many elements its registers are, for one thread.
    pub fn registers(&self) -> usize {
        match self {
            Step::Chain(step) => step.registers,
            Step::Small(step) => step.registers(),
            _ => 0, // a match over steps: no other has registers
        }
    }

    /// How many elements its parts make of their own.
    pub fn own(&self) -> usize {
        match self {
            Step::Chain(step) => step.own(),
            _ => 0, // a match over steps: no other has parts
        }
    }

    /// How many elements of images and of windows each thread holds.
    pub fn held(&self) -> usize {
        match self {
            Step::Patches(step) => step.held(),
            Step::Pool(step) => step.held(),
            _ => 0, // a match over steps: no other holds any
        }
    }

    /// Whether it is worth more than one thread.
    pub fn is_large(&self) -> bool {
        let size = match self {
            Step::Chain(step) => step.cut.as_ref().map_or(0, |cut| cut.size),
            Step::Product(step) => step.shared(),
            Step::Patches(step) => step.size(),
            Step::Pool(step) => step.size(),
            Step::Unfold(step) | Step::Fold(step) => step.size(),
            Step::Loop { steps, .. } => return steps.iter().any(Step::is_large),
            _ => 0, // a match over steps: no other is cut
        };
        size >= LARGE
    }
}

/// All that steps work on.
pub(super) struct Machine<'m, 'o, T> {
    pub scalars: Memory<'m, 'o, T>,
    pub indices: Memory<'m, 'o, usize>,
    pub keys: Memory<'m, 'o, Key>,
    /// What chains work with.
    pub room: &'m mut [T],
    /// What each thread holds of windows.
    pub held: &'m mut [Vec<T>],
    /// On how many threads a step may run.
    pub threads: usize,
}

impl<T: Float> Machine<'_, '_, T> {
    /// Runs steps. `at` is the step of the loop around them.
    pub fn run<W: Watch<T>>(
        &mut self,
        steps: &[Step<T>],
        at: usize,
        watch: &mut W,
    ) -> Result<(), PlanError> {
        for (place, step) in steps.iter().enumerate() {
            watch.before(place, at, &self.scalars);
            match step {
                Step::Chain(step) => {
                    step.run(&mut self.scalars, &self.keys, self.room, self.threads, at);
                }
                Step::Small(step) => step.run(&mut self.scalars, self.room, at..at + 1, false),
                Step::Product(step) => step.run(&mut self.scalars, self.threads, at),
                Step::Patches(step) => {
                    step.run(&mut self.scalars, self.held, self.threads, at);
                }
                Step::Pool(step) => step.run(&mut self.scalars, self.held, self.threads, at),
                Step::Copy(step) => step.run(&mut self.scalars, T::zero(), at),
                Step::CopyIndices(step) => step.run(&mut self.indices, 0, at),
                Step::CopyKeys(step) => step.run(&mut self.keys, Key::new(0), at),
                Step::Gather(step) => step.run(&mut self.scalars, &self.indices, at),
                Step::GatherKeys(step) => step.run(&mut self.keys, &self.indices, at),
                Step::GatherIndices(step) => step.run_indices(&mut self.indices, at),
                Step::ScatterAdd(step) => step.run(&mut self.scalars, &self.indices, at),
                Step::OneHot(step) => step.run(&mut self.scalars, &self.indices, at),
                Step::ToScalar(step) => step.run(&mut self.scalars, &self.indices, at),
                Step::ToIndex(step) => step.run(&self.scalars, &mut self.indices, at),
                Step::ArgMax(step) => step.run(&self.scalars, &mut self.indices, at),
                Step::TopK(step) => step.run(&self.scalars, &mut self.indices, at),
                Step::CumSum(step) => step.run(&mut self.scalars, at),
                Step::Unfold(step) => step.unfold(&mut self.scalars, self.threads, at),
                Step::Fold(step) => step.fold(&mut self.scalars, self.threads, at),
                Step::Kernel(step) => step.run(&mut self.scalars, &self.indices, at),
                Step::FoldIn(step) => step.run(&mut self.keys, &self.indices, at),
                Step::Loop {
                    length,
                    reverse,
                    steps,
                } => match steps.as_slice() {
                    // Nothing has to be asked between its steps.
                    [Step::Small(one)] if !W::LOOKS => {
                        one.run(&mut self.scalars, self.room, 0..*length, *reverse);
                    }
                    _ => {
                        for i in 0..*length {
                            let i = if *reverse { length - 1 - i } else { i };
                            self.run(steps, i, watch)?;
                        }
                    }
                },
            }
            watch.after(place, at, &self.scalars)?;
        }
        Ok(())
    }
}
