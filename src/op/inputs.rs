//! What an op takes: a tuple of shapes, and the same as handles.

use super::record::owned;
use crate::handle::{GraphId, Var};
use crate::shape::Shape;
use crate::tensor::Dims;

/// The inputs of an op, as shapes: a tuple such as `((M, K), (K, P))`; `()` for an op that takes no tensor.
pub trait Inputs: 'static {
    /// The same as handles: `(Var<(M, K)>, Var<(K, P)>)`.
    type Vars: Vars<Shapes = Self>;
    /// The dims of each.
    fn dims() -> Vec<Dims>;
}

/// The inputs of an op, as handles: a tuple such as `(Var<(M, K)>, Var<(K, P)>)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of tensors of the graph",
    label = "takes tensors in a tuple, `(x, y)`; docs/errors.md#j05"
)]
pub trait Vars: Copy {
    /// The same as shapes: `((M, K), (K, P))`.
    type Shapes: Inputs<Vars = Self>;
    /// Handles of consecutive values.
    fn starting_at(graph_id: GraphId, first: usize) -> Self;
    /// Handles of these values, one for each shape.
    fn of_ids(graph_id: GraphId, ids: &[usize]) -> Option<Self>;
    /// The values, after the graph of each has been checked.
    fn ids(self, graph_id: GraphId) -> Vec<usize>;
}

/// Compiled once, not for each shape.
fn dims(sizes: &[&[usize]]) -> Vec<Dims> {
    sizes.iter().copied().map(Dims::new).collect()
}

macro_rules! inputs {
    ($($S:ident $i:tt)+) => {
        impl<$($S: Shape),+> Inputs for ($($S,)+) {
            type Vars = ($(Var<$S>,)+);
            fn dims() -> Vec<Dims> {
                dims(&[$($S::DIMS),+])
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$($S: Shape),+> Vars for ($(Var<$S>,)+) {
            type Shapes = ($($S,)+);
            fn starting_at(graph_id: GraphId, first: usize) -> Self {
                ($(Var::<$S>::new(graph_id, first + $i),)+)
            }
            fn of_ids(graph_id: GraphId, ids: &[usize]) -> Option<Self> {
                Some(($(Var::<$S>::new(graph_id, *ids.get($i)?),)+))
            }
            #[track_caller]
            fn ids(self, graph_id: GraphId) -> Vec<usize> {
                owned(graph_id, &[$((self.$i.graph_id(), self.$i.id())),+])
            }
        }
    };
}

/// Of an op that takes no tensor: it makes its value out of nothing, or out of labels.
impl Inputs for () {
    type Vars = ();
    fn dims() -> Vec<Dims> {
        Vec::new()
    }
}

#[diagnostic::do_not_recommend]
impl Vars for () {
    type Shapes = ();
    fn starting_at(_owner: GraphId, _first: usize) -> Self {}
    fn of_ids(_owner: GraphId, _ids: &[usize]) -> Option<Self> {
        Some(())
    }
    fn ids(self, _owner: GraphId) -> Vec<usize> {
        Vec::new()
    }
}

inputs!(S0 0);
inputs!(S0 0 S1 1);
inputs!(S0 0 S1 1 S2 2);
inputs!(S0 0 S1 1 S2 2 S3 3);
inputs!(S0 0 S1 1 S2 2 S3 3 S4 4);
inputs!(S0 0 S1 1 S2 2 S3 3 S4 4 S5 5);
inputs!(S0 0 S1 1 S2 2 S3 3 S4 4 S5 5 S6 6);
inputs!(S0 0 S1 1 S2 2 S3 3 S4 4 S5 5 S6 6 S7 7);
