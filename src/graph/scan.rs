//! A graph for each step of a sequence, with a state.

use super::data::GraphData;
use super::looped::{Taken, each, looped, same, tensors};
use super::repeat::graph;
use super::results::Results;
use super::returns::{Computes, Returns};
use crate::context::{Context, Entry, Name};
use crate::dim::Dim;
use crate::env::{EachEnvironment, EnvEntry, Environment, PerStep};
use crate::scalar::Semiring;
use frunk::hlist::{HCons, HNil};

/// The judgement of [`scan`]: a step takes the state `S` and returns two values, the next state, `T`, and what the step gives;
/// so `T` is `S`.
#[diagnostic::on_unimplemented(
    message = "this is no step of a scan: the next state is `{S}`, as the one that it takes, and this returns `{T}`, or not two values",
    label = "a step returns two values: the next state, of the shape that it takes, and what it gives; docs/errors.md#h03"
)]
pub trait ScanStep<S, T>: Results {
    /// What the step gives.
    type Stacked: EnvEntry;
}

#[diagnostic::do_not_recommend]
impl<R: Results + ReturnsStep<S, T>, S, T> ScanStep<S, T> for R {
    type Stacked = R::Stacked;
}

/// The case in which it is one.
#[doc(hidden)]
pub trait ReturnsStep<S, T> {
    /// What the step gives.
    type Stacked: EnvEntry;
}

impl<S: Entry, Y: EnvEntry> ReturnsStep<S, S> for HCons<S, HCons<Y, HNil>> {
    type Stacked = Y;
}

/// What a scan of a graph returns: the last state, and the stack of what the steps give.
type Scanned<R, S, T> = HCons<
    S,
    HCons<<<R as ScanStep<S, <R as Results>::First>>::Stacked as PerStep<T>>::Stack, HNil>,
>;

/// The scan of a step, whose environment is taken so.
#[track_caller]
fn scanned<T: Dim, A, D, D2, S: Entry, U: Entry, R: Context, Ss, G, Ss2>(
    step: &GraphData<A, D, HCons<S, HCons<U, R>>, Ss>,
    entries: &[Taken],
    reverse: bool,
) -> GraphData<A, D2, G, Ss2> {
    let context = [
        (Taken::Carried, tensors(S::push_dims)),
        (Taken::Stacked, tensors(<U as Entry>::push_dims)),
        (Taken::Constant, tensors(R::push_dims)),
    ];
    let label = Name::from(format!("{} steps of {}", T::SIZE, step.nodes.label));
    let nodes = looped(&step.nodes, label, (&context, entries), T::SIZE, reverse);
    graph(step, nodes)
}

/// The graph `s₀, [u₁, …, u_T], … ↦ s_T, [y₁, …, y_T]` with `s_t, y_t = f(s_{t-1}, u_t, …)`, for a graph `f` that takes a
/// state, what is of each step, and parameters, and returns the next state and what the step gives. JAX's `lax.scan`.
///
/// The state is a tensor or a group. What is of each step is [stacked](PerStep) along a first axis, and so is what each
/// step gives. The parameters, any number of them, and the environment are the same for all steps; a key is folded with
/// the number of the step. In [`graph!`](crate::graph!) it is called as other graphs are, and the number of steps is that
/// of the stack. The compiler sees one step, and so does the program.
///
/// # Panics
/// If a node of `f` was made from closures: it has no program.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// The weighted sum so far, and its square.
///     fn step(sum: [], x: [], w: []) -> ([], []) {
///         let next = sum + w * x;
///         (next, next * next)
///     }
///     fn sums(start: [], x: [3], w: []) -> ([], [3]) {
///         scan(step)(start, x, w)
///     }
/// }
/// let x = tlist![Tensor::scalar(0.0), Tensor::from([1.0, 2.0, 3.0]), Tensor::scalar(2.0)];
/// let (last, squares) = sums::<f64>().value(&x, ());
/// assert_eq!((last.item(), squares), (12.0, Tensor::from([4.0, 36.0, 144.0])));
/// ```
#[track_caller]
#[rustfmt::skip]
pub fn scan<T: Dim, A: Semiring, D: Environment, S: Entry, U: Entry + PerStep<T, Stack: Entry>, R: Context, Y: Results + ScanStep<S, <Y as Results>::First, Stacked: PerStep<T>>, Ss: Computes<Results = Y>>(
    step: GraphData<A, D, HCons<S, HCons<U, R>>, Ss>,
) -> GraphData<A, D, HCons<S, HCons<U::Stack, R>>, Returns<Scanned<Y, S, T>>> {
    scanned::<T, _, _, _, _, _, _, _, _, _>(&step, &same::<D>(), false)
}

/// [`scan`] from the last step to the first; what is stacked keeps its place. `lax.scan` with `reverse=True`.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn step(sum: [], x: []) -> ([], []) { let next = sum + x; (next, next) }
///     fn rests(start: [], x: [3]) -> [3] {
///         let (_, rests) = scan_reverse(step)(start, x);
///         rests
///     }
/// }
/// let x = tlist![Tensor::scalar(0.0), Tensor::from([1.0, 2.0, 3.0])];
/// assert_eq!(rests::<f64>().value(&x, ()), Tensor::from([6.0, 5.0, 3.0]));
/// ```
#[track_caller]
#[rustfmt::skip]
pub fn scan_reverse<T: Dim, A: Semiring, D: Environment, S: Entry, U: Entry + PerStep<T, Stack: Entry>, R: Context, Y: Results + ScanStep<S, <Y as Results>::First, Stacked: PerStep<T>>, Ss: Computes<Results = Y>>(
    step: GraphData<A, D, HCons<S, HCons<U, R>>, Ss>,
) -> GraphData<A, D, HCons<S, HCons<U::Stack, R>>, Returns<Scanned<Y, S, T>>> {
    scanned::<T, _, _, _, _, _, _, _, _, _>(&step, &same::<D>(), true)
}

/// [`scan`] with an environment for each step: its tensors and labels are stacked along a first axis. A key is one.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn step(sum: [2], x: [2]; y: [2]) -> ([2], [2]) { let next = sum + x * y; (next, next) }
///     fn sums(start: [2], x: [3, 2]; y: [3, 2]) -> [2] {
///         let (last, _) = scan_each(step)(start, x, y);
///         last
///     }
/// }
/// let x = tlist![Tensor::zeros(), Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])];
/// let env = tlist![Tensor::from([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])];
/// assert_eq!(sums::<f64>().value(&x, &env), Tensor::from([6.0, 10.0]));
/// ```
#[track_caller]
#[rustfmt::skip]
pub fn scan_each<T: Dim, A: Semiring, D: EachEnvironment<T>, S: Entry, U: Entry + PerStep<T, Stack: Entry>, R: Context, Y: Results + ScanStep<S, <Y as Results>::First, Stacked: PerStep<T>>, Ss: Computes<Results = Y>>(
    step: GraphData<A, D, HCons<S, HCons<U, R>>, Ss>,
) -> GraphData<A, D::Each, HCons<S, HCons<U::Stack, R>>, Returns<Scanned<Y, S, T>>> {
    scanned::<T, _, _, _, _, _, _, _, _, _>(&step, &each::<D, T>(), false)
}

/// [`scan_each`] from the last step to the first.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn step(sum: [], x: []; y: []) -> ([], []) { let next = sum * y + x; (next, next) }
///     fn horner(start: [], x: [3]; y: [3]) -> [] {
///         let (last, _) = scan_each_reverse(step)(start, x, y);
///         last
///     }
/// }
/// let x = tlist![Tensor::scalar(0.0), Tensor::from([1.0, 2.0, 3.0])];
/// let y = tlist![Tensor::from([10.0, 10.0, 10.0])];
/// assert_eq!(horner::<f64>().value(&x, &y).item(), 321.0);
/// ```
#[track_caller]
#[rustfmt::skip]
pub fn scan_each_reverse<T: Dim, A: Semiring, D: EachEnvironment<T>, S: Entry, U: Entry + PerStep<T, Stack: Entry>, R: Context, Y: Results + ScanStep<S, <Y as Results>::First, Stacked: PerStep<T>>, Ss: Computes<Results = Y>>(
    step: GraphData<A, D, HCons<S, HCons<U, R>>, Ss>,
) -> GraphData<A, D::Each, HCons<S, HCons<U::Stack, R>>, Returns<Scanned<Y, S, T>>> {
    scanned::<T, _, _, _, _, _, _, _, _, _>(&step, &each::<D, T>(), true)
}
