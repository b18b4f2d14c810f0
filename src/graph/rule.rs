//! What a node does, with its shapes forgotten: programs recorded from an op, or closures.

use crate::env::{Environment, Indices};
use crate::op::{Call, Inputs, Op, Recorder, Vars};
use crate::owner::Owner;
use crate::program::{Program, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{AnyTensor, Dims};
use std::borrow::Cow;
use std::sync::Arc;

/// The three rules of an op at fixed shapes, as programs.
///
/// With inputs `x…` and value `y`: `forward` takes `x…`; `jvp` takes `x… y dx…`; `vjp` takes `x… y dy`.
///
/// ```
/// use cotangent::graph::Programs;
/// use cotangent::program::{Prim, Program};
/// use cotangent::scalar::{Binary, Level};
/// use cotangent::tensor::Dims;
/// // x², its tangent and its cotangent.
/// let mut forward = Program::new(&[Dims::new(&[2])]);
/// let square = forward.push(Prim::Binary(Binary::Mul), &[0, 0])?;
/// forward.set_outputs(&[square])?;
/// let (jvp, vjp) = (forward.jvp()?, forward.vjp()?);
/// let programs = Programs { forward, jvp, vjp };
/// assert_eq!((programs.forward.inputs().len(), programs.jvp.inputs().len()), (1, 3)); // x; x, y, dx
/// assert_eq!((programs.vjp.outputs().len(), programs.level()), (1, Level::Semiring));
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Programs {
    /// `x… -> y`.
    pub forward: Program,
    /// `x… y dx… -> dy`.
    pub jvp: Program,
    /// `x… y dy -> dx…`.
    pub vjp: Program,
}

impl Programs {
    /// The lowest level of the algebra tower over which all three run.
    pub fn level(&self) -> Level {
        let (value, tangent) = (self.forward.level(), self.jvp.level());
        value.max(tangent).max(self.vjp.level())
    }

    /// Records the rules of an op. `graph` is the owner of its environment handles.
    pub(crate) fn record<O, V>(call: &Call<O, V>, graph: Owner) -> Self
    where
        V: Vars,
        O: Op<V::Shapes>,
    {
        let op = &call.op;
        let x = V::Shapes::dims();
        let n = x.len();
        let y = Dims::of::<O::Out>();
        let with = |more: &[Dims]| [x.as_slice(), std::slice::from_ref(&y), more].concat();

        let r = Recorder::new(O::NAME, &x, graph);
        let out = op.forward(&r, V::starting_at(r.owner(), 0));
        r.owner().demand(out.owner());
        let forward = r.finish(&[out.id()]);

        let r = Recorder::new(O::NAME, &with(&x), graph);
        let of = |first| V::starting_at(r.owner(), first);
        let out = op.jvp(&r, of(0), r.value(n), of(n + 1));
        r.owner().demand(out.owner());
        let jvp = r.finish(&[out.id()]);

        let r = Recorder::new(O::NAME, &with(std::slice::from_ref(&y)), graph);
        let x = V::starting_at(r.owner(), 0);
        let out = op.vjp(&r, x, r.value(n), r.value(n + 1));
        let vjp = r.finish(&out.ids(r.owner()));

        Programs { forward, jvp, vjp }
    }
}

/// The three rules of a node as closures over a whole context.
pub(crate) struct Closures<A, D> {
    pub forward: Forward<A, D>,
    pub jvp: Jvp<A, D>,
    pub vjp: Vjp<A, D>,
}

pub(crate) type Forward<A, D> = Box<dyn Fn(&[AnyTensor<A>], &D) -> AnyTensor<A> + Send + Sync>;
pub(crate) type Jvp<A, D> =
    Box<dyn Fn(&[AnyTensor<A>], &[AnyTensor<A>], &D) -> AnyTensor<A> + Send + Sync>;
pub(crate) type Vjp<A, D> =
    Box<dyn Fn(&[AnyTensor<A>], &D, &AnyTensor<A>) -> Vec<AnyTensor<A>> + Send + Sync>;

/// What a node does.
pub(crate) enum Rule<A, D> {
    Programs(Arc<Programs>),
    Closures(Arc<Closures<A, D>>),
}

impl<A, D> Clone for Rule<A, D> {
    fn clone(&self) -> Self {
        match self {
            Rule::Programs(programs) => Rule::Programs(Arc::clone(programs)),
            Rule::Closures(closures) => Rule::Closures(Arc::clone(closures)),
        }
    }
}

/// An environment, and its entries with their types forgotten, once for a whole run.
pub(crate) struct Surroundings<'d, D> {
    pub environment: &'d D,
    pub indices: Cow<'d, [Indices]>,
}

impl<'d, D: Environment> Surroundings<'d, D> {
    pub(crate) fn new(environment: &'d D) -> Self {
        Surroundings {
            environment,
            indices: environment.indices().into(),
        }
    }
}

impl<A: Semiring, D> Rule<A, D> {
    /// The value, from the values of the parents.
    pub(crate) fn forward(&self, x: &[AnyTensor<A>], d: &Surroundings<'_, D>) -> AnyTensor<A> {
        match self {
            Rule::Programs(programs) => run_one(&programs.forward, x, &d.indices),
            Rule::Closures(closures) => (closures.forward)(x, d.environment),
        }
    }

    /// The tangent of the value, from the values and tangents of the parents.
    pub(crate) fn jvp(
        &self,
        x: &[AnyTensor<A>],
        y: &AnyTensor<A>,
        dx: &[AnyTensor<A>],
        d: &Surroundings<'_, D>,
    ) -> AnyTensor<A> {
        match self {
            Rule::Programs(programs) => {
                let inputs = [x, core::slice::from_ref(y), dx].concat();
                run_one(&programs.jvp, &inputs, &d.indices)
            }
            Rule::Closures(closures) => (closures.jvp)(x, dx, d.environment),
        }
    }

    /// The cotangents of the parents, from the cotangent of the value.
    pub(crate) fn vjp(
        &self,
        x: &[AnyTensor<A>],
        y: &AnyTensor<A>,
        dy: &AnyTensor<A>,
        d: &Surroundings<'_, D>,
    ) -> Vec<AnyTensor<A>> {
        match self {
            Rule::Programs(programs) => {
                let inputs = [x, &[y.clone(), dy.clone()]].concat();
                run(&programs.vjp, &inputs, &d.indices)
            }
            Rule::Closures(closures) => (closures.vjp)(x, d.environment, dy),
        }
    }
}

/// Runs a program of a node.
///
/// It can fail on a division by an exact zero only: the dims were fixed by the types when the node was made, `MetBy` has shown that the scalar
/// can run the op and `Recorder::prim` that the op says the truth, and the environment has the type that the
/// handles came from. A failure is a broken invariant of this crate.
fn run<A: Semiring>(program: &Program, x: &[AnyTensor<A>], env: &[Indices]) -> Vec<AnyTensor<A>> {
    match program.run(x, env) {
        Ok(outputs) => outputs,
        // The caller's numbers, not the graph: documented at `Field`.
        Err(error @ ProgramError::Division { .. }) => panic!("{error}"),
        Err(error) => unreachable!("a typed node with an ill-typed program: {error}"),
    }
}

fn run_one<A: Semiring>(program: &Program, x: &[AnyTensor<A>], env: &[Indices]) -> AnyTensor<A> {
    // `Programs::record` gives exactly one output to `forward` and `jvp`.
    run(program, x, env).swap_remove(0)
}
