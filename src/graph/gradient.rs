//! The gradient of a graph, as a graph: reverse mode that can be differentiated again.

use super::call::{InlineError, inline};
use super::data::GraphData;
use super::raw::{RawGraph, RawNode};
use super::rule::{Programs, Rule};
use crate::context::{Computed, Context};
use crate::env::Environment;
use crate::owner::Owner;
use crate::program::{Literal, Prim, Program};
use crate::scalar::Semiring;
use crate::shape::ScalarShape;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};
use std::sync::Arc;

/// The entries of a context, last first: those that the gradient of a graph computes, newest first.
///
/// ```
/// use cotangent::graph::Reversed;
/// use cotangent::prelude::*;
/// assert_eq!(format!("{:?}", Reversed::<context![[2], [3], []]>::dims()), "[[], [3], [2]]");
/// ```
pub type Reversed<G> = <G as Computed>::Onto<HNil>;

impl<A, D, G, T, Ss> GraphData<A, D, G, HCons<T, Ss>>
where
    A: Semiring,
    D: Environment,
    G: Context + Computed,
    T: ScalarShape,
{
    /// The gradient of the output, as a graph over the same inputs and environment: one node for each input, its
    /// cotangent; for a group one for each of its tensors.
    ///
    /// It is a graph like others: its VJP in a direction `v` is the Hessian times `v`, by reverse mode over reverse
    /// mode, and it has a gradient in turn once its nodes are made into a scalar.
    ///
    /// # Panics
    /// If a node was made from closures, which cannot be differentiated twice.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * x * y));
    /// let gradient = g.gradient();
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let v = tlist![Tensor::from([1.0, 0.0]), Tensor::from([0.0, 1.0])];
    /// let (tlist![dx, dy], tlist![hx, hy]) = gradient.values_and_vjp::<2>(&x, &tlist![], &v);
    /// assert_eq!((dx, dy), (Tensor::from([6.0, 16.0]), Tensor::from([1.0, 4.0])));
    /// assert_eq!((hx, hy), (Tensor::from([6.0, 4.0]), Tensor::from([2.0, 0.0])));
    /// ```
    #[track_caller]
    pub fn gradient(&self) -> GraphData<A, D, G, Reversed<G>> {
        match gradient(&self.raw) {
            Ok(raw) => GraphData {
                raw,
                kind: PhantomData,
            },
            Err(error) => panic!("no gradient of {}: {error}", self.raw.owner),
        }
    }
}

/// One node for each input of a graph.
fn gradient<A, D>(graph: &RawGraph<A, D>) -> Result<RawGraph<A, D>, InlineError> {
    let output = graph.size() - 1;
    let whole = inline(graph, output, &[])?;
    let n = graph.inputs.len();
    let mut nodes = Vec::with_capacity(n);
    for (input, dims) in graph.inputs.iter().enumerate() {
        let mut forward = Program::new(&graph.inputs);
        let x: Vec<usize> = (0..n).collect();
        let y = forward.inline(&whole.forward, &x, &[])?[0];
        let one = forward.push(Prim::Full(forward.dims(y)?, Literal::ratio(1, 1)), &[])?;
        let cotangents = forward.inline(&whole.vjp, &[x.as_slice(), &[y, one]].concat(), &[])?;
        forward.set_outputs(&[cotangents[input]])?;
        let forward = forward.pruned();
        let name = match graph.input_names.get(input) {
            Some(name) => format!("d{name}"),
            None => format!("d{input}"),
        };
        nodes.push(RawNode {
            name: name.into(),
            op: "cotangent".into(),
            parents: x,
            dims: dims.clone(),
            rule: Rule::Programs(Arc::new(Programs {
                jvp: forward.jvp()?,
                vjp: forward.vjp()?,
                forward,
            })),
        });
    }
    Ok(RawGraph {
        owner: Owner::new(graph.owner.name()),
        label: format!("gradient of {}", graph.label).into(),
        input_names: graph.input_names.clone(),
        entry_names: graph.entry_names.clone(),
        inputs: graph.inputs.clone(),
        nodes,
    })
}
