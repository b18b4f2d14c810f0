//! Ops of a user.

use core::marker::PhantomData;
use cotangent::prelude::*;

/// `s + dropout(x)`, by an op that records another one.
#[derive(Clone)]
pub struct Drops(Discrete<Key>);

impl Op<(shape![16], shape![16])> for Drops {
    type Out = shape![16];
    type Level = levels::OrderedField;
    const NAME: &'static str = "drops";
    fn forward(
        &self,
        r: &Recorder<levels::OrderedField>,
        (x, s): (Var<shape![16]>, Var<shape![16]>),
    ) -> Var<shape![16]> {
        r.add_same(s, r.record(dropout(x, self.0, 0.5)))
    }
}

pub fn drops(
    x: Var<shape![16]>,
    s: Var<shape![16]>,
    key: Discrete<Key>,
) -> Call<Drops, (Var<shape![16]>, Var<shape![16]>)> {
    Call::new(Drops(key), (x, s))
}

/// The same number everywhere, infinite or not.
#[derive(Clone)]
pub struct Filled<S>(f64, PhantomData<S>);

impl<S: Shape> Op<()> for Filled<S> {
    type Out = S;
    type Level = levels::Field;
    const NAME: &'static str = "filled";
    fn forward(&self, r: &Recorder<levels::Field>, (): ()) -> Var<S> {
        r.full(self.0)
    }
}

pub fn filled<S: Shape>(number: f64) -> Call<Filled<S>, ()> {
    Call::new(Filled(number, PhantomData), ())
}
