//! Recording the rules of an op as a program.

use super::output::Output;
use super::record::{Read, Record};
use crate::env::EnvEntry;
use crate::handle::{Discrete, GraphId, Var};
use crate::program::Prim;
use crate::scalar::{ScalarLevel, levels};
use crate::shape::Shape;
use crate::tensor::Type;
use core::marker::PhantomData;
use ref_cast::{RefCastCustom, ref_cast_custom};

/// Records operations on handles. The rules of an op are written with it.
///
/// `N` is what the op needs of its scalar: a rule cannot record an operation that needs more.
///
/// ```
/// use cotangent::prelude::*;
/// /// `x` over its largest: any field with an order.
/// #[derive(Clone)]
/// struct OverLargest;
/// impl<S: Shape + cotangent::shape::HasElements> Op<(S,)> for OverLargest {
///     type Out = S;
///     type Level = levels::OrderedField;
///     const NAME: &'static str = "over_largest";
///     fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S> {
///         let largest = r.record(max(x)); // any op; the usual ones are methods too
///         r.div_same(x, r.full_like(largest))
///     }
/// }
/// fn over_largest<S: Shape>(x: Var<S>) -> Call<OverLargest, (Var<S>,)> {
///     Call::new(OverLargest, (x,))
/// }
/// let g = graph!(|x: [2]| over_largest(x));
/// assert_eq!(g.value(&Tensor::from([1.0, 4.0]), ()), Tensor::from([0.25, 1.0]));
/// ```
#[derive(RefCastCustom)]
#[repr(transparent)]
pub struct Recorder<N = levels::Real> {
    record: Record,
    #[trivial]
    need: PhantomData<N>,
}

impl<N: ScalarLevel> Recorder<N> {
    /// A recorder that writes this record.
    #[ref_cast_custom]
    pub(super) fn on(record: &Record) -> &Self;

    /// What it writes.
    pub(super) fn record_of(&self) -> &Record {
        &self.record
    }

    /// The graph of the handles of this recorder.
    pub(crate) fn graph_id(&self) -> GraphId {
        self.record.graph_id()
    }

    /// The handle of an input of the program.
    pub(crate) fn value<S: Shape>(&self, id: usize) -> Var<S> {
        Var::new(self.graph_id(), id)
    }

    /// Says that the op writes no such derivative: handles that are never used.
    pub(super) fn derived<O: Output>(&self) -> O::Tangents {
        self.set_derived();
        O::tangents(self.graph_id(), 0)
    }

    /// Says that the op writes no such derivative, and one was asked for.
    pub(super) fn set_derived(&self) {
        self.record.set_derived();
    }

    /// The value of labels or of a key: of this rule, or around it. Each use of a key is another key.
    #[track_caller]
    pub(crate) fn entry<E: EnvEntry>(&self, var: Discrete<E>) -> usize {
        let mut types = Vec::new();
        E::push_types(&mut types);
        self.record.entry(&Read {
            graph_id: var.graph_id(),
            id: var.id(),
            // Of labels and of a key there is one.
            ty: types.swap_remove(0),
        })
    }

    /// Adds a primitive with several results, or whose dims no type knows.
    ///
    /// # Panics
    /// As [`inline`](Self::inline).
    #[track_caller]
    pub(crate) fn untyped_all(&self, prim: impl Into<Prim>, ids: &[usize]) -> Vec<usize> {
        self.record.prim_all(prim.into(), ids)
    }

    /// The type of a value.
    #[track_caller]
    pub(super) fn ty(&self, id: usize) -> Type {
        self.record.ty(id)
    }
}
