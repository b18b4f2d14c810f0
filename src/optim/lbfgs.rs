//! L-BFGS: a quasi-Newton method over the plan of value and gradient, for small problems without noise.

use super::direction::{Change, add, direction, dot};
use super::line_search::{Along, wolfe};
use super::wrong::{Range, SettingsError, wrong};
use crate::context::{Context, Holds, Vector, take_all};
use crate::env::{Environment, Given};
use crate::graph::{Computes, Float, Plan, computed};
use crate::program::Literal;
use crate::shape::ScalarShape;
use crate::tensor::{AnyTensor, Dims, Value};
use std::collections::VecDeque;

/// The settings of L-BFGS, and the driver: [`minimise`](Self::minimise).
///
/// From the last `history` changes of the parameters and the gradient it makes a direction, as that of Newton's method would be, and
/// goes along it to a place where the strong Wolfe conditions hold: the value fell, and the slope is flatter. All its own arithmetic is
/// in doubles.
///
/// Source: Nocedal and Wright, *Numerical Optimization* (2006), Algorithms 7.4 and 7.5, with the scaling of equation 7.20; the line
/// search is that of Algorithms 3.5 and 3.6.
///
/// ```
/// use cotangent::optim::{Lbfgs, Stop};
/// use cotangent::prelude::*;
/// // The valley of Rosenbrock, whose least value, 0, is at (1, 1).
/// let valley = graph!(|x: [], y: []| square(1 - x) + 100 * square(y - x * x));
/// let start: TList<f64, context![[], []]> = tlist![Tensor::scalar(-1.2), Tensor::scalar(1.0)];
/// let found = Lbfgs::default().minimise(&mut valley.plan(), &start, ())?;
/// assert_eq!(found.why, Stop::Gradient);
/// approx::assert_abs_diff_eq!(found.at, tlist![Tensor::ones(), Tensor::ones()], epsilon = 1e-6);
/// assert!(found.evaluations < 100);
/// # Ok::<(), cotangent::optim::SettingsError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lbfgs {
    /// How many changes are remembered.
    pub history: usize,
    /// After so many it stops.
    pub iterations: usize,
    /// It stops where no number of the gradient is larger than this.
    pub gradient: f64,
    /// It stops where the value falls by no more than this, times the larger of the value and 1.
    pub change: f64,
}

impl Default for Lbfgs {
    fn default() -> Self {
        Lbfgs {
            history: 10,
            iterations: 1000,
            gradient: 1e-8,
            change: 0.0,
        }
    }
}

/// Why a minimisation stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// The gradient is as small as was asked for.
    Gradient,
    /// The value falls by no more than was asked for.
    Change,
    /// There were as many iterations as were allowed.
    Iterations,
    /// Along the direction no place was found that is better: mostly, because the precision of the scalar is reached.
    LineSearch,
    /// The value, or the gradient, is no number at the start.
    NotFinite,
}

/// Where a minimisation stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct Minimum<A, V> {
    /// The place.
    pub at: V,
    /// The value there.
    pub value: A,
    /// The gradient there.
    pub gradient: V,
    /// How many directions it went.
    pub iterations: usize,
    /// How often value and gradient were computed.
    pub evaluations: usize,
    /// Why it stopped.
    pub why: Stop,
}

impl Lbfgs {
    /// A place near `start` where the first result of a graph is least, by its plan.
    ///
    /// # Errors
    /// Settings that cannot be.
    ///
    /// # Panics
    /// As [`Plan::value_and_vjp`].
    pub fn minimise<A, D, G, Ss, V>(
        &self,
        plan: &mut Plan<A, D, G, Ss>,
        start: &V,
        env: impl Given<A, D>,
    ) -> Result<Minimum<A, V>, SettingsError>
    where
        A: Float + Into<f64>,
        D: Environment,
        G: Context,
        Ss: Computes,
        Ss::First: ScalarShape,
        V: Vector<A> + Holds<A, G>,
    {
        self.check()?;
        let mut look = |x: &[f64]| {
            let x = listed::<A, V>(start, x);
            let (value, gradient) = plan.first_and_gradient(&x, env);
            (x, value, gradient)
        };
        let mut last = None;
        let descent = self.descend(flat(start), &mut |x| {
            let seen = look(x);
            *x = flat(&seen.0);
            let numbers = (seen.1.into(), flat(&seen.2));
            last = Some(seen);
            numbers
        });
        let Descent {
            x,
            iterations,
            evaluations,
            why,
        } = descent;
        // The last place that was looked at is not always the best one.
        let (at, value, gradient) = match last {
            Some(last) if flat(&last.0) == x => last,
            _ => look(&x),
        };
        Ok(Minimum {
            at,
            value,
            gradient,
            iterations,
            evaluations,
            why,
        })
    }

    fn check(&self) -> Result<(), SettingsError> {
        let history = (self.history == 0).then(|| wrong("history", "a number from 1 on", 0));
        let all = [
            history,
            Range::NotNegative.wrong("gradient", self.gradient),
            Range::NotNegative.wrong("change", self.change),
        ];
        let wrong: Vec<_> = all.into_iter().flatten().collect();
        match wrong.is_empty() {
            true => Ok(()),
            false => Err(SettingsError { wrong }),
        }
    }

    /// `f` rounds a place to what the scalar has, and gives value and gradient there.
    fn descend(
        &self,
        mut x: Vec<f64>,
        f: &mut dyn FnMut(&mut Vec<f64>) -> (f64, Vec<f64>),
    ) -> Descent {
        let (mut value, mut gradient) = f(&mut x);
        let mut evaluations = 1;
        let mut history: VecDeque<Change> = VecDeque::with_capacity(self.history);
        let mut iterations = 0;
        let why = loop {
            let steepest = gradient.iter().fold(0.0, |most, g| f64::max(most, g.abs()));
            if !value.is_finite() || gradient.iter().any(|g| !g.is_finite()) {
                break Stop::NotFinite;
            }
            if steepest <= self.gradient {
                break Stop::Gradient;
            }
            if iterations == self.iterations {
                break Stop::Iterations;
            }
            let direction = direction(&gradient, &history);
            let start = Along {
                t: 0.0,
                value,
                slope: dot(&gradient, &direction),
            };
            if start.slope >= 0.0 {
                // Rounding made it go up: from here on as at the start.
                if history.is_empty() {
                    break Stop::LineSearch;
                }
                history.clear();
                continue;
            }
            // The first step goes as far as 1, at most.
            let first = match history.is_empty() {
                true => f64::min(1.0, 1.0 / gradient.iter().map(|g| g.abs()).sum::<f64>()),
                false => 1.0,
            };
            let mut seen = None;
            let found = wolfe(start, first, &mut |t| {
                let mut at = x.clone();
                add(&mut at, t, &direction);
                let (value, gradient) = f(&mut at);
                evaluations += 1;
                let slope = dot(&gradient, &direction);
                seen = Some((at, gradient));
                Along { t, value, slope }
            });
            // A search ends at the place that it gives.
            let Some((found, (at, new))) = found.zip(seen) else {
                if history.is_empty() {
                    break Stop::LineSearch;
                }
                history.clear();
                continue;
            };
            iterations += 1;
            if history.len() == self.history {
                history.pop_front();
            }
            history.extend(Change::of(&x, &at, &gradient, &new));
            let fell = value - found.value;
            (x, value, gradient) = (at, found.value, new);
            if fell <= self.change * f64::max(1.0, value.abs()) {
                let is_small = gradient.iter().all(|g| g.abs() <= self.gradient);
                break if is_small {
                    Stop::Gradient
                } else {
                    Stop::Change
                };
            }
        };
        Descent {
            x,
            iterations,
            evaluations,
            why,
        }
    }
}

struct Descent {
    x: Vec<f64>,
    iterations: usize,
    evaluations: usize,
    why: Stop,
}

/// All elements, depth first.
fn flat<A: Float + Into<f64>, V: Vector<A>>(of: &V) -> Vec<f64> {
    let tensors = of.names().into_iter();
    let elements = tensors.flat_map(|(_, _, elements)| elements.iter().map(|&x| x.into()));
    elements.collect()
}

/// The list of the same dims with these elements, rounded to the scalar.
fn listed<A: Float, V: Vector<A>>(like: &V, elements: &[f64]) -> V {
    let mut elements = elements.iter();
    let tensors = like.names().into_iter().map(|(_, dims, of)| {
        let rounded = elements.by_ref().take(of.len());
        let rounded = rounded.map(|&x| A::of(Literal::real(x))).collect();
        Value::Scalar(AnyTensor::from_parts(Dims::new(dims), rounded))
    });
    let values: Vec<Value<A>> = tensors.collect();
    computed(take_all(values, V::take_any))
}
