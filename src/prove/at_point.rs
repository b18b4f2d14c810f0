//! The laws of a function at a point: its JVP is the derivative of its value, and its VJP the adjoint of its JVP.

use super::proof_scalar::{ProofScalar, names, variables};
use super::uses_draws::drawn_in;
use crate::counterexample::{Counterexample, Verdict};
use crate::program::{Derived, Function, Program, ProgramError, rules_of};
use crate::run::Staged;
use crate::scalar::{Agreement, Dual, Semiring};
use crate::tensor::{AnyTensor, Dims, Position, Type, Value, dot, only_tensors};
use fastrand::Rng;
use std::sync::Arc;

/// What a function takes: scalars and entries, each where its inputs have them.
pub(crate) fn inputs_of<A: Clone>(
    program: &Program,
    scalars: &[AnyTensor<A>],
    entries: &[Value<A>],
) -> Vec<Value<A>> {
    let (mut scalars, mut entries) = (
        scalars.iter().cloned().map(Value::Scalar),
        entries.iter().cloned(),
    );
    let input = |ty: &Type| match ty.is_scalar() {
        true => scalars.next(),
        false => entries.next(),
    };
    program.input_types().iter().filter_map(input).collect()
}

/// What the laws of a function compare at a point. What neither labels nor draws decide is computed once.
pub(super) struct AtPoint<'p, A> {
    programs: &'p Programs<'p>,
    x: Vec<AnyTensor<A>>,
    dx: Vec<AnyTensor<A>>,
    dy: Vec<AnyTensor<A>>,
    duals: Vec<AnyTensor<Dual<A>>>,
    zeros: [Vec<AnyTensor<A>>; 2],
    value: Staged<'p, A>,
    dual: Staged<'p, Dual<A>>,
    tangent: Staged<'p, A>,
    cotangents: Staged<'p, A>,
    /// Along 0.
    no_tangent: Staged<'p, A>,
    no_cotangents: Staged<'p, A>,
}

/// A function with its rules.
pub(super) struct Programs<'p> {
    place: &'p str,
    body: &'p Program,
    rules: Arc<Derived>,
}

impl<'p> Programs<'p> {
    pub(super) fn of(function: &'p Function, place: &'p str) -> Result<Self, ProgramError> {
        let (body, rules) = (function.body(), rules_of(function)?);
        Ok(Programs { place, body, rules })
    }

    fn jvp(&self) -> &Program {
        &self.rules.programs[0]
    }

    fn vjp(&self) -> &Program {
        &self.rules.programs[1]
    }

    /// Names for what it takes, and for what it gives.
    fn names(&self) -> [Vec<String>; 2] {
        let [x, y] = self.dims();
        [names("x", x.len()), names("y", y.len())]
    }

    /// The dims of the tensors that it takes, and of those that it gives.
    fn dims(&self) -> [Vec<Dims>; 2] {
        let dims = |types: &[Type]| -> Vec<Dims> {
            let tensors = types.iter().filter(|ty| ty.is_scalar());
            tensors.map(|ty| ty.dims().clone()).collect()
        };
        [
            dims(self.body.input_types()),
            dims(&self.body.output_types()),
        ]
    }
}

/// A program where the tensors that it takes are there already, or, where there is none, are decided by entries.
fn staged<'p, A: Semiring>(
    program: &'p Program,
    tensors: &[&[Option<AnyTensor<A>>]],
) -> Result<Staged<'p, A>, ProgramError> {
    let mut tensors = tensors.iter().copied().flatten().cloned();
    let input = |ty: &Type| match ty.is_scalar() {
        true => tensors.next().flatten().map(Value::Scalar),
        false => None,
    };
    let inputs = program.input_types().iter().map(input).collect();
    Staged::new(program, inputs, drawn_in(program))
}

fn some<A>(tensors: &[AnyTensor<A>]) -> Vec<Option<AnyTensor<A>>> {
    tensors.iter().cloned().map(Some).collect()
}

impl<'p, A: ProofScalar> AtPoint<'p, A> {
    /// At variables that are made with this generator.
    ///
    /// # Errors
    /// What does not run.
    pub(super) fn new(programs: &'p Programs<'p>, rng: &mut Rng) -> Result<Self, ProgramError> {
        let [named, named_y] = programs.names();
        let [x, y] = programs.dims();
        let mut list = |prefix: &str, named: &[String], dims: &[Dims]| -> Vec<AnyTensor<A>> {
            let named = named.iter().zip(dims);
            let tensor = named.map(|(name, dims)| variables(&format!("{prefix}{name}"), dims, rng));
            tensor.collect()
        };
        let (x, dx) = (list("", &named, &x), list("d", &named, &x));
        let dy = list("d", &named_y, &y);
        let duals: Vec<_> = x.iter().zip(&dx).map(|(x, dx)| zipped(x, dx)).collect();
        let zeros = [zeros(&dx), zeros(&dy)];
        let y = vec![None; dy.len()];
        let at = some(&x);
        let (jvp, vjp) = (programs.jvp(), programs.vjp());
        Ok(AtPoint {
            value: staged(programs.body, &[&at])?,
            dual: staged(programs.body, &[&some(&duals)])?,
            tangent: staged(jvp, &[&at, &y, &some(&dx)])?,
            cotangents: staged(vjp, &[&at, &y, &some(&dy)])?,
            no_tangent: staged(jvp, &[&at, &y, &some(&zeros[0])])?,
            no_cotangents: staged(vjp, &[&at, &y, &some(&zeros[1])])?,
            programs,
            x,
            dx,
            dy,
            duals,
            zeros,
        })
    }

    /// How many identities there are with these entries; `None` where a value is not defined.
    ///
    /// # Errors
    /// The first that does not hold.
    pub(super) fn check(&self, entries: &[Value<A>]) -> Result<Option<usize>, Counterexample> {
        let Programs { place, body, .. } = *self.programs;
        let (x, dx, dy) = (&self.x, &self.dx, &self.dy);
        let [named, named_y] = self.programs.names();
        let outputs = self.value.run(inputs_of(body, x, entries))?;
        // The rules take the results, too: labels and keys among them after the entries.
        let is_tensor = |value: &&Value<A>| matches!(value, Value::Scalar(_));
        let (y, others): (Vec<_>, Vec<_>) = outputs.iter().partition(is_tensor);
        let given: Vec<Value<A>> = entries.iter().chain(others).cloned().collect();
        let y: Vec<AnyTensor<A>> = y.into_iter().filter_map(Value::tensor).cloned().collect();
        let undefined = |x: &A| x.agreement(x) == Agreement::Undefined;
        if y.iter().any(|y| y.as_slice().iter().any(undefined)) {
            return Ok(None);
        }
        let run = |staged: &Staged<'_, A>, program: &Program, changes: &[AnyTensor<A>]| {
            let scalars = [x.as_slice(), &y, changes].concat();
            staged
                .run(inputs_of(program, &scalars, &given))
                .map(only_tensors)
        };
        let (jvp, vjp) = (self.programs.jvp(), self.programs.vjp());
        let tangent_along = |dx: &[AnyTensor<A>]| -> Result<Vec<AnyTensor<A>>, ProgramError> {
            let scalars = [x.as_slice(), &y, dx].concat();
            jvp.run(&inputs_of(jvp, &scalars, &given)).map(only_tensors)
        };

        // The JVP is the derivative: forward mode by dual numbers gives the same tangent.
        let tangents = run(&self.tangent, jvp, dx)?;
        let dual_entries: Vec<Value<Dual<A>>> = entries.iter().filter_map(Value::over).collect();
        let duals = self.dual.run(inputs_of(body, &self.duals, &dual_entries))?;
        let duals = duals.iter().filter_map(Value::tensor);
        for ((dual, tangent), name) in duals.zip(&tangents).zip(&named_y) {
            let dims = tangent.dims();
            for (at, (dual, tangent)) in dual.as_slice().iter().zip(tangent.as_slice()).enumerate()
            {
                match dual.tangent.agreement(tangent) {
                    Agreement::Equal => {}
                    Agreement::Undefined => return Ok(None),
                    Agreement::Differ => {
                        let of = match named_y.len() {
                            1 => String::new(),
                            _ => format!(" of {name}"),
                        };
                        let place = format!("{place}, the tangent{of}{}", Position { dims, at });
                        let law = "jvp_is_the_derivative";
                        return Err(Counterexample::new(law, place, &dual.tangent, tangent));
                    }
                }
            }
        }

        // The VJP is its adjoint.
        let cotangents = run(&self.cotangents, vjp, dy)?;
        let (left, right) = (dot(&tangents, dy), dot(dx, &cotangents));
        let agreement = left.agreement(&right);
        if agreement == Agreement::Undefined {
            return Ok(None);
        }
        if agreement == Agreement::Differ {
            // Position by entry, to say where.
            for (i, cotangent) in cotangents.iter().enumerate() {
                for (at, got) in cotangent.as_slice().iter().enumerate() {
                    let unit = |j: usize, dims: &Dims| {
                        let is_it = |k| match (i, at) == (j, k) {
                            true => A::one(),
                            false => A::zero(),
                        };
                        AnyTensor::from_parts(dims.clone(), (0..dims.count()).map(is_it).collect())
                    };
                    let direction = x.iter().enumerate();
                    let direction: Vec<_> = direction.map(|(j, x)| unit(j, x.dims())).collect();
                    let expected = dot(&tangent_along(&direction)?, dy);
                    if expected.agreement(got) == Agreement::Differ {
                        let entry = Position {
                            dims: cotangent.dims(),
                            at,
                        };
                        let place = format!("{place}, the cotangent of {}{entry}", named[i]);
                        return Err(Counterexample::new("adjointness", place, expected, got));
                    }
                }
            }
            return Err(Counterexample::new("adjointness", place, left, right));
        }
        let [no_change, no_seed] = &self.zeros;
        along_zero(
            "jvp_is_the_derivative",
            place,
            "tangent",
            &run(&self.no_tangent, jvp, no_change)?,
        )?;
        along_zero(
            "adjointness",
            place,
            "cotangent",
            &run(&self.no_cotangents, vjp, no_seed)?,
        )?;
        let elements = |all: &[AnyTensor<A>]| all.iter().map(|x| x.as_slice().len()).sum::<usize>();
        Ok(Some(elements(&y) + elements(x)))
    }
}

fn zipped<A: ProofScalar>(x: &AnyTensor<A>, dx: &AnyTensor<A>) -> AnyTensor<Dual<A>> {
    let pairs = x.as_slice().iter().zip(dx.as_slice());
    let duals = pairs
        .map(|(x, dx)| Dual::new(x.clone(), dx.clone()))
        .collect();
    AnyTensor::from_parts(x.dims().clone(), duals)
}

/// A zero for each of these.
fn zeros<A: ProofScalar>(all: &[AnyTensor<A>]) -> Vec<AnyTensor<A>> {
    let zero = |x: &AnyTensor<A>| {
        AnyTensor::from_parts(x.dims().clone(), vec![A::zero(); x.dims().count()])
    };
    all.iter().map(zero).collect()
}

/// That what a rule gives along 0 is 0. Linear rules give it; one that divides by what it should be linear in gives no number.
fn along_zero<A: ProofScalar>(
    law: &'static str,
    place: &str,
    what: &str,
    results: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    let mut elements = results.iter().flat_map(AnyTensor::as_slice);
    let Some(got) = elements.find(|x| x.agreement(&A::zero()) != Agreement::Equal) else {
        return Ok(());
    };
    let place = format!("{place}, the {what} along 0");
    let error = Counterexample::new(law, place, A::zero(), got);
    Err(match got.agreement(got) {
        Agreement::Undefined => error.with_verdict(Verdict::Undefined),
        Agreement::Equal | Agreement::Differ => error,
    })
}
