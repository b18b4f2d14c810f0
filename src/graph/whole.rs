//! The program of a whole graph, and what follows from it, once it was asked for.

use super::node::built;
use crate::program::{Jvp, Program, Vjp, inline, jvp, simplify, vjp};
use std::sync::OnceLock;

/// The program of the newest values of a graph, and what was derived from it.
///
/// What is run is inlined and simplified. What becomes a part of other programs is not: its calls carry their rules.
pub(crate) struct Whole {
    pub values: Program,
    jvp: OnceLock<Jvp>,
    vjp: OnceLock<Vjp>,
    run: OnceLock<Program>,
    run_jvp: OnceLock<Jvp>,
    run_vjp: OnceLock<Vjp>,
}

fn ready(program: &Program) -> Program {
    simplify(&built(inline(program)))
}

impl Whole {
    pub(crate) fn new(values: Program) -> Self {
        Whole {
            values,
            jvp: OnceLock::new(),
            vjp: OnceLock::new(),
            run: OnceLock::new(),
            run_jvp: OnceLock::new(),
            run_vjp: OnceLock::new(),
        }
    }

    /// Its values with their tangents.
    pub(crate) fn jvp(&self, differentiated: &[bool]) -> &Jvp {
        self.jvp
            .get_or_init(|| built(jvp(&self.values, differentiated)))
    }

    /// Its pullback.
    pub(crate) fn vjp(&self, differentiated: &[bool]) -> &Vjp {
        let given = vec![true; self.values.outputs().len()];
        self.vjp
            .get_or_init(|| built(vjp(&self.values, differentiated, &given)))
    }

    /// Its values, to be run.
    pub(crate) fn run(&self) -> &Program {
        self.run.get_or_init(|| ready(&self.values))
    }

    /// Its values with their tangents, to be run.
    pub(crate) fn run_jvp(&self, differentiated: &[bool]) -> &Jvp {
        self.run_jvp.get_or_init(|| {
            let jvp = self.jvp(differentiated);
            Jvp {
                program: ready(&jvp.program),
                tangents: jvp.tangents.clone(),
            }
        })
    }

    /// Its pullback, to be run.
    pub(crate) fn run_vjp(&self, differentiated: &[bool]) -> &Vjp {
        self.run_vjp.get_or_init(|| {
            let vjp = self.vjp(differentiated);
            Vjp {
                forward: ready(&vjp.forward),
                backward: ready(&vjp.backward),
            }
        })
    }
}
