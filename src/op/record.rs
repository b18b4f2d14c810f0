//! What the rules of an op record. It knows no shape and no level as a type, so it is compiled once, with the library:
//! what is generic calls it with dims and ids.

use super::inputs::AnyVars;
use crate::handle::{AnyVar, GraphId};
use crate::program::primitives::{Broadcast, Reshape};
use crate::program::{Builder, FoldIn, Function, Prim, Program, ProgramError, TRANSFORM};
use crate::scalar::Level;
use crate::tensor::{Dims, Type};
use core::cell::RefCell;
use core::fmt;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// One program that is being recorded. Clones write the same one.
#[derive(Clone)]
pub(crate) struct Record {
    state: Rc<RefCell<State>>,
    graph_id: GraphId,
    surroundings: Surroundings,
    /// What the op says it needs of its scalar.
    level: Level,
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

impl Record {
    /// A record over inputs of these types. Its handles belong to a graph named `name`.
    pub(super) fn new(
        name: &'static str,
        level: Level,
        inputs: &[Type],
        surroundings: Surroundings,
    ) -> Self {
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
        Record {
            state: Rc::new(RefCell::new(state)),
            graph_id: GraphId::new(name),
            surroundings,
            level,
        }
    }

    /// The graph of the handles.
    pub(super) fn graph_id(&self) -> GraphId {
        self.graph_id
    }

    /// Says that the op writes no such derivative, and one was asked for.
    pub(super) fn set_derived(&self) {
        self.state.borrow_mut().derived = true;
    }

    /// The ids of handles of this record.
    #[track_caller]
    pub(super) fn ids(&self, vars: &[AnyVar]) -> Vec<usize> {
        ids(self.graph_id, vars)
    }

    /// As [`ids`](Self::ids).
    #[track_caller]
    pub(super) fn ids_of(&self, vars: &dyn AnyVars) -> Vec<usize> {
        ids_of(self.graph_id, vars)
    }

    /// The handle of a value of this record.
    pub(super) fn handle(&self, id: usize) -> AnyVar {
        AnyVar {
            graph_id: self.graph_id,
            id,
        }
    }

    /// The value of labels or of a key: of this rule, or around it.
    #[track_caller]
    pub(super) fn entry(&self, read: &Read) -> usize {
        let owners = &self.surroundings.owners;
        if read.graph_id != self.graph_id
            && !owners.contains(&read.graph_id)
            && let Some(&graph_id) = owners.first()
        {
            graph_id.demand(read.graph_id);
        }
        self.use_of(read)
    }

    /// Writes a program into this one, on values of this record, and returns the ids of its outputs.
    #[track_caller]
    pub(super) fn inline(&self, program: &Program, arguments: &[usize]) -> Vec<usize> {
        self.demand_level(program.level(), &"what it records");
        let outputs = self.state.borrow_mut().builder.inline(program, arguments);
        self.built(outputs)
    }

    /// A program whose only output has these dims.
    #[track_caller]
    pub(super) fn program(
        &self,
        expected: &[usize],
        vars: &dyn AnyVars,
        program: Result<Program, ProgramError>,
    ) -> AnyVar {
        let outputs = self.inline(&self.built(program), &self.ids_of(vars));
        let dims = |&id: &usize| self.state.borrow().builder.dims(id).ok();
        match outputs[..] {
            [id] if dims(&id).is_some_and(|dims| *dims == *expected) => self.handle(id),
            _ => {
                let name = self.graph_id.name();
                let got: Vec<_> = outputs.iter().filter_map(dims).collect();
                panic!("the op `{name}` declares {expected:?}, and its program gives {got:?}")
            }
        }
    }

    /// Adds a primitive.
    #[track_caller]
    pub(super) fn prim_all(&self, prim: Prim, ids: &[usize]) -> Vec<usize> {
        self.demand_level(prim.level(), &prim);
        let results = self.state.borrow_mut().builder.push_all(prim, ids);
        self.built(results)
    }

    /// Adds a primitive with a result of these dims.
    #[track_caller]
    pub(super) fn prim(&self, expected: &[usize], vars: &dyn AnyVars, prim: Prim) -> AnyVar {
        self.prim_of(expected, &self.ids_of(vars), prim)
    }

    /// Adds a primitive with a result of these dims, on values by their ids.
    #[track_caller]
    pub(super) fn prim_of(&self, expected: &[usize], ids: &[usize], prim: Prim) -> AnyVar {
        let id = self.prim_all(prim.clone(), ids)[0];
        self.check(id, expected, Some(&prim));
        self.handle(id)
    }

    /// Adds a primitive, and its result under these dims.
    #[track_caller]
    pub(super) fn prim_reshaped(
        &self,
        expected: &[usize],
        vars: &dyn AnyVars,
        prim: Prim,
    ) -> AnyVar {
        let id = self.prim_all(prim, &self.ids_of(vars))[0];
        self.prim_of(expected, &[id], Reshape(Dims::new(expected)).into())
    }

    /// A value repeated up to these dims: along leading axes that it lacks, or along those that it has kept. The value itself
    /// where they are its own.
    #[track_caller]
    pub(super) fn repeated(&self, dims: &[usize], var: AnyVar, to: &[usize]) -> AnyVar {
        if to == dims {
            return var;
        }
        if to.len() == dims.len() {
            return self.over_axes(dims, var, to, &|axis| dims[axis] == to[axis]);
        }
        let axes = (to.len() - dims.len()..to.len()).collect();
        let prim = Broadcast(Dims::new(to), axes);
        self.prim_of(to, &self.ids(&[var]), prim.into())
    }

    /// A value of these dims, which are those of `to` at some axes, and 1 at others if it has those, repeated along the others.
    #[track_caller]
    pub(super) fn over_axes(
        &self,
        dims: &[usize],
        var: AnyVar,
        to: &[usize],
        has: &dyn Fn(usize) -> bool,
    ) -> AnyVar {
        let axes: Vec<usize> = (0..to.len()).filter(|&axis| has(axis)).collect();
        let mut ids = self.ids(&[var]);
        if dims.len() != axes.len() {
            let dims: Vec<usize> = axes.iter().map(|&axis| to[axis]).collect();
            ids = self.prim_all(Reshape(Dims::new(&dims)).into(), &ids);
        }
        self.prim_of(to, &ids, Broadcast(Dims::new(to), axes).into())
    }

    /// The dims of a value.
    #[track_caller]
    pub(super) fn dims(&self, id: usize) -> Dims {
        self.built(self.state.borrow().builder.dims(id))
    }

    /// The type of a value.
    #[track_caller]
    pub(super) fn ty(&self, id: usize) -> Type {
        self.built(self.state.borrow().builder.ty(id).cloned())
    }

    /// A call of a function, whose level is in a type; its first result.
    #[track_caller]
    pub(super) fn call(&self, function: &Arc<Function>, arguments: &[usize]) -> usize {
        let results = self.state.borrow_mut().builder.call(function, arguments);
        self.built(results)[0]
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

    /// A value that a rule reads, of its own or around it. Each use of a key is another key.
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

    #[track_caller]
    fn demand_level(&self, needs: Level, what: &dyn fmt::Display) {
        assert!(
            needs <= self.level,
            "the op `{}` says it needs {:?}, and `{what}` needs {needs:?}",
            self.graph_id.name(),
            self.level
        );
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

    /// Demands the dims that the shape of a handle says.
    #[track_caller]
    pub(super) fn check(&self, id: usize, expected: &[usize], prim: Option<&Prim>) {
        let got = self.dims(id);
        let gives = prim.map_or("gives".to_owned(), |prim| format!("`{prim}` gives"));
        assert!(
            *got == *expected,
            "the op `{}` declares {expected:?}, and {gives} {got}",
            self.graph_id.name()
        );
    }
}

/// The ids of handles, all of which have to be of this graph.
#[track_caller]
pub(crate) fn ids_of(graph_id: GraphId, vars: &dyn AnyVars) -> Vec<usize> {
    let mut list = Vec::new();
    vars.push(&mut list);
    ids(graph_id, &list)
}

#[track_caller]
fn ids(graph_id: GraphId, vars: &[AnyVar]) -> Vec<usize> {
    let mut ids = Vec::with_capacity(vars.len());
    for var in vars {
        graph_id.demand(var.graph_id);
        ids.push(var.id);
    }
    ids
}
