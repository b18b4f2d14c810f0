//! Tensors that a rule makes out of nothing: the same number everywhere, random masks and random numbers.

use super::Recorder;
use crate::handle::{Discrete, Var};
use crate::program::{Full, Literal, Mask, Uniform};
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

    /// A tensor of random numbers from 0 up to 1, drawn from a key: those of [`uniform`](crate::op::uniform).
    ///
    /// # Panics
    /// If the handle belongs to another graph.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// /// `x` with some noise, up to the `width`.
    /// #[derive(Clone)]
    /// struct Jittered(Discrete<Key>, f64);
    /// impl<S: Shape> Op<(S,)> for Jittered {
    ///     type Out = S;
    ///     type Level = levels::Field;
    ///     const NAME: &'static str = "jittered";
    ///     fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<S> {
    ///         r.add_same(x, r.scale(r.uniform(self.0), self.1))
    ///     }
    /// }
    /// fn jittered<S: Shape>(x: Var<S>, key: Discrete<Key>, width: f64) -> Call<Jittered, (Var<S>,)> {
    ///     Call::new(Jittered(key, width), (x,))
    /// }
    /// let g = graph!(|x: [100]; key| jittered(x, key, 0.5));
    /// let y = g.value(&Tensor::<f64, _>::ones(), &Key::new(1));
    /// assert!(y.as_slice().iter().all(|y| (1.0..1.5).contains(y)));
    /// ```
    #[track_caller]
    pub fn uniform<S: Shape>(&self, key: Discrete<Key>) -> Var<S>
    where
        N: Includes<levels::Field>,
    {
        let key = self.entry(key);
        self.typed_prim(Uniform(Dims::of::<S>()).into(), &[key])
    }
}
