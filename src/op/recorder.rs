//! Recording the rules of an op as a program.

use super::output::Output;
use crate::env::EnvEntry;
use crate::handle::{Discrete, GraphId, Var};
use crate::program::{Builder, FoldIn, Function, Prim, Program, ProgramError, TRANSFORM};
use crate::scalar::{Level, ScalarLevel, levels};
use crate::shape::Shape;
use crate::tensor::{Dims, Type};
use core::cell::RefCell;
use core::fmt;
use core::marker::PhantomData;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// Records operations on handles. The rules of an op are written with it.
///
/// `N` is what the op needs of its scalar: a rule cannot record an operation that needs more.
///
/// ```
/// use cotangent::prelude::*;
/// /// `x` over its largest: any field with an order.
/// #[derive(Clone)]
/// struct OverLargest;
/// impl<S: Shape + cotangent::shape::HasElements> Op<(S,)> for OverLargest {
///     type Out = S;
///     type Level = levels::OrderedField;
///     const NAME: &'static str = "over_largest";
///     fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S> {
///         let largest = r.record(max(x)); // any op; the usual ones are methods too
///         r.div_same(x, r.full_like(largest))
///     }
/// }
/// fn over_largest<S: Shape>(x: Var<S>) -> Call<OverLargest, (Var<S>,)> {
///     Call::new(OverLargest, (x,))
/// }
/// let g = graph!(|x: [2]| over_largest(x));
/// assert_eq!(g.value(&Tensor::from([1.0, 4.0]), ()), Tensor::from([0.25, 1.0]));
/// ```
pub struct Recorder<N = levels::Real> {
    state: Rc<RefCell<State>>,
    graph_id: GraphId,
    surroundings: Surroundings,
    need: PhantomData<N>,
}

/// What an op is recorded in: whose handles it may read, and where in it.
#[derive(Clone)]
pub(crate) struct Surroundings {
    /// The graphs of the handles that are read: a graph, and the recorders of the rules around.
    pub owners: Rc<[GraphId]>,
    /// The number of this use in the graph or the rule: keys are folded with it, so that two uses differ.
    pub place: u32,
}

/// A value around an op that it reads: labels, a key.
#[derive(Clone)]
pub(crate) struct Read {
    pub graph_id: GraphId,
    pub id: usize,
    pub ty: Type,
}

/// What is recorded so far.
struct State {
    builder: Builder,
    /// The values around that are inputs, by graph and id: the value, the input itself, and as it is used.
    reads: BTreeMap<(GraphId, usize), (Read, usize, usize)>,
    /// How many times keys were used.
    uses: u32,
    /// How many ops were recorded.
    records: u32,
    /// A derivative that the op does not write was asked for.
    derived: bool,
}

impl<N: ScalarLevel> Recorder<N> {
    /// A recorder over inputs of these types. Its handles belong to a graph named `name`.
    pub(super) fn new(name: &'static str, inputs: &[Type], surroundings: Surroundings) -> Self {
        let mut builder = Builder::new(&TRANSFORM);
        for ty in inputs {
            builder.input(ty.clone().into());
        }
        let state = State {
            builder,
            reads: BTreeMap::new(),
            uses: 0,
            records: 0,
            derived: false,
        };
        Recorder {
            state: Rc::new(RefCell::new(state)),
            graph_id: GraphId::new(name),
            surroundings,
            need: PhantomData,
        }
    }

    /// The graph of the handles of this recorder.
    pub(crate) fn graph_id(&self) -> GraphId {
        self.graph_id
    }

    /// The handle of an input of the program.
    pub(crate) fn value<S: Shape>(&self, id: usize) -> Var<S> {
        Var::new(self.graph_id, id)
    }

    /// Which values around were read.
    pub(super) fn reads(&self) -> Vec<Read> {
        let state = self.state.borrow();
        state
            .reads
            .values()
            .map(|(read, ..)| read.clone())
            .collect()
    }

    /// The recorded program: its inputs are the first `x` values, these values around, and the other inputs that it was
    /// made with. Without what the outputs do not need.
    pub(super) fn finish(
        self,
        x: usize,
        inputs: usize,
        reads: &[Read],
        outputs: &[usize],
    ) -> Program {
        let reads: Vec<usize> = reads.iter().map(|read| self.input_of(read).0).collect();
        let all: Vec<usize> = (0..x).chain(reads).chain(x..inputs).collect();
        let name = self.graph_id.name();
        let state = match Rc::try_unwrap(self.state) {
            Ok(state) => state.into_inner(),
            Err(_) => unreachable!("`{name}` is recorded while it is being recorded"),
        };
        match state.builder.finish(&all, outputs) {
            Ok(program) => program,
            // Handles are only made by this recorder, for values that exist.
            Err(error) => unreachable!("a handle without a value: {error}"),
        }
    }

    /// Says that the op writes no such derivative: handles that are never used.
    pub(super) fn derived<O: Output>(&self) -> O::Tangents {
        self.set_derived();
        O::tangents(self.graph_id, 0)
    }

    /// Says that the op writes no such derivative, and one was asked for.
    pub(super) fn set_derived(&self) {
        self.state.borrow_mut().derived = true;
    }

    /// Whether the op leaves this derivative to its body.
    pub(super) fn is_derived(&self) -> bool {
        self.state.borrow().derived
    }

    /// A value around: the input that it is, and the value that a rule sees. Of a key this is the key folded with the
    /// place.
    fn input_of(&self, read: &Read) -> (usize, usize) {
        let mut state = self.state.borrow_mut();
        let key = (read.graph_id, read.id);
        if let Some(&(_, input, seen)) = state.reads.get(&key) {
            return (input, seen);
        }
        let input = state.builder.input(read.ty.clone().into());
        let seen = match read.ty {
            Type::Key(_) => self.built(
                state
                    .builder
                    .push(FoldIn(self.surroundings.place), &[input]),
            ),
            Type::Scalar(..) | Type::Index { .. } => input,
        };
        state.reads.insert(key, (read.clone(), input, seen));
        (input, seen)
    }

    /// The value of labels or of a key: of this rule, or around it. Each use of a key is another key.
    #[track_caller]
    pub(crate) fn entry<E: EnvEntry>(&self, var: Discrete<E>) -> usize {
        let owners = &self.surroundings.owners;
        if var.graph_id() != self.graph_id
            && !owners.contains(&var.graph_id())
            && let Some(&graph_id) = owners.first()
        {
            graph_id.demand(var.graph_id());
        }
        let mut types = Vec::new();
        E::push_types(&mut types);
        self.use_of(&Read {
            graph_id: var.graph_id(),
            id: var.id(),
            // Of labels and of a key there is one.
            ty: types.swap_remove(0),
        })
    }

    #[track_caller]
    pub(super) fn use_of(&self, read: &Read) -> usize {
        let seen = match read.graph_id == self.graph_id {
            true => read.id,
            false => self.input_of(read).1,
        };
        let mut state = self.state.borrow_mut();
        let is_key = matches!(state.builder.ty(seen), Ok(Type::Key(_)));
        if !is_key {
            return seen;
        }
        let uses = state.uses;
        state.uses += 1;
        self.built(state.builder.push(FoldIn(uses), &[seen]))
    }

    /// What a recording gave: an error is a mistake in the op.
    #[track_caller]
    fn built<T>(&self, result: Result<T, ProgramError>) -> T {
        match result {
            Ok(value) => value,
            Err(error) => panic!("in the op `{}`: {error}", self.graph_id.name()),
        }
    }

    /// Writes a program into this one, on values of this recorder, and returns the ids of its outputs.
    ///
    /// # Panics
    /// If the program needs more of the scalar than the op says, or takes other dims. Both are mistakes in the op.
    #[track_caller]
    pub(crate) fn inline(&self, program: &Program, arguments: &[usize]) -> Vec<usize> {
        self.demand_level(program.level(), &"what it records");
        let outputs = self.state.borrow_mut().builder.inline(program, arguments);
        self.built(outputs)
    }

    /// Adds a primitive with several results, or whose dims no type knows.
    ///
    /// # Panics
    /// As [`inline`](Self::inline).
    #[track_caller]
    pub(crate) fn untyped_all(&self, prim: impl Into<Prim>, ids: &[usize]) -> Vec<usize> {
        let prim = prim.into();
        self.demand_level(prim.level(), &prim);
        let results = self.state.borrow_mut().builder.push_all(prim, ids);
        self.built(results)
    }

    #[track_caller]
    fn demand_level(&self, needs: Level, what: &dyn fmt::Display) {
        assert!(
            needs <= N::LEVEL,
            "the op `{}` says it needs {:?}, and `{what}` needs {needs:?}",
            self.graph_id.name(),
            N::LEVEL
        );
    }

    /// The dims of a value.
    #[track_caller]
    pub(crate) fn dims(&self, id: usize) -> Dims {
        self.built(self.state.borrow().builder.dims(id))
    }

    /// The type of a value.
    #[track_caller]
    pub(super) fn ty(&self, id: usize) -> Type {
        self.built(self.state.borrow().builder.ty(id).cloned())
    }

    /// The surroundings of an op that is recorded here, the next one.
    pub(super) fn inside(&self) -> Surroundings {
        let mut state = self.state.borrow_mut();
        state.records += 1;
        let around = self.surroundings.owners.iter().copied();
        Surroundings {
            owners: around.chain([self.graph_id]).collect(),
            place: state.records - 1,
        }
    }

    /// A call of a function, whose level is in a type; its first result.
    #[track_caller]
    pub(super) fn call(&self, function: &Arc<Function>, arguments: &[usize]) -> usize {
        let results = self.state.borrow_mut().builder.call(function, arguments);
        self.built(results)[0]
    }
}
