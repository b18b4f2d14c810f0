//! Tensors that a rule makes out of nothing: the same number everywhere, and random masks.

use super::Recorder;
use crate::handle::{Discrete, Var};
use crate::program::{Full, Literal, Mask};
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::Shape;
use crate::tensor::{Dims, Key};

impl<N: ScalarLevel> Recorder<N> {
    /// A tensor with the same number everywhere.
    #[track_caller]
    pub fn full<S: Shape>(&self, value: impl Into<Literal>) -> Var<S>
    where
        N: Includes<levels::Field>,
    {
        self.typed_prim(Full(Dims::of::<S>(), value.into()).into(), &[])
    }

    /// A tensor of zeros.
    #[track_caller]
    pub fn zeros<S: Shape>(&self) -> Var<S> {
        self.typed_prim(Full(Dims::of::<S>(), Literal::ratio(0, 1)).into(), &[])
    }

    /// A tensor of ones.
    #[track_caller]
    pub fn ones<S: Shape>(&self) -> Var<S> {
        self.typed_prim(Full(Dims::of::<S>(), Literal::ratio(1, 1)).into(), &[])
    }

    /// A tensor whose elements are 1 with probability `keep` and else 0, drawn from a key.
    ///
    /// # Panics
    /// If the handle belongs to another graph.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// /// Keeps each element with probability 3/4, without making up for the others.
    /// #[derive(Clone)]
    /// struct Thinned(Discrete<Key>);
    /// impl<S: Shape> Op<(S,)> for Thinned {
    ///     type Out = S;
    ///     type Level = levels::Semiring;
    ///     const NAME: &'static str = "thinned";
    ///     fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S> {
    ///         r.mul_same(x, r.mask(self.0, 0.75))
    ///     }
    /// }
    /// fn thinned<S: Shape>(x: Var<S>, key: Discrete<Key>) -> Call<Thinned, (Var<S>,)> {
    ///     Call::new(Thinned(key), (x,))
    /// }
    /// let g = graph!(|x: [100]; key| sum(thinned(x, key)));
    /// let kept = g.value(&tlist![Tensor::<f64, _>::ones()], &tlist![Key::new(1)]).item();
    /// assert!(50.0 < kept && kept < 100.0);
    /// ```
    #[track_caller]
    pub fn mask<S: Shape>(&self, key: Discrete<Key>, keep: f64) -> Var<S> {
        // Below 2^32, or 2^32 itself: exact. What is no probability is refused by the primitive.
        let threshold = keep * 4_294_967_296.0;
        let keep = match (0.0..=4_294_967_296.0).contains(&threshold) {
            true => threshold.round() as u64,
            false => u64::MAX,
        };
        let key = self.entry(key);
        let dims = Dims::of::<S>();
        self.typed_prim(Mask { dims, keep }.into(), &[key])
    }
}
