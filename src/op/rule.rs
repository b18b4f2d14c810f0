//! What an op is, and an op wired at handles.

use super::inputs::Inputs;
use super::output::Output;
use super::recorder::Recorder;
use crate::program::AnyKernel;
use crate::scalar::ScalarLevel;

/// One operation: its shape judgement (for which `In` it is an `Op`), and its typed rules.
///
/// Only `forward` must be written. The derivatives of a composite follow from it; an op writes its own where numerics
/// or speed ask for them.
///
/// `In` is a tuple of shapes. The rules record other operations on handles whose shapes are in their types, so a
/// wrong shape in a rule does not compile. `ScalarLevel` says over which scalars the op runs; a rule that records an
/// operation which needs more does not compile either.
///
/// `README.md` in this module's folder is the recipe, and `examples/custom_op.rs` an op outside the crate.
///
/// ```
/// use cotangent::prelude::*;
/// /// `x²`, with rules of its own.
/// #[derive(Clone)]
/// struct MySquare;
/// impl<S: Shape> Op<(S,)> for MySquare {
///     type Out = S;
///     type Level = levels::Semiring;
///     const NAME: &'static str = "my_square";
///
///     fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S> {
///         r.mul_same(x, x)
///     }
///     fn jvp(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,), _y: Var<S>, (dx,): (Var<S>,)) -> Var<S> {
///         let half = r.mul_same(x, dx);
///         r.add_same(half, half)
///     }
///     fn vjp(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,), _y: Var<S>, dy: Var<S>) -> (Var<S>,) {
///         let half = r.mul_same(x, dy);
///         (r.add_same(half, half),)
///     }
/// }
/// fn my_square<S: Shape>(x: Var<S>) -> Call<MySquare, (Var<S>,)> {
///     Call::new(MySquare, (x,))
/// }
///
/// cotangent::prove::prove_op::<(shape![2],)>(MySquare)?; // with one `half` in `vjp` it would be an error
/// let g = graph!(|x: [2]| sum(my_square(x)));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([1.0, 3.0]), ());
/// assert_eq!((y.item(), dx), (10.0, Tensor::from([2.0, 6.0])));
/// # Ok::<(), Counterexample>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take inputs of shapes `{In}`",
    label = "no such operation on these shapes",
    note = "docs/errors.md#o01"
)]
pub trait Op<In: Inputs>: Clone + Send + Sync + 'static {
    /// The result: its shape, or [what else it is](Output).
    type Out: Output;
    /// What the rules need of the scalar: one of [`levels`](crate::scalar::levels).
    type Level: ScalarLevel;
    /// The name, for tapes and messages.
    const NAME: &'static str;

    /// The value: `y = f(x)`.
    fn forward(&self, r: &Recorder<Self::Level>, x: In::Vars) -> <Self::Out as Output>::Vars;

    /// The tangent of the value: `dy = f'(x) dx`. `y` is the value.
    ///
    /// Unless the op writes it: forward mode over what [`forward`](Op::forward) records.
    fn jvp(
        &self,
        r: &Recorder<Self::Level>,
        x: In::Vars,
        y: <Self::Out as Output>::Vars,
        dx: In::Vars,
    ) -> <Self::Out as Output>::Tangents {
        let _ = (x, y, dx);
        r.derived::<Self::Out>()
    }

    /// The cotangents of the inputs: `f'(x)ᵀ dy`. `y` is the value.
    ///
    /// Unless the op writes it: reverse mode over what [`forward`](Op::forward) records.
    fn vjp(
        &self,
        r: &Recorder<Self::Level>,
        x: In::Vars,
        y: <Self::Out as Output>::Vars,
        dy: <Self::Out as Output>::Tangents,
    ) -> In::Vars {
        r.set_derived();
        let _ = (y, dy);
        x
    }

    /// Code for the value over floats, which plans run in place of what [`forward`](Op::forward) records: from the inputs, and
    /// labels that the op reads, to the value.
    ///
    /// It is not run where the op reads a key, over a batch, or in a [checked](crate::graph::Plan::checked) plan.
    fn kernel(&self) -> Option<AnyKernel> {
        None
    }

    /// Code for the cotangents of the inputs: from the inputs, what the op reads, the value and its cotangent. Where it is not
    /// run, what [`vjp`](Op::vjp) records is, or what follows from `forward`.
    fn vjp_kernel(&self) -> Option<AnyKernel> {
        None
    }
}

/// An op applied to handles, not yet recorded. What `matmul(a, b)` returns.
#[derive(Clone, Copy, Debug)]
#[must_use = "a call does nothing until a graph or a recorder records it"]
pub struct Call<O, V> {
    pub(crate) op: O,
    pub(crate) vars: V,
}

impl<O, V> Call<O, V> {
    /// `op` applied to a tuple of handles.
    pub fn new(op: O, vars: V) -> Self {
        Call { op, vars }
    }
}
