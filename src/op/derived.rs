//! The derivatives of an op that writes none: those of the program that its `forward` records.

use super::{Inputs, Op, Recorder, Var, Vars};
use crate::program::{Program, ProgramError};

/// What `forward` records, as a program of its own.
fn forward<O: Op<In>, In: Inputs>(op: &O, r: &Recorder<O::Need>) -> Program {
    let r = r.beside(&In::dims());
    let y = op.forward(&r, In::Vars::starting_at(r.owner(), 0));
    r.owner().demand(y.owner());
    r.finish(&[y.id()])
}

/// The derivative of a program. It has an output, so it has one.
fn derived(program: Result<Program, ProgramError>) -> Program {
    match program {
        Ok(program) => program,
        Err(error) => unreachable!("a recorded program without a derivative: {error}"),
    }
}

/// Forward mode.
#[track_caller]
pub(super) fn jvp<O: Op<In>, In: Inputs>(
    op: &O,
    r: &Recorder<O::Need>,
    x: In::Vars,
    y: Var<O::Out>,
    dx: In::Vars,
) -> Var<O::Out> {
    let program = derived(forward(op, r).jvp());
    let owner = r.owner();
    let arguments = [x.ids(owner), (y,).ids(owner), dx.ids(owner)].concat();
    Var::new(owner, r.inline(&program, &arguments)[0])
}

/// Reverse mode.
#[track_caller]
pub(super) fn vjp<O: Op<In>, In: Inputs>(
    op: &O,
    r: &Recorder<O::Need>,
    x: In::Vars,
    y: Var<O::Out>,
    dy: Var<O::Out>,
) -> In::Vars {
    let program = derived(forward(op, r).vjp());
    let owner = r.owner();
    let arguments = [x.ids(owner), (y, dy).ids(owner)].concat();
    let cotangents = r.inline(&program, &arguments);
    match In::Vars::of_ids(owner, &cotangents) {
        Some(cotangents) => cotangents,
        None => unreachable!("a derivative with fewer cotangents than inputs"),
    }
}
