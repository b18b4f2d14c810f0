//! An op applied along an axis, with a state: a recurrent network.

use super::{Call, Inputs, Op, Recorder, Var, Vars};
use crate::program::Role;
use crate::scalar::Need;
use crate::shape::{Axis, AxisDim, InsertAxis, RemoveAxis, Shape};

/// A tuple of up to four handles, which every step of a [`scan`] takes.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::op::Parameters;
/// // A function of whatever a scan's body has as parameters.
/// fn with<P: Parameters, X: Shape, S: Shape>(p: P, x: Var<X>, state: Var<S>) -> P::After<X, S> {
///     p.after(x, state)
/// }
/// let g = GraphData::<f64, (), context![[2], [3], [4]], _>::nil();
/// let cotangent::frunk::hlist_pat![x, state, w] = g.inputs();
/// let (first, _, last) = with((w,), x, state);
/// assert_eq!((first.id(), last.id()), (0, 2));
/// ```
pub trait Parameters: Copy {
    /// The handles after two others.
    type After<A: Shape, B: Shape>: Vars;
    /// The handles after two others.
    fn after<A: Shape, B: Shape>(self, a: Var<A>, b: Var<B>) -> Self::After<A, B>;
}

/// An op that can be the body of a [`scan`]: from inputs of the shapes `In`, which are an entry, a state and the
/// parameters, to the next state, of the shape `S`. Every such op is one.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::op::ScanBody;
/// // A function of any body of a scan over numbers.
/// fn needs_exp<O: ScanBody<((), ()), (), StepNeed = needs::Real>>(_body: O) {}
/// needs_exp(Pow); // state ↦ x to the power of the state
/// let _: <Add as ScanBody<((), ()), ()>>::Then<shape![2]> = <shape![2]>::default();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not step from inputs of shapes `{In}` to a state of shape `{S}`",
    label = "the body of a scan takes an entry, the state and the parameters, and gives a state of the same shape",
    note = "docs/errors.md#h03"
)]
pub trait ScanBody<In: Inputs, S>: Clone + Send + Sync + 'static {
    /// What the step needs of the scalar.
    type StepNeed: Need;
    /// `T`. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type Then<T: Shape>: Shape;
    /// Writes the loop over `length` entries of `xs`, and returns the id of all states.
    #[doc(hidden)]
    fn looped(&self, r: &Recorder<Self::StepNeed>, length: usize, x: &[usize]) -> usize;
}

#[diagnostic::do_not_recommend]
impl<O: Op<In, Out = S>, In: Inputs, S: Shape> ScanBody<In, S> for O {
    type StepNeed = O::Need;
    type Then<T: Shape> = T;
    fn looped(&self, r: &Recorder<O::Need>, length: usize, x: &[usize]) -> usize {
        let (function, entries) = r.function::<O, In>(self);
        let roles = x
            .iter()
            .chain(&entries)
            .enumerate()
            .map(|(i, &id)| match i {
                0 => Role::Stacked(id),
                1 => Role::Carried(id),
                _ => Role::Constant(id),
            });
        r.looped(&function, &roles.collect::<Vec<_>>(), length)
    }
}

/// The op of [`scan`]: the op of each step.
///
/// ```
/// use cotangent::prelude::*;
/// type Out = <Scan<Add> as Op<(shape![5, 3], shape![3])>>::Out; // the shape of its value
/// assert_eq!(Out::DIMS, [5, 3]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Scan<O>(pub O);

/// All states of a recurrence: `s[0] = body(xs[0], init, p…)` and `s[t] = body(xs[t], s[t-1], p…)`.
///
/// For `xs: (T, ..X)`, `init: S` and a body from `(X, S, P…)` to `S`, the result is `(T, ..S)`. The parameters are a
/// tuple of up to four handles; the body is any op. In the program it is one instruction, however long it is, and so is its
/// derivative: back-propagation through time. A body that draws from a seed draws anew at each step.
/// Source: Werbos, *Backpropagation through time: what it does and how to do it* (1990).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|xs: [3], init: []| scan(xs, init, { () }, { Add }));
/// let x = tlist![Tensor::from([1.0, 2.0, 3.0]), Tensor::scalar(10.0)];
/// assert_eq!(g.value(&x, &tlist![]), Tensor::from([11.0, 13.0, 16.0]));
/// ```
///
/// An LSTM over 5 times, for a batch of 2:
///
/// ```
/// # use cotangent::prelude::*;
/// graph! {
///     fn lstm(xs: [5, 2, 3], init: [2, 2, 4], w: [3, 16], u: [4, 16], b: [16]) -> [5, 2, 2, 4] {
///         scan(xs, init, { (w, u, b) }, { LstmCell })
///     }
/// }
/// # lstm::<f32>();
/// ```
pub fn scan<Xs: Shape, S: Shape, P: Parameters, O>(
    xs: Var<Xs>,
    init: Var<S>,
    parameters: P,
    body: O,
) -> Call<Scan<O>, P::After<Xs, S>> {
    Call::new(Scan(body), parameters.after(xs, init))
}

/// `(T, ..S)`, where `Xs` is `(T, ..)`.
type States<Xs, S> = <S as InsertAxis<Axis<0>, <Xs as AxisDim<Axis<0>>>::Dim>>::Out;

macro_rules! arity {
    ($($P:ident $p:ident),*) => {
        impl<$($P: Shape),*> Parameters for ($(Var<$P>,)*) {
            type After<A: Shape, B: Shape> = (Var<A>, Var<B>, $(Var<$P>,)*);
            fn after<A: Shape, B: Shape>(self, a: Var<A>, b: Var<B>) -> Self::After<A, B> {
                let ($($p,)*) = self;
                (a, b, $($p,)*)
            }
        }

        impl<O, Xs, S, $($P),*> Op<(Xs, S, $($P,)*)> for Scan<O>
        where
            Xs: RemoveAxis<Axis<0>>,
            S: InsertAxis<Axis<0>, <Xs as AxisDim<Axis<0>>>::Dim>,
            $($P: Shape,)*
            O: ScanBody<(Xs::Out, S, $($P,)*), S>,
        {
            type Out = O::Then<States<Xs, S>>;
            type Need = O::StepNeed;
            const NAME: &'static str = "scan";

            fn forward(
                &self,
                r: &Recorder<O::StepNeed>,
                (xs, init, $($p,)*): (Var<Xs>, Var<S>, $(Var<$P>,)*),
            ) -> Var<Self::Out> {
                let ids = (xs, init, $($p,)*).ids(r.owner());
                r.typed(self.0.looped(r, Xs::DIMS[0], &ids))
            }
        }
    };
}

arity!();
arity!(P0 p0);
arity!(P0 p0, P1 p1);
arity!(P0 p0, P1 p1, P2 p2);
arity!(P0 p0, P1 p1, P2 p2, P3 p3);

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        scan:
        small(|xs: [3, 2], init: [2]| scan(xs, init, { () }, { Mul }));
        small(|xs: [2, 1, 1], init: [2, 1, 1], w: [1, 4], u: [1, 4], b: [4]| {
            scan(xs, init, { (w, u, b) }, { LstmCell })
        });
        middle(|xs: [5, 2, 3], init: [2, 2, 2], w: [3, 8], u: [2, 8], b: [8]| {
            scan(xs, init, { (w, u, b) }, { LstmCell })
        });
    }

    /// The loop written out, with its gradient.
    #[test]
    fn is_the_unrolled_loop() {
        let scanned = graph!(|xs: [3, 2, 1], init: [2, 2, 2], w: [1, 8], u: [2, 8], b: [8]| {
            scan(xs, init, { (w, u, b) }, { LstmCell })
        });
        let unrolled = graph!(|xs: [3, 2, 1], init: [2, 2, 2], w: [1, 8], u: [2, 8], b: [8]| {
            let x0 = reshape::<shape![2, 1], _>(slice(xs, { Axis::<0> }, { N::<0> }, { N::<1> }));
            let x1 = reshape::<shape![2, 1], _>(slice(xs, { Axis::<0> }, { N::<1> }, { N::<1> }));
            let x2 = reshape::<shape![2, 1], _>(slice(xs, { Axis::<0> }, { N::<2> }, { N::<1> }));
            let s0 = lstm_cell(x0, init, w, u, b);
            let s1 = lstm_cell(x1, s0, w, u, b);
            let s2 = lstm_cell(x2, s1, w, u, b);
            let first = concat(s0, s1, { Axis::<0> });
            reshape::<shape![3, 2, 2, 2], _>(concat(first, s2, { Axis::<0> }))
        });
        let rng = &mut fastrand::Rng::with_seed(8);
        let mut draw = || 2.0 * rng.f64() - 1.0;
        let x = tlist![
            Tensor::from_fn(|_| draw()),
            Tensor::from_fn(|_| draw()),
            Tensor::from_fn(|_| draw()),
            Tensor::from_fn(|_| draw()),
            Tensor::from_fn(|_| draw())
        ];
        let dy = Tensor::from_fn(|_| draw());
        let (y, dx) = scanned.vjp(&x, &tlist![], &dy);
        let (z, dz) = unrolled.vjp(&x, &tlist![], &dy);
        assert_eq!(y, z);
        for (dx, dz) in dx.to_any_list().iter().zip(dz.to_any_list()) {
            for (dx, dz) in dx.as_slice().iter().zip(dz.as_slice()) {
                assert!((dx - dz).abs() < 1e-13, "{dx} and {dz}"); // sums in another order
            }
        }
    }

    /// Of no time there are no states, and no cotangents.
    #[test]
    fn of_no_time() {
        let g = graph!(|xs: [0, 2], init: [2]| scan(xs, init, { () }, { Add }));
        let x = tlist![Tensor::<f64, _>::zero(), Tensor::from([1.0, 2.0])];
        let (y, tlist![dxs, dinit]) = g.vjp(&x, &tlist![], &Tensor::zero());
        assert_eq!(
            (y, dxs, dinit),
            (Tensor::zero(), Tensor::zero(), Tensor::zero())
        );
    }
}
