//! A graph for one entry, over many of them at once.

use super::callee::{NoProgram, demand_program};
use super::data::GraphData;
use super::looped::{Taken, body_of, each, one_instruction, same, tensors};
use super::nodes::Nodes;
use super::over_entries::over_entries;
use super::repeat::graph;
use super::results::Results;
use super::returns::{Computes, Returns};
use super::stacked::StackedResults;
use crate::context::{Context, Entry, Name};
use crate::dim::Dim;
use crate::env::{EachEnvironment, Environment, PerStep};
use crate::scalar::Semiring;
use frunk::hlist::HCons;

/// The graph `[x₁, …, x_B], … ↦ [f(x₁, …), …, f(x_B, …)]`, for a graph `f` of one entry: its first input and its results
/// have one more axis, the first. JAX's `vmap` with `in_axes=(0, None, …)`.
///
/// What is written for one example serves a batch, and `vmap(vmap(f))` two leading axes. The first input is a tensor or a
/// group, [stacked](PerStep) along the new axis; what `f` takes after it, such as parameters, and its environment are the
/// same for all entries. A key is folded with the number of the entry, so that each draws for itself. In
/// [`graph!`](crate::graph!) it is called as other graphs are, and the number of entries is that of the stack.
///
/// It is no loop: the program is that of `f` [over a batch](crate::program::batch()), one instruction for all entries.
///
/// # Panics
/// If a node of `f` was made from closures: it has no program.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     struct Layer { weight: [2, 3], bias: [3] }
///
///     /// Of one example.
///     fn layer(x: [2], p: Layer) -> [3] {
///         relu(matmul(x, p.weight) + p.bias)
///     }
///
///     fn loss<B: Dim, T: Dim>(p: Layer; batch: [B, 2], sequences: [B, T, 2]) -> [] {
///         mean(vmap(layer)(batch, p)) + mean(vmap(vmap(layer))(sequences, p))
///     }
/// }
/// let g = loss::<f64, N<2>, N<4>>();
/// let p = Layer::of(Tensor::ones(), Tensor::zeros());
/// let batch = Tensor::from([[1.0, 2.0], [3.0, -5.0]]);
/// let (loss, dp) = g.value_and_vjp(&p, (&batch, &Tensor::ones()));
/// assert_eq!(loss.item(), 1.5 + 2.0);
/// assert_eq!(dp.bias, Tensor::full(0.5)); // (1 / 2 + 1) / 3
/// ```
#[track_caller]
#[rustfmt::skip]
pub fn vmap<B: Dim, A: Semiring, D: Environment, S: Entry + PerStep<B, Stack: Entry>, R: Context, Y: Results + StackedResults<B>, Ss: Computes<Results = Y>>(
    of_one: GraphData<A, D, HCons<S, R>, Ss>,
) -> GraphData<A, D, HCons<S::Stack, R>, Returns<Y::Stacks>> {
    graph(&of_one, batched(&of_one.nodes, tensors(S::push_dims), &same::<D>(), B::SIZE))
}

/// [`vmap`] with an environment for each entry: its tensors and labels are stacked along a first axis. A key is one, and
/// folded with the number of the entry.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// Of one example.
///     fn error(x: [2], w: [2]; y: []) -> [] { square(matmul(x, w) - y) }
///
///     fn errors(w: [2]; xs: [3, 2], ys: [3]) -> [3] { vmap_each(error)(xs, w, ys) }
/// }
/// let xs = Tensor::from([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]);
/// let env = tlist![xs, Tensor::from([1.0, 2.0, 3.0])];
/// let y = errors::<f64>().value(&Tensor::from([2.0, 5.0]), &env);
/// assert_eq!(y, Tensor::from([1.0, 9.0, 16.0]));
/// ```
#[track_caller]
#[rustfmt::skip]
pub fn vmap_each<B: Dim, A: Semiring, D: EachEnvironment<B>, S: Entry + PerStep<B, Stack: Entry>, R: Context, Y: Results + StackedResults<B>, Ss: Computes<Results = Y>>(
    of_one: GraphData<A, D, HCons<S, R>, Ss>,
) -> GraphData<A, D::Each, HCons<S::Stack, R>, Returns<Y::Stacks>> {
    graph(&of_one, batched(&of_one.nodes, tensors(S::push_dims), &each::<D, B>(), B::SIZE))
}

/// A graph over a batch, as a graph: its first inputs, and the entries that are stacked, have the new axis.
fn batched(
    of_one: &Nodes,
    first: usize,
    entries: &[Taken],
    size: usize,
) -> Result<Nodes, NoProgram> {
    demand_program(of_one)?;
    let function = body_of(of_one);
    let of_context = (0..of_one.inputs).map(|i| i < first);
    let of_entries = entries.iter().map(|taken| matches!(taken, Taken::Stacked));
    let has_axis: Vec<bool> = of_context.chain(of_entries).collect();
    let program = over_entries(function.body(), &has_axis, size);
    let results = program.outputs();
    let names: Vec<Name> = match results.len() {
        1 => vec!["entries".into()],
        n => (0..n).map(|i| format!("entries.{i}").into()).collect(),
    };
    let label = Name::from(format!("{size} entries of {}", of_one.label));
    Ok(one_instruction(
        of_one,
        label,
        program,
        of_one.inputs,
        &names,
    ))
}
