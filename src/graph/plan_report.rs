//! What a planned graph says of itself before it runs.

use super::plan::Plan;
use super::planned::{Planned, Seeded};
use super::returns::Computes;
use crate::context::Context;
use crate::env::Environment;
use crate::run::Float;
use crate::run::plan::{Explained, Memory};
use crate::shape::ScalarShape;

// What is said of a program is known once it is planned, so these plan it.
impl<A: Float, D: Environment, G: Context, Ss: Computes> Plan<A, D, G, Ss> {
    /// The memory of [`value`](Self::value): how much it takes at once, the least that it could take, and what each value of
    /// the graph takes, by the user's names.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f32, _, _, _> = graph!(|x: [32, 784], w: [784, 128], v: [128, 10]| {
    ///     let h = relu(matmul(x, w));
    ///     matmul(h, v)
    /// });
    /// let plan = g.plan();
    /// let memory = plan.memory();
    /// // The product, and the relu of it in its place.
    /// assert_eq!((memory.peak, memory.lower_bound), (32 * 128 * 4, 32 * 128 * 4));
    /// assert_eq!(memory.of("h"), Some(32 * 128 * 4));
    /// ```
    pub fn memory(&self) -> Memory {
        self.plans.get(Planned::Values).explained().memory.clone()
    }

    /// The memory of [`value_and_vjp`](Self::value_and_vjp), which is planned as one program.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f32, _, _, _> = graph!(|w: [8, 8]; x: [4, 8]| mean(tanh(matmul(x, w))));
    /// let plan = g.plan();
    /// let (forward, both) = (plan.memory(), plan.memory_of_vjp());
    /// assert_eq!((forward.outputs, both.outputs), (4, 4 + 8 * 8 * 4));
    /// assert!(forward.peak <= both.peak);
    /// ```
    pub fn memory_of_vjp(&self) -> Memory
    where
        Ss::First: ScalarShape,
    {
        self.plans
            .get(Planned::Cotangents(Seeded::First))
            .explained()
            .memory
            .clone()
    }

    /// The steps of [`value`](Self::value): which nodes run as one, what each step reads and writes, and where that lies.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [1000]| sum(tanh(x * x) + exp(-x)));
    /// let plan = g.plan();
    /// let explained = plan.explain();
    /// // All of it is one pass over the elements of x.
    /// assert_eq!((explained.count(), explained.memory.peak), (1, 0));
    /// println!("{explained}");
    /// assert!(explained.to_svg().starts_with("<svg"));
    /// # let _: cotangent::graph::Plan<f64, _, _, _> = plan;
    /// ```
    pub fn explain(&self) -> Explained {
        self.plans.get(Planned::Values).explained().clone()
    }

    /// The steps of [`value_and_vjp`](Self::value_and_vjp), likewise.
    pub fn explain_vjp(&self) -> Explained
    where
        Ss::First: ScalarShape,
    {
        self.plans
            .get(Planned::Cotangents(Seeded::First))
            .explained()
            .clone()
    }
}
