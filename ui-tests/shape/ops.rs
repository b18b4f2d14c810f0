//! Ops with the shapes of real ones, and no rules: what is read is how their judgements are reported.
#![allow(dead_code)]

use core::marker::PhantomData;
use cotangent::dim::SplitHeads;
use cotangent::op::{Call, Op, Recorder, Var};
use cotangent::prelude::*;
use cotangent::shape::{Convolve, GatherRows, PadAxis, Pool, ScatterRows};

#[derive(Clone)]
pub struct Shaped<Name, P>(PhantomData<fn(Name, P)>);

macro_rules! ops {
    ($($Name:ident<$($P:ident),*> [$($bounds:tt)*] $In:tt -> $Out:ty;)*) => {$(
        #[derive(Clone)]
        pub struct $Name;
        impl<$($bounds)*> Op<$In> for Shaped<$Name, ($($P,)*)> {
            type Out = $Out;
            type Need = needs::Semiring;
            const NAME: &'static str = stringify!($Name);
            fn forward(&self, r: &Recorder<needs::Semiring>, _: <$In as cotangent::op::Inputs>::Vars) -> Var<$Out> {
                r.zeros()
            }
            fn jvp(
                &self,
                r: &Recorder<needs::Semiring>,
                _: <$In as cotangent::op::Inputs>::Vars,
                _: Var<$Out>,
                _: <$In as cotangent::op::Inputs>::Vars,
            ) -> Var<$Out> {
                r.zeros()
            }
            fn vjp(
                &self,
                _: &Recorder<needs::Semiring>,
                x: <$In as cotangent::op::Inputs>::Vars,
                _: Var<$Out>,
                _: Var<$Out>,
            ) -> <$In as cotangent::op::Inputs>::Vars {
                x
            }
        }
    )*};
}

ops! {
    Conv2d<O> [X: Convolve<K, O>, K: Shape, O: Clone + 'static] (X, K) -> X::Out;
    Pool2d<O> [X: Pool<O>, O: Clone + 'static] (X,) -> X::Out;
    Pad<I, B, E> [X: PadAxis<I, B, E>, I: Clone + 'static, B: Dim, E: Dim] (X,) -> X::Out;
    Gather<I> [X: GatherRows<I>, I: Shape] (X,) -> X::Out;
    ScatterAdd<I, V> [X: ScatterRows<I, V>, I: Shape, V: Dim] (X,) -> X::Out;
    Heads<H> [T: Dim, M: SplitHeads<H>, H: Dim] ((T, M),) -> (H, T, M::Width);
}

pub fn conv2d<X, K, O>(x: Var<X>, w: Var<K>, _: O) -> Call<Shaped<Conv2d, (O,)>, (Var<X>, Var<K>)> {
    Call::new(Shaped(PhantomData), (x, w))
}

pub fn max_pool2d<X, O>(x: Var<X>, _: O) -> Call<Shaped<Pool2d, (O,)>, (Var<X>,)> {
    Call::new(Shaped(PhantomData), (x,))
}

pub fn pad<X, I, B, E>(x: Var<X>, _: I, _: B, _: E) -> Call<Shaped<Pad, (I, B, E)>, (Var<X>,)> {
    Call::new(Shaped(PhantomData), (x,))
}

pub fn gather<X, V, I>(x: Var<X>, _: EnvVar<LabelsOf<V, I>>) -> Call<Shaped<Gather, (I,)>, (Var<X>,)> {
    Call::new(Shaped(PhantomData), (x,))
}

pub fn scatter_add<X, V, I>(x: Var<X>, _: EnvVar<LabelsOf<V, I>>) -> Call<Shaped<ScatterAdd, (I, V)>, (Var<X>,)> {
    Call::new(Shaped(PhantomData), (x,))
}

pub fn split_heads<T, M, H>(x: Var<(T, M)>, _: H) -> Call<Shaped<Heads, (H,)>, (Var<(T, M)>,)> {
    Call::new(Shaped(PhantomData), (x,))
}
