//! Labels that a rule makes.

use super::{Recorder, Vars};
use crate::dim::Dim;
use crate::env::{EnvEntry, LabelsOf};
use crate::handle::Discrete;
use crate::program::Prim;
use crate::scalar::ScalarLevel;
use crate::shape::Shape;

impl<N: ScalarLevel> Recorder<N> {
    /// Records a primitive whose result is labels of `C` classes in the shape `S`.
    ///
    /// # Panics
    /// As [`prim`](Self::prim): if the primitive does not take these values, or does not give such labels.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::program::{ArgMax, Gather};
    /// /// The element of `y` where `x` is largest.
    /// #[derive(Clone)]
    /// struct AtLargest;
    /// impl Op<(shape![3], shape![3])> for AtLargest {
    ///     type Out = shape![];
    ///     type Level = levels::OrderedField;
    ///     const NAME: &'static str = "at_largest";
    ///     fn forward(
    ///         &self,
    ///         r: &Recorder<levels::OrderedField>,
    ///         (x, y): (Var<shape![3]>, Var<shape![3]>),
    ///     ) -> Var<shape![]> {
    ///         let place: Discrete<Labels<3, shape![]>> = r.prim_labels(ArgMax(0), (x,));
    ///         r.prim_reading(Gather { batch: 0, axis: 0 }, (y,), place)
    ///     }
    /// }
    /// fn at_largest<S>(x: Var<S>, y: Var<S>) -> Call<AtLargest, (Var<S>, Var<S>)> {
    ///     Call::new(AtLargest, (x, y))
    /// }
    /// let g = graph!(|x: [3], y: [3]| at_largest(x, y));
    /// let x = tlist![Tensor::from([1.0, 3.0, 2.0]), Tensor::from([4.0, 5.0, 6.0])];
    /// assert_eq!(g.value(&x, ()).item(), 5.0);
    /// ```
    #[track_caller]
    pub fn prim_labels<C: Dim, S: Shape>(
        &self,
        prim: impl Into<Prim>,
        vars: impl Vars,
    ) -> Discrete<LabelsOf<C, S>> {
        let prim = prim.into();
        let id = self.untyped(prim.clone(), &self.record_of().ids_of(&vars));
        let got = self.ty(id);
        let mut expected = Vec::new();
        LabelsOf::<C, S>::push_types(&mut expected);
        // Of labels there is one type.
        let expected = expected.swap_remove(0);
        assert!(
            got == expected,
            "the op `{}` declares {expected}, and `{prim}` gives {got}",
            self.graph_id().name()
        );
        Discrete::new(self.graph_id(), id)
    }
}
