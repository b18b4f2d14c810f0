//! The program of a whole graph, and what follows from it, once it was asked for.

use super::kept_plans::KeptPlans;
use super::node::built;
use super::over_entries::over_entries;
use super::planned::{Planned, Seeded};
use crate::program::primitives::Full;
use crate::program::{Builder, Jvp, Program, TRANSFORM, Vjp, hoist, inline, jvp, simplify, vjp};
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Value};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The program of the results of a graph, and what was derived from it.
///
/// Derivatives are those of the simplified values, whose calls stand: they carry their rules. What is run is inlined and simplified
/// once more; what is planned is [hoisted](hoist), too.
pub(crate) struct Whole {
    pub values: Program,
    /// Which inputs have tangents and cotangents: those of the context.
    differentiated: Vec<bool>,
    simple: OnceLock<Program>,
    jvp: OnceLock<Jvp>,
    vjp: [OnceLock<Vjp>; 2],
    run: OnceLock<Program>,
    run_jvp: OnceLock<Jvp>,
    run_vjp: [OnceLock<Vjp>; 2],
    /// The plans by which it runs over floats.
    plans: KeptPlans,
}

fn ready(program: &Program) -> Program {
    simplify(&built(inline(program)))
}

/// What is planned has less inside of its loops. What leaves them meets what stands around them, so that it is simplified again.
fn hoisted(ready: Cow<'_, Program>) -> Cow<'_, Program> {
    let moved = built(hoist(&ready));
    match moved == *ready {
        true => ready,
        false => Cow::Owned(simplify(&moved)),
    }
}

impl Whole {
    pub(crate) fn new(values: Program, differentiated: Vec<bool>) -> Self {
        Whole {
            values,
            differentiated,
            simple: OnceLock::new(),
            jvp: OnceLock::new(),
            vjp: Default::default(),
            run: OnceLock::new(),
            run_jvp: OnceLock::new(),
            run_vjp: Default::default(),
            plans: KeptPlans::default(),
        }
    }

    /// The same over many samples: what has no cotangents is given for each of them, and so is each result.
    pub(crate) fn over_samples(&self, count: usize) -> Whole {
        let has_axis: Vec<bool> = self.differentiated.iter().map(|has| !has).collect();
        let values = over_entries(&self.values, &has_axis, count);
        Whole::new(values, self.differentiated.clone())
    }

    /// What derivatives are made of.
    fn simple(&self) -> &Program {
        self.simple.get_or_init(|| simplify(&self.values))
    }

    /// Its values with their tangents.
    pub(crate) fn jvp(&self) -> &Jvp {
        self.jvp
            .get_or_init(|| built(jvp(self.simple(), &self.differentiated)))
    }

    /// Its pullback.
    pub(crate) fn vjp(&self, given: Seeded) -> &Vjp {
        let outputs = self.values.outputs().len();
        let flags: Vec<bool> = match given {
            Seeded::All => vec![true; outputs],
            Seeded::First => (0..outputs).map(|output| output == 0).collect(),
        };
        self.vjp[given as usize]
            .get_or_init(|| built(vjp(self.simple(), &self.differentiated, &flags)))
    }

    /// Its values, to be run.
    pub(crate) fn run(&self) -> &Program {
        self.run.get_or_init(|| ready(&self.values))
    }

    /// Its values with their tangents, to be run.
    pub(crate) fn run_jvp(&self) -> &Jvp {
        self.run_jvp.get_or_init(|| {
            let jvp = self.jvp();
            Jvp {
                program: ready(&jvp.program),
                tangents: jvp.tangents.clone(),
            }
        })
    }

    /// Its program to be planned.
    pub(crate) fn planned(&self, what: Planned) -> Cow<'_, Program> {
        hoisted(match what {
            Planned::Values => Cow::Borrowed(self.run()),
            Planned::Tangents => Cow::Borrowed(&self.run_jvp().program),
            Planned::Cotangents(given) => Cow::Owned(self.joint(given)),
        })
    }

    /// The outputs of [`planned`](Self::planned) by a plan that the process keeps. Nothing if the scalar is no float: then there
    /// are no plans.
    pub(crate) fn run_planned<A: Semiring>(
        &self,
        what: Planned,
        inputs: &Vec<Value<A>>,
    ) -> Option<Vec<Value<A>>> {
        let content = (&self.values, self.differentiated.as_slice(), what);
        self.plans.run(content, || self.planned(what), inputs)
    }

    /// The tangents of all tensors among the values, from those that depend on an input.
    pub(crate) fn all_tangents<A: Semiring>(
        &self,
        values: &[Value<A>],
        dy: Vec<AnyTensor<A>>,
    ) -> Vec<AnyTensor<A>> {
        let (mut dy, mut all) = (dy.into_iter(), Vec::new());
        for (value, &has) in values.iter().zip(&self.jvp().tangents) {
            match value {
                Value::Scalar(_) if has => all.extend(dy.next()),
                Value::Scalar(x) => all.push(AnyTensor::zeros(x.dims().clone())),
                Value::Index(_) | Value::Key(_) => {}
            }
        }
        all
    }

    /// Its values and the cotangents of its inputs as one program: it takes the inputs, then the cotangents of the
    /// values; the cotangent of the first alone is 1.
    fn joint(&self, given: Seeded) -> Program {
        let vjp = self.vjp(given);
        let mut b = Builder::new(&TRANSFORM);
        let inputs = vjp.forward.inputs().iter();
        let mut inputs: Vec<usize> = inputs.map(|input| b.input(input.clone())).collect();
        let mut outputs = built(b.inline(&vjp.forward, &inputs));
        let mut residuals = outputs.split_off(self.values.outputs().len());
        for seed in &vjp.backward.inputs()[residuals.len()..] {
            residuals.push(match given {
                Seeded::First => {
                    let one = Full(seed.ty.dims().clone(), 1.into());
                    built(b.push(one, &[]))
                }
                Seeded::All => {
                    let dy = b.input(seed.clone());
                    inputs.push(dy);
                    dy
                }
            });
        }
        outputs.extend(built(b.inline(&vjp.backward, &residuals)));
        ready(&built(b.finish(&inputs, &outputs)))
    }

    /// Its pullback, to be run.
    pub(crate) fn run_vjp(&self, given: Seeded) -> &Vjp {
        self.run_vjp[given as usize].get_or_init(|| {
            let vjp = self.vjp(given);
            Vjp {
                forward: ready(&vjp.forward),
                backward: ready(&vjp.backward),
            }
        })
    }
}
