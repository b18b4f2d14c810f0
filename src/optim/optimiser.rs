//! What an optimiser is: a graph over scalars.

use crate::context::Context;
use crate::env::Environment;
use crate::graph::{Computes, Float, GraphData};
use crate::program::Program;
use frunk::hlist::{HCons, HNil};

/// How each number of the parameters changes in a step.
///
/// [`sgd`](super::sgd()), [`momentum`](super::momentum()), [`adam`](super::adam()) and [`adamw`](super::adamw()) are some.
/// [`Optimiser::new`] makes one of a graph of your own.
#[derive(Clone, Debug)]
pub struct Optimiser<A> {
    rate: A,
    rule: Program,
}

/// What a step of an optimiser takes, for one number of the parameters: the number, its gradient, and what is kept of it. The
/// graph gives the number after the step, then what is kept.
#[diagnostic::on_unimplemented(
    message = "this is no step of an optimiser",
    label = "expected a graph `|p: [], gradient: [], kept: [], ..; rate: [], step: []| (p, kept, ..)`, perhaps without `step`"
)]
pub trait Rule {}

/// Lists of scalars.
pub trait Scalars: Context {}

impl Scalars for HNil {}
impl<L: Scalars> Scalars for HCons<(), L> {}

#[diagnostic::do_not_recommend]
impl<L: Scalars> Rule for (HCons<(), HNil>, HCons<(), HCons<(), L>>, HCons<(), L>) {}
#[diagnostic::do_not_recommend]
impl<L: Scalars> Rule
    for (
        HCons<(), HCons<(), HNil>>,
        HCons<(), HCons<(), L>>,
        HCons<(), L>,
    )
{
}

impl<A: Float> Optimiser<A> {
    /// An optimiser, from what becomes of one number of the parameters, and the rate to begin with. The graph takes the number,
    /// its gradient and what is kept of it, which is 0 at first; and in its environment the rate, and if it wants it the number of
    /// the step, which counts from 1. It gives the number after the step, then what is kept.
    ///
    /// ```
    /// use cotangent::optim::Optimiser;
    /// use cotangent::prelude::*;
    /// // Lion, of Chen et al. (2023): the sign of what momentum and gradient come to.
    /// let lion = Optimiser::new(0.1, &graph!(|p: [], g: [], m: []; rate: []| {
    ///     let c = 0.9 * m + 0.1 * g;
    ///     let sign = c / sqrt(c * c + 1e-24);
    ///     (p - rate * sign, 0.99 * m + 0.01 * g)
    /// }));
    /// let loss = graph!(|x: [2]| sum(x * x));
    /// let mut trainer = loss.trainer(&lion, &Tensor::from([1.0, -2.0]));
    /// trainer.step(());
    /// approx::assert_abs_diff_eq!(trainer.parameters(), Tensor::from([0.9, -1.9]), epsilon = 1e-12);
    /// ```
    ///
    /// # Panics
    /// If a node was made from closures: it has no program.
    #[track_caller]
    pub fn new<D: Environment, G: Context, Ss: Computes>(
        rate: A,
        rule: &GraphData<A, D, G, Ss>,
    ) -> Self
    where
        (D, G, Ss::Results): Rule,
    {
        Optimiser {
            rate,
            rule: rule.whole("make an optimiser of").run().clone(),
        }
    }

    /// The rate that a trainer begins with.
    pub fn rate(&self) -> A {
        self.rate
    }

    /// How many numbers are kept of each number of the parameters.
    pub fn kept(&self) -> usize {
        self.rule.outputs().len() - 1
    }

    /// `p gradient kept… rate step -> p kept…`, of scalars, perhaps without the step.
    pub(super) fn rule(&self) -> &Program {
        &self.rule
    }
}
