//! Recording an op: its rules as a function, and an op within the rule of another.

use super::inputs::{Inputs, Vars};
use super::output::{Output, OutputVars};
use super::recorder::{Read, Recorder, Surroundings};
use super::rule::{Call, Op};
use crate::handle::GraphId;
use crate::program::{Function, Program, ProgramError, Rule, cotangent_of, tangent_of};
use crate::scalar::{Includes, ScalarLevel};
use crate::shape::If;
use crate::tensor::Type;
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
    /// Another op recorded in the same surroundings, as a function: and the values that it reads.
    #[track_caller]
    pub(crate) fn function<O: Op<In>, In: Inputs>(&self, op: &O) -> (Arc<Function>, Vec<usize>) {
        let recorded = Recorded::of(op, &self.inside());
        let reads = recorded
            .reads
            .iter()
            .map(|read| self.use_of(read))
            .collect();
        (recorded.function, reads)
    }

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
        let mut arguments = call.vars.ids(self.graph_id());
        let (function, reads) = self.function::<O, V::Shapes>(&call.op);
        arguments.extend(reads);
        let first = self.call(&function, &arguments);
        // The results of one instruction are consecutive, and an op has one.
        <O::Recorded as Output>::value_vars(self.graph_id(), first)
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
    /// Records an op, and the derivatives that it writes. If it writes one of the two, the other is that of its body.
    #[track_caller]
    pub(crate) fn of<O: Op<In>, In: Inputs>(op: &O, surroundings: &Surroundings) -> Self {
        let x: Vec<Type> = In::dims().into_iter().map(Type::scalar).collect();
        let n = x.len();
        let y = O::Out::value_types();
        let dy: Vec<Type> = y.iter().filter(|ty| ty.is_scalar()).cloned().collect();
        let recorder = |more: &[Type]| {
            let inputs = [x.as_slice(), more].concat();
            Recorder::<O::Level>::new(O::NAME, &inputs, surroundings.clone())
        };
        let own = |r: &Recorder<O::Level>| In::Vars::starting_at(r.graph_id(), 0);
        let ids = |r: &Recorder<O::Level>, ids: Vec<(GraphId, usize)>| -> Vec<usize> {
            for (graph_id, _) in &ids {
                r.graph_id().demand(*graph_id);
            }
            ids.into_iter().map(|(_, id)| id).collect()
        };

        let body = recorder(&[]);
        let value = ids(&body, O::Out::ids(op.forward(&body, own(&body))));

        let jvp = recorder(&[y.as_slice(), &x].concat());
        let (of_y, dx) = (
            O::Out::value_vars(jvp.graph_id(), n),
            In::Vars::starting_at(jvp.graph_id(), n + y.len()),
        );
        let tangent = O::Out::tangent_ids(op.jvp(&jvp, own(&jvp), of_y, dx));
        let tangent = ids(&jvp, tangent);

        let vjp = recorder(&[y.as_slice(), &dy].concat());
        let (of_y, of_dy) = (
            O::Out::value_vars(vjp.graph_id(), n),
            O::Out::tangents(vjp.graph_id(), n + y.len()),
        );
        let out = op.vjp(&vjp, own(&vjp), of_y, of_dy);
        let cotangents = out.ids(vjp.graph_id());

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
            function: Function::new(O::NAME, body, rule),
            reads,
        }
    }
}
