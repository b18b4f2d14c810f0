//! Recording an op: its rules as a function, and an op within the rule of another.

use super::inputs::{AnyVars, Inputs, Vars};
use super::output::{Output, OutputVars, Types};
use super::record::{Read, Record, Surroundings};
use super::recorder::Recorder;
use super::rule::{Call, Op};
use crate::handle::AnyVar;
use crate::program::{
    self, AnyKernel, Builder, Function, Program, ProgramError, Rule, TRANSFORM, cotangent_of,
    tangent_of,
};
use crate::scalar::{Includes, Level, ScalarLevel};
use crate::shape::If;
use crate::tensor::{Dims, Type};
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
        let first = self.record_of().function(Call::<O, V>::SIGNATURE, &call);
        // The results of one instruction are consecutive, and an op has one.
        <O::Recorded as Output>::value_vars(first.graph_id, first.id)
    }
}

impl Record {
    /// Another op recorded in the same surroundings, and called; its first result.
    #[track_caller]
    fn function(&self, signature: &Signature, rules: &dyn Rules) -> AnyVar {
        let mut arguments = self.ids_of(rules.vars());
        let recorded = Recorded::by(signature, rules, &self.inside());
        arguments.extend(recorded.reads.iter().map(|read| self.use_of(read)));
        self.handle(self.call(&recorded.function, &arguments))
    }
}

/// What an op is called, and what it takes and gives, as data. What is generic over shapes ends here.
pub(crate) struct Signature {
    pub name: &'static str,
    level: Level,
    x: &'static [&'static [usize]],
    y: Types,
}

/// An op wired at handles, with its rules at their shapes: what they write, by the ids of what they take. `x` is from 0 on.
/// What they return is added to a list, not yet checked.
pub(crate) trait Rules {
    fn vars(&self) -> &dyn AnyVars;
    fn forward(&self, record: &Record, y: &mut Vec<AnyVar>);
    fn jvp(&self, record: &Record, y: usize, dx: usize, dy: &mut Vec<AnyVar>);
    fn vjp(&self, record: &Record, y: usize, dy: usize, dx: &mut Vec<AnyVar>);
    /// For the value, and for the cotangents.
    fn kernels(&self) -> [Option<AnyKernel>; 2];
}

impl<O: Op<V::Shapes>, V: Vars> Call<O, V> {
    pub(crate) const SIGNATURE: &'static Signature = &Signature {
        name: O::NAME,
        level: O::Level::LEVEL,
        x: V::Shapes::DIMS,
        y: O::Out::TYPES,
    };
}

impl<O: Op<V::Shapes>, V: Vars> Rules for Call<O, V> {
    fn vars(&self) -> &dyn AnyVars {
        &self.vars
    }

    fn forward(&self, record: &Record, y: &mut Vec<AnyVar>) {
        let x = V::starting_at(record.graph_id(), 0);
        O::Out::push(self.op.forward(Recorder::on(record), x), y);
    }

    fn jvp(&self, record: &Record, y: usize, dx: usize, dy: &mut Vec<AnyVar>) {
        let id = record.graph_id();
        let (x, dx) = (V::starting_at(id, 0), V::starting_at(id, dx));
        let y = O::Out::value_vars(id, y);
        O::Out::push_tangents(self.op.jvp(Recorder::on(record), x, y, dx), dy);
    }

    fn vjp(&self, record: &Record, y: usize, dy: usize, dx: &mut Vec<AnyVar>) {
        let id = record.graph_id();
        let x = V::starting_at(id, 0);
        let (y, dy) = (O::Out::value_vars(id, y), O::Out::tangents(id, dy));
        self.op.vjp(Recorder::on(record), x, y, dy).push(dx);
    }

    fn kernels(&self) -> [Option<AnyKernel>; 2] {
        [self.op.kernel(), self.op.vjp_kernel()]
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
    /// Records the op of a call.
    #[track_caller]
    pub(crate) fn of<O: Op<V::Shapes>, V: Vars>(
        call: &Call<O, V>,
        surroundings: &Surroundings,
    ) -> Self {
        Self::by(Call::<O, V>::SIGNATURE, call, surroundings)
    }

    /// Records an op, and the derivatives that it writes. If it writes one of the two, the other is that of its body.
    #[track_caller]
    pub(crate) fn by(
        signature: &Signature,
        rules: &dyn Rules,
        surroundings: &Surroundings,
    ) -> Self {
        let x = signature.x.iter().map(|dims| Type::scalar(Dims::new(dims)));
        let x: Vec<Type> = x.collect();
        let (n, mut y) = (x.len(), Vec::new());
        signature.y.push_types(&mut y);
        let dy: Vec<Type> = y.iter().filter(|ty| ty.is_scalar()).cloned().collect();
        let record = |more: &[Type]| {
            let inputs = [x.as_slice(), more].concat();
            Record::new(
                signature.name,
                signature.level,
                &inputs,
                surroundings.clone(),
            )
        };
        let mut vars = Vec::new();

        let body = record(&[]);
        rules.forward(&body, &mut vars);
        let value = body.ids(&vars);
        let jvp = record(&[y.as_slice(), &x].concat());
        vars.clear();
        rules.jvp(&jvp, n, n + y.len(), &mut vars);
        let tangent = jvp.ids(&vars);
        let vjp = record(&[y.as_slice(), &dy].concat());
        vars.clear();
        rules.vjp(&vjp, n, n + y.len(), &mut vars);
        let cotangents = vjp.ids(&vars);

        // All of them take the values that one of them reads.
        let mut reads = body.reads();
        if !(jvp.is_derived() && vjp.is_derived()) {
            reads.extend(jvp.reads());
            reads.extend(vjp.reads());
            let place = |read: &Read| (read.graph_id, read.id);
            reads.sort_by_key(place);
            reads.dedup_by_key(|read| place(read));
        }
        let is_key = |read: &Read| matches!(read.ty, Type::Key(_));
        let [kernel, vjp_kernel] = match reads.iter().any(is_key) {
            true => [None, None],
            false => rules.kernels(),
        };
        let written = (!jvp.is_derived(), !vjp.is_derived());
        let body = body.finish(n, n, &reads, &value);
        let follows = |program: Result<Program, ProgramError>| match program {
            Ok(program) => program,
            Err(error) => unreachable!("a recorded program without a derivative: {error}"),
        };
        let rule = match written {
            (false, false) if vjp_kernel.is_none() => None,
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
        let rule = match (rule, vjp_kernel) {
            (Some(rule), Some(kernel)) => Some(Rule {
                vjp: follows(called(signature.name, rule.vjp, kernel)),
                ..rule
            }),
            (rule, _) => rule,
        };
        Recorded {
            function: Function::with_kernel(signature.name, body, rule, kernel),
            reads,
        }
    }
}

/// The cotangents as a call of a function with a kernel.
fn called(name: &str, vjp: Program, kernel: AnyKernel) -> Result<Program, ProgramError> {
    let mut b = Builder::new(&TRANSFORM);
    let inputs = vjp.inputs().iter().cloned();
    let inputs: Vec<usize> = inputs.map(|input| b.input(input)).collect();
    let name = format!("vjp of {name}");
    let call = program::Call {
        function: Function::with_kernel(&name, vjp, None, Some(kernel)),
        checkpoint: false,
    };
    let cotangents = b.push_all(call, &inputs)?;
    b.finish(&inputs, &cotangents)
}
