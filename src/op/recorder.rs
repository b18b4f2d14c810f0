//! Recording the rules of an op as a program.

use super::{Call, Op, Var, Vars};
use crate::env::{EnvVar, Seed};
use crate::owner::Owner;
use crate::program::{Literal, Prim, Program, ProgramError};
use crate::scalar::{Includes, Need, needs};
use crate::shape::{Given, Shape};
use crate::tensor::Dims;
use core::cell::RefCell;
use core::marker::PhantomData;
use std::rc::Rc;

/// Records operations on handles. The rules of an op are written with it.
///
/// `N` is what the op needs of its scalar: a rule cannot record an operation that needs more.
pub struct Recorder<N = needs::Real> {
    program: Rc<RefCell<Program>>,
    owner: Owner,
    environment: Owner,
    need: PhantomData<N>,
}

/// An op that a rule over `N` may record on handles `V`.
pub trait OpUnder<N: Need, V: Vars>: Op<V::Shapes> {
    /// The shape of the result, which depends on the judgement: so rustc's message is short.
    type Recorded: Shape;
    /// The result.
    fn recorded(value: Var<Self::Out>) -> Var<Self::Recorded>;
}

#[diagnostic::do_not_recommend]
impl<O: Op<V::Shapes>, N: Includes<O::Need>, V: Vars> OpUnder<N, V> for O {
    type Recorded = Given<N::Itself, O::Out>;
    fn recorded(value: Var<O::Out>) -> Var<O::Out> {
        value
    }
}

impl<N: Need> Recorder<N> {
    /// A recorder over inputs of these dims. Its handles belong to a graph named `name`; environment handles to
    /// the graph `environment`.
    pub(crate) fn new(name: &'static str, inputs: &[Dims], environment: Owner) -> Self {
        Recorder {
            program: Rc::new(RefCell::new(Program::new(inputs))),
            owner: Owner::new(name),
            environment,
            need: PhantomData,
        }
    }

    /// The owner of the handles of this recorder.
    pub(crate) fn owner(&self) -> Owner {
        self.owner
    }

    /// The handle of an input of the program.
    pub(crate) fn value<S: Shape>(&self, id: usize) -> Var<S> {
        Var::new(self.owner, id)
    }

    /// The recorded program with these outputs, without what they do not need.
    pub(crate) fn finish(&self, outputs: &[usize]) -> Program {
        let mut program = self.program.borrow().clone();
        if let Err(error) = program.set_outputs(outputs) {
            // Handles are only made by this recorder, for values that exist.
            unreachable!("a handle without a value: {error}");
        }
        program.pruned()
    }

    /// The same recorder for an op that needs less.
    fn lowered<M: Need>(&self) -> Recorder<M> {
        Recorder {
            program: Rc::clone(&self.program),
            owner: self.owner,
            environment: self.environment,
            need: PhantomData,
        }
    }

    /// Writes a program into this one, on values of this recorder, and returns the ids of its outputs.
    ///
    /// # Panics
    /// If the program needs more of the scalar than the op says, or takes other dims. Both are mistakes in the op.
    #[track_caller]
    pub(crate) fn inline(&self, program: &Program, arguments: &[usize]) -> Vec<usize> {
        let name = self.owner.name();
        assert!(
            program.level() <= N::LEVEL,
            "the op `{name}` says it needs {:?}, and what it records needs {:?}",
            N::LEVEL,
            program.level()
        );
        match self.program.borrow_mut().inline(program, arguments, &[]) {
            Ok(outputs) => outputs,
            Err(error) => panic!("in the op `{name}`: {error}"),
        }
    }

    /// A recorder for another program in the surroundings of this one.
    pub(crate) fn beside(&self, inputs: &[Dims]) -> Self {
        Recorder::new(self.owner.name(), inputs, self.environment)
    }

    /// Records an operation: `r.record(my_op(x, y))`.
    ///
    /// # Panics
    /// If a handle belongs to another graph or rule.
    #[track_caller]
    pub fn record<O: OpUnder<N, V>, V: Vars>(&self, call: Call<O, V>) -> Var<O::Recorded> {
        call.vars.ids(self.owner);
        O::recorded(call.op.forward(&self.lowered(), call.vars))
    }

    /// Records a primitive with a result of shape `S`.
    ///
    /// # Panics
    /// If a handle belongs to another graph or rule, if the primitive does not take these values, if its result
    /// is not of shape `S`, or if it needs more of the scalar than the op says. All are mistakes in the op.
    #[track_caller]
    pub fn prim<S: Shape>(&self, prim: Prim, vars: impl Vars) -> Var<S> {
        let ids = vars.ids(self.owner);
        self.push(prim, &ids)
    }

    /// Records a program, whose only output has the shape `S`: for an op whose steps have dims that no type names.
    ///
    /// # Panics
    /// If there is no such program, and as [`prim`](Self::prim). All are mistakes in the op.
    #[track_caller]
    pub fn program<S: Shape>(
        &self,
        program: Result<Program, ProgramError>,
        vars: impl Vars,
    ) -> Var<S> {
        let (name, expected) = (self.owner.name(), Dims::of::<S>());
        let program = match program {
            Ok(program) => program,
            Err(error) => panic!("in the op `{name}`: {error}"),
        };
        let outputs = self.inline(&program, &vars.ids(self.owner));
        let dims = |&id: &usize| self.program.borrow().dims(id).ok();
        match outputs[..] {
            [id] if dims(&id) == Some(expected) => Var::new(self.owner, id),
            _ => {
                let got: Vec<_> = outputs.iter().filter_map(dims).collect();
                panic!("the op `{name}` declares {expected}, and its program gives {got:?}")
            }
        }
    }

    /// A tensor with the same number everywhere.
    #[track_caller]
    pub fn full<S: Shape>(&self, value: impl Into<Literal>) -> Var<S>
    where
        N: Includes<needs::Field>,
    {
        self.push(Prim::Full(Dims::of::<S>(), value.into()), &[])
    }

    /// A tensor of zeros.
    #[track_caller]
    pub fn zeros<S: Shape>(&self) -> Var<S> {
        self.push(Prim::Full(Dims::of::<S>(), Literal::ratio(0, 1)), &[])
    }

    /// A tensor of ones.
    #[track_caller]
    pub fn ones<S: Shape>(&self) -> Var<S> {
        self.push(Prim::Full(Dims::of::<S>(), Literal::ratio(1, 1)), &[])
    }

    /// A tensor whose elements are 1 with probability `keep` and else 0, drawn from a seed.
    ///
    /// # Panics
    /// If the handle belongs to another graph.
    #[track_caller]
    pub fn mask<S: Shape>(&self, seed: EnvVar<Seed>, keep: f64) -> Var<S> {
        let (slot, dims) = (self.slot(seed), Dims::of::<S>());
        self.push(Prim::Mask { slot, dims, keep }, &[])
    }

    /// The slot of an environment entry.
    ///
    /// # Panics
    /// If the handle belongs to another graph.
    #[track_caller]
    pub fn slot<E>(&self, entry: EnvVar<E>) -> usize {
        self.environment.demand(entry.owner());
        entry.slot()
    }

    /// Records a primitive whose dims no type knows, and returns the id of its result.
    ///
    /// # Panics
    /// As [`prim`](Self::prim), but for the shape: [`typed`](Self::typed) checks it in the end.
    #[track_caller]
    pub(crate) fn untyped(&self, prim: Prim, ids: &[usize]) -> usize {
        let name = self.owner.name();
        assert!(
            prim.level() <= N::LEVEL,
            "the op `{name}` says it needs {:?}, and `{prim}` needs {:?}",
            N::LEVEL,
            prim.level()
        );
        match self.program.borrow_mut().push(prim, ids) {
            Ok(id) => id,
            Err(error) => panic!("in the op `{name}`: {error}"),
        }
    }

    /// The dims of a value.
    #[track_caller]
    pub(crate) fn dims(&self, id: usize) -> Dims {
        match self.program.borrow().dims(id) {
            Ok(dims) => dims,
            Err(error) => panic!("in the op `{}`: {error}", self.owner.name()),
        }
    }

    /// The handle of a value that is of shape `S`.
    ///
    /// # Panics
    /// If it is not.
    #[track_caller]
    pub(crate) fn typed<S: Shape>(&self, id: usize) -> Var<S> {
        let (got, expected) = (self.dims(id), Dims::of::<S>());
        assert!(
            got == expected,
            "the op `{}` declares {expected}, and gives {got}",
            self.owner.name()
        );
        self.value(id)
    }

    #[track_caller]
    fn push<S: Shape>(&self, prim: Prim, ids: &[usize]) -> Var<S> {
        self.check(&prim, ids, Dims::of::<S>());
        Var::new(self.owner, self.program.borrow().size() - 1)
    }

    /// Not generic over the shape.
    #[track_caller]
    fn check(&self, prim: &Prim, ids: &[usize], expected: Dims) {
        let id = self.untyped(prim.clone(), ids);
        let got = self.dims(id);
        assert!(
            got == expected,
            "the op `{}` declares {expected}, and `{prim}` gives {got}",
            self.owner.name()
        );
    }
}
