//! What an op gives: a tensor, labels, a key, or several of these.

use crate::context::Growing;
use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::handle::{AnyVar, Discrete, GraphId, Var};
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
/// assert_eq!(<context![[], []] as Output>::TYPES.count(), 2);
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
    const TYPES: Types;
    /// Handles of consecutive values.
    #[doc(hidden)]
    fn value_vars(graph_id: GraphId, first: usize) -> Self::Vars;
    /// Adds them with their types forgotten.
    #[doc(hidden)]
    fn push(vars: Self::Vars, list: &mut Vec<AnyVar>);
    /// Handles of consecutive tangents.
    #[doc(hidden)]
    fn tangents(graph_id: GraphId, first: usize) -> Self::Tangents;
    /// Adds them with their types forgotten.
    #[doc(hidden)]
    fn push_tangents(tangents: Self::Tangents, list: &mut Vec<AnyVar>);
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

/// The types of an output, as data: the dims of a tensor; labels; a key; or those of several outputs.
#[derive(Clone, Copy, Debug)]
pub enum Types {
    /// A tensor of these dims.
    Tensor(&'static [usize]),
    /// Labels of these dims.
    Labels {
        /// The dims.
        dims: &'static [usize],
        /// How many classes.
        below: usize,
    },
    /// A key.
    Key,
    /// Several, in this order.
    All(&'static [Types]),
}

impl Types {
    /// How many values.
    pub const fn count(self) -> usize {
        self.counted(1)
    }

    /// How many of them are tensors.
    const fn tensors(self) -> usize {
        self.counted(0)
    }

    /// How many, where labels and keys each count so much.
    const fn counted(self, constant: usize) -> usize {
        match self {
            Types::Tensor(_) => 1,
            Types::Labels { .. } | Types::Key => constant,
            Types::All(all) => {
                let (mut count, mut i) = (0, 0);
                while i < all.len() {
                    count += all[i].counted(constant);
                    i += 1;
                }
                count
            }
        }
    }

    /// As the types of a program.
    pub(crate) fn push_types(self, types: &mut Vec<Type>) {
        match self {
            Types::Tensor(dims) => types.push(Type::scalar(Dims::new(dims))),
            Types::Labels { dims, below } => {
                let dims = Dims::new(dims);
                types.push(Type::Index { dims, below });
            }
            Types::Key => types.push(Type::Key(Dims::default())),
            Types::All(all) => all.iter().for_each(|one| one.push_types(types)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<S: Shape> Output for S {
    type Vars = Var<S>;
    type Tangents = Var<S>;
    type Onto<Ss: Growing> = Ss::With<S>;
    const TYPES: Types = Types::Tensor(S::DIMS);
    fn value_vars(graph_id: GraphId, first: usize) -> Var<S> {
        Var::new(graph_id, first)
    }
    fn push(vars: Var<S>, list: &mut Vec<AnyVar>) {
        vars.any().add_to(list);
    }
    fn tangents(graph_id: GraphId, first: usize) -> Var<S> {
        Var::new(graph_id, first)
    }
    fn push_tangents(tangents: Var<S>, list: &mut Vec<AnyVar>) {
        tangents.any().add_to(list);
    }
}

/// An output that has no tangent.
macro_rules! constant {
    ([$($param:tt)*] $T:ty, $types:expr) => {
        #[diagnostic::do_not_recommend]
        impl<$($param)*> Output for $T {
            type Vars = Discrete<$T>;
            type Tangents = ();
            type Onto<Ss: Growing> = Ss;
            const TYPES: Types = $types;
            fn value_vars(graph_id: GraphId, first: usize) -> Discrete<$T> {
                Discrete::new(graph_id, first)
            }
            fn push(vars: Discrete<$T>, list: &mut Vec<AnyVar>) {
                vars.any().add_to(list);
            }
            fn tangents(_owner: GraphId, _first: usize) {}
            fn push_tangents(_tangents: (), _list: &mut Vec<AnyVar>) {}
        }
    };
}

constant!([C: Dim, S: Shape] LabelsOf<C, S>, Types::Labels { dims: S::DIMS, below: C::SIZE });
constant!([] Key, Types::Key);

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
            const TYPES: Types = Types::All(&[$($O::TYPES),+]);
            fn value_vars(graph_id: GraphId, first: usize) -> Self::Vars {
                let mut next = first;
                $(
                    let $o = $O::value_vars(graph_id, next);
                    next += $O::TYPES.count();
                )+
                let _ = next;
                ($($o,)+)
            }
            fn push(($($o,)+): Self::Vars, list: &mut Vec<AnyVar>) {
                $($O::push($o, list);)+
            }
            fn tangents(graph_id: GraphId, first: usize) -> Self::Tangents {
                let mut next = first;
                $(
                    let $o = $O::tangents(graph_id, next);
                    next += $O::TYPES.tensors();
                )+
                let _ = next;
                ($($o,)+)
            }
            fn push_tangents(($($o,)+): Self::Tangents, list: &mut Vec<AnyVar>) {
                $($O::push_tangents($o, list);)+
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
