//! Training with a clock, and with checks: see `docs/book/src/performance.md`.

use super::trainer::Trainer;
use crate::env::{Environment, Given};
use crate::graph::{Float, Results, not_finite, told};
use crate::run::plan::{NotFinite, Profile};

impl<A: Float, X, D: Environment, R: Results, S> Trainer<A, X, D, R, S> {
    /// Where the time of a step that makes an update goes: on a copy of the parameters one step is run, then `runs` with a clock around each
    /// part. The first profile of a process measures what this machine reaches. The training itself goes on from where it was.
    ///
    /// # Panics
    /// As [`step`](Self::step).
    ///
    /// ```
    /// use cotangent::optim::adam;
    /// use cotangent::prelude::*;
    /// let g: GraphData<f32, _, _, _> = graph!(|w: [64, 64]; x: [8, 64]| mean(square(matmul(x, w))));
    /// let mut trainer = g.trainer(&adam(0.1), &Tensor::ones());
    /// let profile = trainer.profile(3, &Tensor::ones());
    /// assert_eq!((profile.runs, trainer.steps(), trainer.parameters()), (3, 0, Tensor::ones()));
    /// println!("{profile}");
    /// ```
    pub fn profile(&mut self, runs: usize, env: impl Given<A, D>) -> Profile {
        told(self.session.try_out(
            |inputs| env.push_values(inputs),
            |plan, arena, inputs| plan.profile(arena, runs, inputs),
        ))
    }

    /// The same training from here on, with a step that ends at the first node that makes a NaN or an infinity from finite
    /// values, as [`Plan::checked`](crate::graph::Plan::checked) does. It takes some times as long.
    ///
    /// ```should_panic
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let g = graph!(|w: []; x: []| { let ratio = x / w; square(ratio) });
    /// let mut trainer = g.trainer(&sgd(0.1), &Tensor::scalar(0.0)).checked();
    /// trainer.step(&Tensor::scalar(1.0)); // `ratio = div, src/main.rs:3` made inf from finite values: div, element 0
    /// ```
    ///
    /// # Panics
    /// If there is no memory.
    pub fn checked(&self) -> Self {
        let mut checked = self.clone();
        checked.session = told(self.session.checked());
        checked
    }

    /// As [`step`](Self::step), of a [checked](Self::checked) training.
    ///
    /// # Errors
    /// The first node that made a NaN or an infinity from finite values, or its pullback, or the update of a parameter. What was
    /// updated before it is changed; begin again from a clone.
    ///
    /// # Panics
    /// As [`step`](Self::step).
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let g = graph!(|w: []; x: []| { let logs = log(x * w); square(logs) });
    /// let mut trainer = g.trainer(&sgd(0.1), &Tensor::scalar(1.0)).checked();
    /// assert_eq!(trainer.try_step(&Tensor::scalar(1.0))?.item(), 0.0);
    /// let error = trainer.try_step(&Tensor::scalar(0.0)).unwrap_err();
    /// assert_eq!(&*error.origin.name, "logs");
    /// # Ok::<(), cotangent::explain::NotFinite>(())
    /// ```
    pub fn try_step(&mut self, env: impl Given<A, D>) -> Result<R::Of<A>, NotFinite> {
        self.stepped(env).map_err(not_finite)
    }
}
