//! Loops of graphs against their steps, written out one after the other.

use super::Proof;
use super::prove_equal::equal_by;
use crate::context::{Context, Entry};
use crate::counterexample::Counterexample;
use crate::graph::GraphData;
use crate::program::{Builder, Function, Program, ProgramError, Role, TRANSFORM, unrolled};
use crate::tensor::{Dims, Type};
use frunk::hlist::HCons;

/// How a loop takes an input of its step.
#[derive(Clone, Copy)]
enum Taken {
    Carried,
    Stacked,
    Listed,
    Constant,
}

/// A scan is its steps, one after the other in this order: each takes the state that the one before has left, its own entry of
/// what is stacked, the parameters, and keys that are folded with its number; what the steps give is stacked by their numbers.
/// So it is for [`scan`](crate::graph::scan) and [`scan_each`](crate::graph::scan_each) from 0 on, and for their reverse from
/// the last step to 0.
///
/// The two are compared by [`prove_equal`](super::prove_equal): on indeterminates, and bit for bit over floats.
///
/// # Errors
/// What is not equal, by the law of `prove_equal`; steps that are not `0..n` in some order; a graph with closures.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::prove::scan_eq_steps;
/// graph! {
///     fn step(sum: [], x: [], w: []) -> ([], []) {
///         let next = sum * x + w;
///         (next, next * x)
///     }
///     fn forth(start: [], x: [3], w: []) -> ([], [3]) { scan(step)(start, x, w) }
///     fn back(start: [], x: [3], w: []) -> ([], [3]) { scan_reverse(step)(start, x, w) }
/// }
/// assert!(scan_eq_steps(&step::<f64>(), &forth(), 0..3)?.is_exact());
/// assert!(scan_eq_steps(&step::<f64>(), &back(), (0..3).rev())?.is_exact());
/// let found = scan_eq_steps(&step::<f64>(), &back(), 0..3).unwrap_err();
/// assert_eq!(found.place, "output 0, by `programs_are_equal`");
/// # Ok::<(), Counterexample>(())
/// ```
pub fn scan_eq_steps<A, D, S, U, R, Ss, D2, G2, Ss2>(
    step: &GraphData<A, D, HCons<S, HCons<U, R>>, Ss>,
    loops: &GraphData<A, D2, G2, Ss2>,
    steps: impl IntoIterator<Item = usize>,
) -> Result<Proof, Counterexample>
where
    S: Entry,
    U: Entry,
    R: Context,
{
    let taken = [
        vec![Taken::Carried; tensors(S::push_dims)],
        vec![Taken::Stacked; tensors(U::push_dims)],
        vec![Taken::Constant; tensors(R::push_dims)],
    ];
    let steps: Vec<usize> = steps.into_iter().collect();
    eq_steps("scan_eq_steps", step, loops, &taken.concat(), &steps)
}

/// A [repeated](crate::graph::repeat) layer is so many layers, one upon the other: each takes what the one before gives, its
/// own parameters, what is the same for all, and keys that are folded with its number.
///
/// The two are compared by [`prove_equal`](super::prove_equal).
///
/// # Errors
/// As [`scan_eq_steps`].
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::prove::repeat_eq_layers;
/// graph! {
///     fn layer(x: [2], w: [2, 2]) -> [2] { relu(einsum!("ij,j->i", w, x)) }
///     fn three(x: [2], w: [[2, 2]; 3]) -> [2] { repeat(layer)(x, w) }
///     fn plain(x: [2], w: [2, 2]) -> [2] { einsum!("ij,j->i", w, x) }
/// }
/// assert!(repeat_eq_layers(&layer::<f64>(), &three(), 3)?.is_exact());
/// assert!(repeat_eq_layers(&plain::<f64>(), &three(), 3).is_err());
/// # Ok::<(), Counterexample>(())
/// ```
pub fn repeat_eq_layers<A, D, S, P, R, Ss, D2, G2, Ss2>(
    layer: &GraphData<A, D, HCons<S, HCons<P, R>>, Ss>,
    layers: &GraphData<A, D2, G2, Ss2>,
    count: usize,
) -> Result<Proof, Counterexample>
where
    S: Entry,
    P: Entry,
    R: Context,
{
    let taken = [
        vec![Taken::Carried; tensors(S::push_dims)],
        vec![Taken::Listed; tensors(P::push_dims)],
        vec![Taken::Constant; tensors(R::push_dims)],
    ];
    let steps: Vec<usize> = (0..count).collect();
    eq_steps("repeat_eq_layers", layer, layers, &taken.concat(), &steps)
}

/// A [mapped](crate::graph::vmap) graph is the graph of each entry, one after the other: each takes its own entry of what is
/// stacked, what is the same for all, and keys that are folded with its number; what they give is stacked by their numbers. So it
/// is for [`vmap_each`](crate::graph::vmap_each), too.
///
/// The two are compared by [`prove_equal`](super::prove_equal).
///
/// # Errors
/// As [`scan_eq_steps`].
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::prove::vmap_eq_entries;
/// graph! {
///     fn layer(x: [2], w: [2, 3]) -> [3] { relu(matmul(x, w)) }
///     fn entries(xs: [4, 2], w: [2, 3]) -> [4, 3] { vmap(layer)(xs, w) }
///     fn matrix(xs: [4, 2], w: [2, 3]) -> [4, 3] { relu(matmul(xs, w)) }
///     fn plain(xs: [4, 2], w: [2, 3]) -> [4, 3] { matmul(xs, w) }
/// }
/// assert!(vmap_eq_entries(&layer::<f64>(), &entries(), 4)?.is_exact());
/// assert!(vmap_eq_entries(&layer::<f64>(), &matrix(), 4)?.is_exact()); // written by hand
/// assert!(vmap_eq_entries(&layer::<f64>(), &plain(), 4).is_err());
/// # Ok::<(), Counterexample>(())
/// ```
pub fn vmap_eq_entries<A, D, S, R, Ss, D2, G2, Ss2>(
    of_one: &GraphData<A, D, HCons<S, R>, Ss>,
    mapped: &GraphData<A, D2, G2, Ss2>,
    count: usize,
) -> Result<Proof, Counterexample>
where
    S: Entry,
    R: Context,
{
    let taken = [
        vec![Taken::Stacked; tensors(S::push_dims)],
        vec![Taken::Constant; tensors(R::push_dims)],
    ];
    let entries: Vec<usize> = (0..count).collect();
    eq_steps("vmap_eq_entries", of_one, mapped, &taken.concat(), &entries)
}

/// How many tensors an entry has.
fn tensors(push_dims: fn(&mut Vec<Dims>)) -> usize {
    let mut dims = Vec::new();
    push_dims(&mut dims);
    dims.len()
}

fn eq_steps<A, D, G, Ss, D2, G2, Ss2>(
    law: &'static str,
    step: &GraphData<A, D, G, Ss>,
    loops: &GraphData<A, D2, G2, Ss2>,
    taken: &[Taken],
    steps: &[usize],
) -> Result<Proof, Counterexample> {
    let failed = |place| move |error| Counterexample::new(law, place, "a program", error);
    let body = step.program().map_err(failed("the step"))?;
    let loops = loops.program().map_err(failed("the loop"))?;
    let written = written_out(body, &loops, taken, steps);
    let written = written
        .map_err(|error| Counterexample::new(law, "the steps, written out", "a program", error))?;
    equal_by(law, &written, &loops)
}

/// A call of the body for each step. Entries of the environment are one for all steps, but for those that the loop takes with
/// one axis more.
fn written_out(
    body: Program,
    loops: &Program,
    taken: &[Taken],
    steps: &[usize],
) -> Result<Program, ProgramError> {
    let (b, length) = (&mut Builder::new(&TRANSFORM), steps.len());
    let types = body.input_types().to_vec();
    let entries = types.len() - taken.len().min(types.len());
    let of_loop = loops.input_types();
    let of_loop = &of_loop[of_loop.len().saturating_sub(entries)..];
    let of_entries = types[types.len() - entries..].iter().zip(of_loop);
    let of_entries = of_entries.map(|(ty, of_loop)| match ty == of_loop {
        true => Taken::Constant,
        false => Taken::Stacked,
    });
    let taken: Vec<Taken> = taken.iter().copied().chain(of_entries).collect();
    let mut inputs = Vec::new();
    let mut input = |ty: Type| {
        inputs.push(b.input(ty.into()));
        inputs[inputs.len() - 1]
    };
    let mut roles: Vec<Role> = Vec::new();
    let mut at = 0;
    while let (Some(ty), Some(kind)) = (types.get(at), taken.get(at)) {
        match kind {
            Taken::Carried => roles.push(Role::Carried(input(ty.clone()))),
            Taken::Constant => roles.push(Role::Constant(input(ty.clone()))),
            Taken::Stacked => roles.push(Role::Stacked(input(ty.with_leading(length)))),
            Taken::Listed => {
                // All that one step takes, then all that the next one takes.
                let more = taken[at..].iter();
                let count = more.take_while(|it| matches!(it, Taken::Listed)).count();
                let mut lists = vec![Vec::with_capacity(length); count];
                for _ in 0..length {
                    for (list, ty) in lists.iter_mut().zip(&types[at..]) {
                        list.push(input(ty.clone()));
                    }
                }
                roles.extend(lists.into_iter().map(Role::Listed));
            }
        }
        at = roles.len();
    }
    let function = Function::new("step", body, None);
    let all = unrolled(b, &function, &roles, steps)?;
    let outputs = [all.states, all.stacks].concat();
    core::mem::replace(b, Builder::new(&TRANSFORM)).finish(&inputs, &outputs)
}
