//! Recording an op: its rules as a function, and an op within the rule of another.

use super::inputs::{Inputs, Vars};
use super::output::{Output, OutputVars};
use super::record::{Read, Record, Surroundings};
use super::recorder::Recorder;
use super::rule::{Call, Op};
use crate::handle::GraphId;
use crate::program::{Function, Program, ProgramError, Rule, cotangent_of, tangent_of};
use crate::scalar::{Includes, Level, ScalarLevel};
use crate::shape::If;
use crate::tensor::{Dims, Type};
use core::marker::PhantomData;
use std::sync::Arc;

/// An op that a rule over `N` may record on handles `V`.
pub trait OpUnder<N: ScalarLevel, V: Vars>: Op<V::Shapes> {
    /// The result, which depends on the judgement: so rustc's message is short.
    type Recorded: Output;
}

#[diagnostic::do_not_recommend]
impl<O: Op<V::Shapes>, N: Includes<O::Level>, V: Vars> OpUnder<N, V> for O {
    type Recorded = If<N::Checked, O::Out>;
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records an operation: `r.record(my_op(x, y))`.
    ///
    /// # Panics
    /// If a handle belongs to another graph or rule.
    #[track_caller]
    pub fn record<
        O: OpUnder<N, V, Recorded: Output<Vars = H>>,
        V: Vars,
        H: OutputVars<Out = O::Recorded>,
    >(
        &self,
        call: Call<O, V>,
    ) -> H {
        let arguments = call.vars.ids(self.graph_id());
        let rules = RulesOf::<O, V::Shapes>::of(&call.op);
        let first = self.record_of().function(&rules.erased(), arguments);
        // The results of one instruction are consecutive, and an op has one.
        <O::Recorded as Output>::value_vars(self.graph_id(), first)
    }
}

impl Record {
    /// Another op recorded in the same surroundings, and called; its first result.
    #[track_caller]
    fn function(&self, rules: &Rules<'_>, mut arguments: Vec<usize>) -> usize {
        let recorded = Recorded::by(rules, &self.inside());
        arguments.extend(recorded.reads.iter().map(|read| self.use_of(read)));
        self.call(&recorded.function, &arguments)
    }
}

/// The rules of an op at fixed shapes, with the shapes as data. What is generic over shapes ends here.
pub(crate) struct Rules<'a> {
    pub name: &'static str,
    level: Level,
    x: fn() -> Vec<Dims>,
    y: fn() -> Vec<Type>,
    write: &'a dyn Write,
}

/// Handles that a rule returns, not yet checked.
type Handles = Vec<(GraphId, usize)>;

/// What the rules of an op write, by the ids of what they take: `x` is from 0 on.
trait Write {
    fn forward(&self, record: &Record) -> Handles;
    fn jvp(&self, record: &Record, y: usize, dx: usize) -> Handles;
    fn vjp(&self, record: &Record, y: usize, dy: usize) -> Vec<usize>;
}

/// An op and the shapes of its inputs.
pub(crate) struct RulesOf<'a, O, In>(&'a O, PhantomData<In>);

impl<'a, O: Op<In>, In: Inputs> RulesOf<'a, O, In> {
    pub(crate) fn of(op: &'a O) -> Self {
        RulesOf(op, PhantomData)
    }

    /// The shapes as data.
    pub(crate) fn erased(&self) -> Rules<'_> {
        Rules {
            name: O::NAME,
            level: O::Level::LEVEL,
            x: In::dims,
            y: O::Out::value_types,
            write: self,
        }
    }
}

impl<O: Op<In>, In: Inputs> Write for RulesOf<'_, O, In> {
    fn forward(&self, record: &Record) -> Handles {
        let x = In::Vars::starting_at(record.graph_id(), 0);
        O::Out::ids(self.0.forward(&Recorder::on(record), x))
    }

    fn jvp(&self, record: &Record, y: usize, dx: usize) -> Handles {
        let id = record.graph_id();
        let (x, dx) = (In::Vars::starting_at(id, 0), In::Vars::starting_at(id, dx));
        let y = O::Out::value_vars(id, y);
        O::Out::tangent_ids(self.0.jvp(&Recorder::on(record), x, y, dx))
    }

    fn vjp(&self, record: &Record, y: usize, dy: usize) -> Vec<usize> {
        let id = record.graph_id();
        let x = In::Vars::starting_at(id, 0);
        let (y, dy) = (O::Out::value_vars(id, y), O::Out::tangents(id, dy));
        self.0.vjp(&Recorder::on(record), x, y, dy).ids(id)
    }
}

/// An op recorded at fixed shapes.
pub(crate) struct Recorded {
    /// From its inputs, then the values that it reads, to its results.
    pub function: Arc<Function>,
    /// Which values around it reads.
    pub reads: Vec<Read>,
}

impl Recorded {
    /// Records an op.
    #[track_caller]
    pub(crate) fn of<O: Op<In>, In: Inputs>(op: &O, surroundings: &Surroundings) -> Self {
        Self::by(&RulesOf::<O, In>::of(op).erased(), surroundings)
    }

    /// Records an op, and the derivatives that it writes. If it writes one of the two, the other is that of its body.
    #[track_caller]
    pub(crate) fn by(rules: &Rules<'_>, surroundings: &Surroundings) -> Self {
        let x: Vec<Type> = (rules.x)().into_iter().map(Type::scalar).collect();
        let (n, y) = (x.len(), (rules.y)());
        let dy: Vec<Type> = y.iter().filter(|ty| ty.is_scalar()).cloned().collect();
        let record = |more: &[Type]| {
            let inputs = [x.as_slice(), more].concat();
            Record::new(rules.name, rules.level, &inputs, surroundings.clone())
        };

        let body = record(&[]);
        let value = body.ids(rules.write.forward(&body));
        let jvp = record(&[y.as_slice(), &x].concat());
        let tangent = jvp.ids(rules.write.jvp(&jvp, n, n + y.len()));
        let vjp = record(&[y.as_slice(), &dy].concat());
        let cotangents = rules.write.vjp(&vjp, n, n + y.len());

        // All of them take the values that one of them reads.
        let mut reads = body.reads();
        if !(jvp.is_derived() && vjp.is_derived()) {
            reads.extend(jvp.reads());
            reads.extend(vjp.reads());
            let place = |read: &Read| (read.graph_id, read.id);
            reads.sort_by_key(place);
            reads.dedup_by_key(|read| place(read));
        }
        let written = (!jvp.is_derived(), !vjp.is_derived());
        let body = body.finish(n, n, &reads, &value);
        let follows = |program: Result<Program, ProgramError>| match program {
            Ok(program) => program,
            Err(error) => unreachable!("a recorded program without a derivative: {error}"),
        };
        let rule = match written {
            (false, false) => None,
            (has_jvp, has_vjp) => Some(Rule {
                jvp: match has_jvp {
                    true => jvp.finish(n, 2 * n + y.len(), &reads, &tangent),
                    false => follows(tangent_of(&body)),
                },
                vjp: match has_vjp {
                    true => vjp.finish(n, n + y.len() + dy.len(), &reads, &cotangents),
                    false => follows(cotangent_of(&body)),
                },
            }),
        };
        Recorded {
            function: Function::new(rules.name, body, rule),
            reads,
        }
    }
}
