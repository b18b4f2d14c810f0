//! What an op gives: a tensor, labels, a key, or several of these.

use crate::context::Growing;
use crate::dim::Dim;
use crate::env::{EnvEntry, LabelsOf};
use crate::handle::{Discrete, GraphId, Var};
use crate::shape::Shape;
use crate::tensor::{Dims, Key, Type};
use frunk::hlist::{HCons, HNil};

/// The result of an op: a shape; labels, `LabelsOf<C, S>`; a key; or a list of these, `context![[2], []]`, for an op with
/// several results, which share one instruction.
///
/// ```
/// use cotangent::op::Output;
/// use cotangent::prelude::*;
/// /// The sum and the mean.
/// #[derive(Clone)]
/// struct Both;
/// impl<S: Shape + cotangent::shape::HasElements> Op<(S,)> for Both {
///     type Out = context![[], []];
///     type Level = levels::Field;
///     const NAME: &'static str = "both";
///     fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> (Var<()>, Var<()>) {
///         (r.sum(x), r.record(mean(x)))
///     }
/// }
/// fn both<S: Shape>(x: Var<S>) -> Call<Both, (Var<S>,)> {
///     Call::new(Both, (x,))
/// }
/// assert_eq!(<context![[], []] as Output>::value_types().len(), 2);
/// // What its rules take: a handle of each result, and of each change of one that is a tensor.
/// fn rule(y: <context![[], []] as Output>::Vars, dy: <Labels<2, shape![]> as Output>::Tangents) -> Var<()> {
///     let () = dy;
///     y.0
/// }
/// # let _ = rule;
/// let g = graph!(|x: [2]| {
///     let (total, average) = both(x);
///     total * average
/// });
/// assert_eq!(g.value(&Tensor::from([2.0, 4.0]), ()).item(), 18.0);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what an op gives",
    label = "expected a shape, labels, a key, or a list of these; docs/errors.md#d01"
)]
pub trait Output: 'static {
    /// Its handle; a tuple of handles where it is several.
    type Vars: OutputVars<Out = Self>;
    /// The handles of its tangents or cotangents: `()` for labels and keys.
    type Tangents: Copy;
    /// The computed shapes of a graph with it: each tensor is a node.
    #[doc(hidden)]
    type Onto<Ss: Growing>: Growing;
    /// The types of the values.
    fn value_types() -> Vec<Type>;
    /// Handles of consecutive values.
    #[doc(hidden)]
    fn value_vars(graph_id: GraphId, first: usize) -> Self::Vars;
    /// The graph and the id of each.
    #[doc(hidden)]
    fn ids(vars: Self::Vars) -> Vec<(GraphId, usize)>;
    /// Handles of consecutive tangents.
    #[doc(hidden)]
    fn tangents(graph_id: GraphId, first: usize) -> Self::Tangents;
    /// The graph and the id of each.
    #[doc(hidden)]
    fn tangent_ids(tangents: Self::Tangents) -> Vec<(GraphId, usize)>;
}

/// The handles of an output, which know what it is: so rustc finds an op by the shape that its value must have.
pub trait OutputVars: Copy {
    /// What they are the handles of.
    type Out: Output<Vars = Self>;
}

impl<T: Output<Vars = Var<T>>> OutputVars for Var<T> {
    type Out = T;
}

impl<T: Output<Vars = Discrete<T>>> OutputVars for Discrete<T> {
    type Out = T;
}

/// One tensor of these dims. Compiled once, not for each shape; so is the next.
fn one_type(dims: &[usize]) -> Vec<Type> {
    vec![Type::scalar(Dims::new(dims))]
}

/// One handle.
fn one(graph_id: GraphId, id: usize) -> Vec<(GraphId, usize)> {
    vec![(graph_id, id)]
}

#[diagnostic::do_not_recommend]
impl<S: Shape> Output for S {
    type Vars = Var<S>;
    type Tangents = Var<S>;
    type Onto<Ss: Growing> = Ss::With<S>;
    fn value_types() -> Vec<Type> {
        one_type(S::DIMS)
    }
    fn value_vars(graph_id: GraphId, first: usize) -> Var<S> {
        Var::new(graph_id, first)
    }
    fn ids(vars: Var<S>) -> Vec<(GraphId, usize)> {
        one(vars.graph_id(), vars.id())
    }
    fn tangents(graph_id: GraphId, first: usize) -> Var<S> {
        Var::new(graph_id, first)
    }
    fn tangent_ids(tangents: Var<S>) -> Vec<(GraphId, usize)> {
        one(tangents.graph_id(), tangents.id())
    }
}

/// An output that has no tangent.
macro_rules! constant {
    ([$($param:tt)*] $T:ty) => {
        #[diagnostic::do_not_recommend]
        impl<$($param)*> Output for $T {
            type Vars = Discrete<$T>;
            type Tangents = ();
            type Onto<Ss: Growing> = Ss;
            fn value_types() -> Vec<Type> {
                let mut types = Vec::new();
                <$T as EnvEntry>::push_types(&mut types);
                types
            }
            fn value_vars(graph_id: GraphId, first: usize) -> Discrete<$T> {
                Discrete::new(graph_id, first)
            }
            fn ids(vars: Discrete<$T>) -> Vec<(GraphId, usize)> {
                vec![(vars.graph_id(), vars.id())]
            }
            fn tangents(_owner: GraphId, _first: usize) {}
            fn tangent_ids(_tangents: ()) -> Vec<(GraphId, usize)> {
                Vec::new()
            }
        }
    };
}

constant!([C: Dim, S: Shape] LabelsOf<C, S>);
constant!([] Key);

/// Several outputs.
macro_rules! several {
    ($($O:ident $o:ident)+) => {
        impl<$($O: OutputVars),+> OutputVars for ($($O,)+) {
            type Out = several!(@outs $($O)+);
        }
        #[diagnostic::do_not_recommend]
        impl<$($O: Output),+> Output for several!(@list $($O)+) {
            type Vars = ($($O::Vars,)+);
            type Tangents = ($($O::Tangents,)+);
            type Onto<Ss: Growing> = several!(@onto Ss; $($O)+);
            fn value_types() -> Vec<Type> {
                [$($O::value_types()),+].concat()
            }
            fn value_vars(graph_id: GraphId, first: usize) -> Self::Vars {
                let mut next = first;
                $(
                    let $o = $O::value_vars(graph_id, next);
                    next += $O::value_types().len();
                )+
                let _ = next;
                ($($o,)+)
            }
            fn ids(($($o,)+): Self::Vars) -> Vec<(GraphId, usize)> {
                [$($O::ids($o)),+].concat()
            }
            fn tangents(graph_id: GraphId, first: usize) -> Self::Tangents {
                let mut next = first;
                $(
                    let $o = $O::tangents(graph_id, next);
                    next += $O::tangent_ids($o).len();
                )+
                let _ = next;
                ($($o,)+)
            }
            fn tangent_ids(($($o,)+): Self::Tangents) -> Vec<(GraphId, usize)> {
                [$($O::tangent_ids($o)),+].concat()
            }
        }
    };
    (@outs) => { HNil };
    (@outs $First:ident $($More:ident)*) => { HCons<$First::Out, several!(@outs $($More)*)> };
    (@list) => { HNil };
    (@list $First:ident $($More:ident)*) => { HCons<$First, several!(@list $($More)*)> };
    // The last one is the newest.
    (@onto $Ss:ty;) => { $Ss };
    (@onto $Ss:ty; $First:ident $($More:ident)*) => {
        several!(@onto $First::Onto<$Ss>; $($More)*)
    };
}

several!(A a B b);
several!(A a B b C c);
several!(A a B b C c D d);
several!(A a B b C c D d E e);
several!(A a B b C c D d E e F f);
several!(A a B b C c D d E e F f G g);
several!(A a B b C c D d E e F f G g H h);
