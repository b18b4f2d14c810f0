//! Planned graphs with a clock, and with checks: see `docs/book/src/performance.md`.

use super::kept_plans::{not_finite, told};
use super::plan::Plan;
use super::planned::{Planned, Seeded};
use super::results::Results;
use super::returns::Computes;
use crate::context::Context;
use crate::env::{Environment, Given, Inputs};
use crate::run::Float;
use crate::run::plan::{NotFinite, Profile};
use crate::shape::ScalarShape;

impl<A: Float, D: Environment, G: Context, Ss: Computes> Plan<A, D, G, Ss> {
    /// Where the time of [`value`](Self::value) goes: it is run once, then `runs` times with a clock around each step. The first
    /// profile of a process measures what this machine reaches.
    ///
    /// # Panics
    /// As [`value`](Self::value).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let mut plan = graph!(|x: [64, 64], w: [64, 64]| sum(tanh(matmul(x, w)))).plan();
    /// let profile = plan.profile(5, (&Tensor::<f32, _>::ones(), &Tensor::ones()), ());
    /// let product = &profile.steps[0];
    /// assert_eq!((product.step.what(), product.operations), ("product", 2 * 64 * 64 * 64));
    /// println!("{profile}");
    /// ```
    pub fn profile<X: Given<A, G>, E: Given<A, D>>(
        &mut self,
        runs: usize,
        x: X,
        env: E,
    ) -> Profile {
        told(
            self.with_inputs(x, env, Vec::new(), |plans, arena, inputs| {
                plans.get(Planned::Values).profile(arena, runs, inputs)
            }),
        )
    }

    /// Where the time of [`value_and_vjp`](Self::value_and_vjp) goes, likewise.
    ///
    /// # Panics
    /// As there.
    pub fn profile_vjp<X: Given<A, G>, E: Given<A, D>>(
        &mut self,
        runs: usize,
        x: X,
        env: E,
    ) -> Profile
    where
        Ss::First: ScalarShape,
    {
        told(
            self.with_inputs(x, env, Vec::new(), |plans, arena, inputs| {
                plans
                    .get(Planned::Cotangents(Seeded::First))
                    .profile(arena, runs, inputs)
            }),
        )
    }

    /// As [`value`](Self::value), of a [`checked`](Self::checked) plan.
    ///
    /// # Errors
    /// [`NotFinite`] if a node makes a NaN or an infinity from finite values: the first of them. Of a plan that is not checked
    /// none.
    ///
    /// # Panics
    /// As [`value`](Self::value) of a plan that is not checked.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let mut plan = graph!(|x: [2]| { let logs = log(x); sum(logs) }).plan().checked();
    /// assert_eq!(plan.try_value(&Tensor::from([1.0, 1.0]), ())?.item(), 0.0);
    /// let error = plan.try_value(&Tensor::from([1.0, 0.0]), ()).unwrap_err();
    /// assert_eq!((&*error.origin.name, error.element), ("logs", 1));
    /// assert!(error.to_string().ends_with("made -inf from finite values: log, element 1"));
    /// # Ok::<(), cotangent::explain::NotFinite>(())
    /// ```
    #[rustfmt::skip]
    pub fn try_value<X: Given<A, G>, E: Given<A, D>>(&mut self, x: X, env: E) -> Result<<Ss::Results as Results>::Of<A>, NotFinite> {
        self.values_of(x, env).map_err(not_finite)
    }

    /// As [`value_and_vjp`](Self::value_and_vjp), of a [`checked`](Self::checked) plan.
    ///
    /// # Errors
    /// As [`try_value`](Self::try_value), of the node or of its pullback.
    ///
    /// # Panics
    /// As [`try_value`](Self::try_value).
    #[rustfmt::skip]
    pub fn try_value_and_vjp<X: Inputs<A, G, Cotangents = C>, C, E: Given<A, D>>(&mut self, x: X, env: E) -> Result<(<Ss::Results as Results>::Of<A>, C), NotFinite> where Ss::First: ScalarShape {
        self.pulled_back(x, env, Seeded::First, Vec::new()).map_err(not_finite)
    }

    /// Runs [`value`](Self::value) from slices into slices of tensors, in the order of the program. Nothing is allocated.
    #[doc(hidden)]
    pub fn value_into(&mut self, inputs: &[&[A]], outputs: &mut [&mut [A]]) {
        let plan = self.plans.get(Planned::Values);
        told(plan.run_slices(&mut self.arena, inputs, outputs));
    }

    /// Runs [`value_and_vjp`](Self::value_and_vjp) likewise: outputs are the values, then the cotangents.
    #[doc(hidden)]
    pub fn value_and_vjp_into(&mut self, inputs: &[&[A]], outputs: &mut [&mut [A]])
    where
        Ss::First: ScalarShape,
    {
        let plan = self.plans.get(Planned::Cotangents(Seeded::First));
        told(plan.run_slices(&mut self.arena, inputs, outputs));
    }
}
