//! What an op takes: a tuple of shapes, and the same as handles.

use crate::handle::{AnyVar, GraphId, Var};
use crate::shape::Shape;

/// The inputs of an op, as shapes: a tuple such as `((M, K), (K, P))`; `()` for an op that takes no tensor.
pub trait Inputs: 'static {
    /// The same as handles: `(Var<(M, K)>, Var<(K, P)>)`.
    type Vars: Vars<Shapes = Self>;
    /// The dims of each.
    const DIMS: &'static [&'static [usize]];
}

/// The inputs of an op, as handles: a tuple such as `(Var<(M, K)>, Var<(K, P)>)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of tensors of the graph",
    label = "takes tensors in a tuple, `(x, y)`; docs/errors.md#j05"
)]
pub trait Vars: AnyVars + Copy {
    /// The same as shapes: `((M, K), (K, P))`.
    type Shapes: Inputs<Vars = Self>;
    /// Handles of consecutive values.
    fn starting_at(graph_id: GraphId, first: usize) -> Self;
}

/// Handles whose types can be forgotten.
pub trait AnyVars {
    /// Adds them to a list.
    fn push(&self, list: &mut Vec<AnyVar>);
}

macro_rules! inputs {
    ($($S:ident $i:tt)+) => {
        impl<$($S: Shape),+> Inputs for ($($S,)+) {
            type Vars = ($(Var<$S>,)+);
            const DIMS: &'static [&'static [usize]] = &[$($S::DIMS),+];
        }
        #[diagnostic::do_not_recommend]
        impl<$($S: Shape),+> Vars for ($(Var<$S>,)+) {
            type Shapes = ($($S,)+);
            fn starting_at(graph_id: GraphId, first: usize) -> Self {
                ($(Var::<$S>::new(graph_id, first + $i),)+)
            }
        }
        impl<$($S: Shape),+> AnyVars for ($(Var<$S>,)+) {
            fn push(&self, list: &mut Vec<AnyVar>) {
                $(self.$i.any().add_to(list);)+
            }
        }
    };
}

/// Of an op that takes no tensor: it makes its value out of nothing, or out of labels.
impl Inputs for () {
    type Vars = ();
    const DIMS: &'static [&'static [usize]] = &[];
}

#[diagnostic::do_not_recommend]
impl Vars for () {
    type Shapes = ();
    fn starting_at(_owner: GraphId, _first: usize) -> Self {}
}

impl AnyVars for () {
    fn push(&self, _list: &mut Vec<AnyVar>) {}
}

inputs!(S0 0);
inputs!(S0 0 S1 1);
inputs!(S0 0 S1 1 S2 2);
inputs!(S0 0 S1 1 S2 2 S3 3);
inputs!(S0 0 S1 1 S2 2 S3 3 S4 4);
inputs!(S0 0 S1 1 S2 2 S3 3 S4 4 S5 5);
inputs!(S0 0 S1 1 S2 2 S3 3 S4 4 S5 5 S6 6);
inputs!(S0 0 S1 1 S2 2 S3 3 S4 4 S5 5 S6 6 S7 7);
