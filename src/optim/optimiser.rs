//! What an optimiser is: a rule, a rate, and settings.

use super::rule::AnyRule;
use super::settings::Settings;
use super::wrong::{Range, WrongSetting, wrong};
use crate::context::Context;
use crate::env::Environment;
use crate::graph::{Computes, Float, GraphData};
use crate::program::{Program, ProgramError};
use crate::tensor::Dims;
use frunk::hlist::{HCons, HNil};
use std::sync::Arc;

/// How parameters change in an update: a rule for each of them, a rate, and settings, which methods change.
///
/// | rule | |
/// | --- | --- |
/// | [`sgd`](super::sgd()), [`momentum`](super::momentum()), [`nesterov`](super::nesterov()) | gradient descent |
/// | [`adam`](super::adam()), [`adamw`](super::adamw()), [`nadam`](super::nadam()) | means of gradients and squares |
/// | [`rmsprop`](super::rmsprop()), [`adagrad`](super::adagrad()) | means, or sums, of squares |
/// | [`lion`](super::lion()) | the sign of a mean |
/// | [`adafactor`](super::adafactor()) | means of rows and columns |
/// | [`Optimiser::new`], [`Optimiser::of_tensors`] | your own |
///
/// A setting that cannot be is remembered, and said by [`check`](Self::check), and where the optimiser is used.
///
/// ```
/// use cotangent::optim::{adamw, cosine, warm_up};
/// let optimiser = adamw(3e-4_f32, 0.1)
///     .decay_of(|_name, dims| dims.len() > 1) // no decay on biases and norms
///     .rate_of(|name, _dims| if name.starts_with("head") { 10.0 } else { 1.0 })
///     .clip_norm(1.0)
///     .accumulate(4) // the mean gradient of 4 batches, then one update
///     .average(0.999)
///     .schedule(warm_up(100).then(cosine(10_000, 0.1)));
/// assert!(optimiser.check().is_ok());
/// ```
#[derive(Clone, Debug)]
pub struct Optimiser<A> {
    pub(super) rate: A,
    pub(super) rule: AnyRule,
    pub(super) settings: Settings,
}

/// What an update takes, for one number of the parameters: the number, its gradient, and what is kept of it. The
/// graph gives the number after the update, then what is kept.
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
    /// the update, which counts from 1. It gives the number after the update, then what is kept.
    ///
    /// ```
    /// use cotangent::optim::Optimiser;
    /// use cotangent::prelude::*;
    /// // Sign descent with momentum.
    /// let signs = Optimiser::new(0.1, &graph!(|p: [], g: [], m: []; rate: []| {
    ///     let m = 0.9 * m + 0.1 * g;
    ///     (p - rate * (step(m) - step(-m)), m)
    /// }));
    /// let loss = graph!(|x: [2]| sum(x * x));
    /// let mut trainer = loss.trainer(&signs, &Tensor::from([1.0, -2.0]));
    /// trainer.step(());
    /// assert_eq!(trainer.parameters(), Tensor::from([0.9, -1.9]));
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
        let rule = rule.whole("make an optimiser of").run().clone();
        Optimiser::of(rate, AnyRule::Numbers(rule))
    }

    /// An optimiser that looks at whole tensors: from the dims of one to a [program](mod@crate::program) that takes it, its gradient,
    /// what is kept of it, which may have other dims and is 0 at first, then the rate and the number of the update, both of no dims.
    /// It gives the tensor after the update, then what is kept.
    ///
    /// ```
    /// use cotangent::optim::Optimiser;
    /// use cotangent::prelude::*;
    /// use cotangent::program::{Binary, Broadcast, Program, Reduce, Reduction, Unary};
    /// use cotangent::tensor::Dims;
    /// // The gradient, made as long as the rate.
    /// let unit = Optimiser::of_tensors(0.5, |dims| {
    ///     let mut program = Program::new(&[dims.clone(), dims.clone(), Dims::new(&[]), Dims::new(&[])]);
    ///     let squares = program.push(Binary::Mul, &[1, 1])?;
    ///     let sum = program.push(Reduce(Reduction::Sum, (0..dims.len()).collect()), &[squares])?;
    ///     let norm = program.push(Unary::Sqrt, &[sum])?;
    ///     let factor = program.push(Binary::Div, &[2, norm])?;
    ///     let factors = program.push(Broadcast(dims.clone(), vec![]), &[factor])?;
    ///     let change = program.push(Binary::Mul, &[1, factors])?;
    ///     let next = program.push(Binary::Sub, &[0, change])?;
    ///     program.set_outputs(&[next])?;
    ///     Ok(program)
    /// });
    /// let mut trainer = graph!(|x: [2]| sum(x * x)).trainer(&unit, &Tensor::from([3.0, 4.0]));
    /// trainer.step(());
    /// approx::assert_abs_diff_eq!(trainer.parameters(), Tensor::from([2.7, 3.6]), epsilon = 1e-12);
    /// ```
    pub fn of_tensors(
        rate: A,
        rule: impl Fn(&Dims) -> Result<Program, ProgramError> + Send + Sync + 'static,
    ) -> Self {
        Optimiser::of(rate, AnyRule::Tensors(Arc::new(rule)))
    }

    fn of(rate: A, rule: AnyRule) -> Self {
        let optimiser = Optimiser {
            rate,
            rule,
            settings: Settings::default(),
        };
        // Zero times an infinity, and times a NaN, is NaN. The rate is shown as what it is, and not as the double next to it.
        let is_right = rate >= A::zero() && rate * A::zero() == A::zero();
        match is_right {
            true => optimiser,
            false => optimiser.refuse(wrong("rate", "a number from 0 on", rate)),
        }
    }

    /// The rate that a trainer begins with.
    pub fn rate(&self) -> A {
        self.rate
    }

    /// How many numbers are kept of each number of the parameters; nothing if that depends on their dims.
    pub fn kept(&self) -> Option<usize> {
        match &self.rule {
            AnyRule::Numbers(rule) => Some(rule.outputs().len() - 1),
            AnyRule::Tensors(_) => None,
        }
    }

    pub(super) fn refuse(mut self, wrong: WrongSetting) -> Self {
        self.settings.wrong.push(wrong);
        self
    }

    /// Remembers a number that is not where it is to be.
    pub(super) fn demand(self, setting: &str, x: f64, range: Range) -> Self {
        match range.wrong(setting, x) {
            None => self,
            Some(wrong) => self.refuse(wrong),
        }
    }
}
