//! The laws of one node, as identities between the results of its programs: what certifies a node, and what a proof of
//! a graph begins with.

use super::chosen::Chosen;
use super::draws::with_draws;
use super::environments::ENVIRONMENTS;
use super::equations::{self, Equations};
use super::method::{Method, Shown};
use super::proof_scalar::{ProofScalar, names, variables};
use super::soundness_error::of_node;
use crate::counterexample::{Counterexample, Verdict};
use crate::program::{Function, Program, ProgramError, rules_of, with_spread_masks};
use crate::scalar::{Agreement, Dual};
use crate::tensor::{AnyTensor, Dims, Position, Type, Value, dot};
use fastrand::Rng;

/// How many products of monomials one proof by normal forms may take, before random points are used instead.
pub(crate) const FUEL: u64 = 200_000;

/// How many random points stand in for a proof by normal forms.
pub(crate) const POINTS: usize = 3;

/// The laws of a function, a node alone: its JVP is the derivative of its value, and its VJP is the adjoint of its JVP.
struct Laws<'l> {
    function: &'l Function,
    place: &'l str,
    /// Those entries of the environment that it takes; tensors among them are indeterminates as its other inputs.
    entries: &'l [Chosen],
}

impl Equations for Laws<'_> {
    fn check<A: ProofScalar>(&self, rng: &mut Rng) -> Result<Option<usize>, Counterexample> {
        let entries: Vec<Value<A>> = self.entries.iter().filter_map(Chosen::value).collect();
        check::<A>(self.function, self.place, &entries, rng)
    }
    fn place(&self) -> String {
        self.place.to_owned()
    }
    fn soundness_error(&self) -> Result<f64, Counterexample> {
        of_node(self.function)
    }
}

impl Laws<'_> {
    fn show(&self, exact: bool) -> Result<Shown, Counterexample> {
        let rng = &mut Rng::with_seed(0xc07a);
        equations::show(self, exact.then_some(FUEL), POINTS, rng)
    }
}

/// Shows the laws of a function.
pub(crate) fn show(
    function: &Function,
    place: &str,
    entries: &[Chosen],
    exact: bool,
) -> Result<Shown, Counterexample> {
    let laws = Laws {
        function,
        place,
        entries,
    };
    with_spread_masks(&written(function), || laws.show(exact))
        .map_err(|error| equations::explained(&laws, error))
}

/// [`show`] in the environment of a number, after those before it; `exactly` is whether their normal forms were small.
pub(crate) fn show_in(
    number: usize,
    function: &Function,
    place: &str,
    entries: &[Chosen],
    exactly: &mut bool,
) -> Result<Shown, Counterexample> {
    let shown = with_draws(number as u64, || match *exactly || number < ENVIRONMENTS {
        true => show(function, place, entries, *exactly),
        false => show_at_one_point(function, place, entries),
    })?;
    // The normal forms of the next are as large.
    *exactly &= shown.method == Method::NormalForms;
    Ok(shown)
}

/// [`show`] at one point modulo the prime: for a node that was shown in other environments at more of them.
fn show_at_one_point(
    function: &Function,
    place: &str,
    entries: &[Chosen],
) -> Result<Shown, Counterexample> {
    let laws = Laws {
        function,
        place,
        entries,
    };
    let rng = &mut Rng::with_seed(0xc07b);
    with_spread_masks(&written(function), || equations::show(&laws, None, 1, rng))
        .map_err(|error| equations::explained(&laws, error))
}

/// The programs of a function that an op wrote.
fn written(function: &Function) -> Vec<&Program> {
    let rule = function.rule().into_iter();
    let rules = rule.flat_map(|rule| [&rule.jvp, &rule.vjp]);
    rules.chain([function.body()]).collect()
}

/// Whether the laws of a function hold: [`show`] without words for a refusal, which take as long as a proof.
pub(crate) fn hold(function: &Function, place: &str, entries: &[Chosen], exact: bool) -> bool {
    let laws = Laws {
        function,
        place,
        entries,
    };
    with_spread_masks(&written(function), || laws.show(exact)).is_ok()
}

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

/// The laws of a function over one scalar; how many identities there are, or `None` where a value is not defined.
fn check<A: ProofScalar>(
    function: &Function,
    place: &str,
    entries: &[Value<A>],
    rng: &mut Rng,
) -> Result<Option<usize>, Counterexample> {
    let rules = rules_of(function)?;
    let (body, jvp, vjp) = (function.body(), &rules.programs[0], &rules.programs[1]);
    let scalars: Vec<Dims> = body
        .input_types()
        .iter()
        .filter(|ty| ty.is_scalar())
        .map(|ty| ty.dims().clone())
        .collect();
    let named = names("x", scalars.len());
    let mut list = |prefix: &str| -> Vec<AnyTensor<A>> {
        let named = scalars.iter().zip(&named);
        named
            .map(|(dims, name)| variables(&format!("{prefix}{name}"), dims, rng))
            .collect()
    };
    let (x, dx) = (list(""), list("d"));
    let outputs = body.run(&inputs_of(body, &x, entries))?;
    // The rules take the results, too: labels and keys among them after the entries.
    let is_tensor = |value: &&Value<A>| matches!(value, Value::Scalar(_));
    let (y, others): (Vec<_>, Vec<_>) = outputs.iter().partition(is_tensor);
    let given: Vec<Value<A>> = entries.iter().chain(others).cloned().collect();
    let y: Vec<AnyTensor<A>> = y.into_iter().filter_map(Value::tensor).cloned().collect();
    let undefined = |x: &A| x.agreement(x) == Agreement::Undefined;
    if y.iter().any(|y| y.as_slice().iter().any(undefined)) {
        return Ok(None);
    }
    let named_y = names("y", y.len());
    let run = |program: &Program,
               scalars: &[&[AnyTensor<A>]]|
     -> Result<Vec<AnyTensor<A>>, ProgramError> {
        let outputs = program.run(&inputs_of(program, &scalars.concat(), &given))?;
        Ok(outputs.into_iter().filter_map(Value::into_tensor).collect())
    };
    let named_dy = y.iter().zip(&named_y);
    let dy: Vec<AnyTensor<A>> = named_dy
        .map(|(y, name)| variables(&format!("d{name}"), y.dims(), rng))
        .collect();
    let tangent_along = |dx: &[AnyTensor<A>]| -> Result<Vec<AnyTensor<A>>, ProgramError> {
        run(jvp, &[&x, &y, dx])
    };

    // The JVP is the derivative: forward mode by dual numbers gives the same tangent.
    let tangents = tangent_along(&dx)?;
    let duals: Vec<_> = x.iter().zip(&dx).map(|(x, dx)| zipped(x, dx)).collect();
    let dual_entries: Vec<Value<Dual<A>>> = entries.iter().filter_map(Value::over).collect();
    let duals = body.run(&inputs_of(body, &duals, &dual_entries))?;
    let duals = duals.iter().filter_map(Value::tensor);
    for ((dual, tangent), name) in duals.zip(&tangents).zip(&named_y) {
        let dims = tangent.dims();
        for (at, (dual, tangent)) in dual.as_slice().iter().zip(tangent.as_slice()).enumerate() {
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
    let cotangents = run(vjp, &[&x, &y, &dy])?;
    let (left, right) = (dot(&tangents, &dy), dot(&dx, &cotangents));
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
                let direction: Vec<_> = scalars
                    .iter()
                    .enumerate()
                    .map(|(j, dims)| unit(j, dims))
                    .collect();
                let expected = dot(&tangent_along(&direction)?, &dy);
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
    along_zero(
        "jvp_is_the_derivative",
        place,
        "tangent",
        &tangent_along(&zeros(&dx))?,
    )?;
    along_zero(
        "adjointness",
        place,
        "cotangent",
        &run(vjp, &[&x, &y, &zeros(&dy)])?,
    )?;
    let elements = |all: &[AnyTensor<A>]| all.iter().map(|x| x.as_slice().len()).sum::<usize>();
    Ok(Some(elements(&y) + elements(&x)))
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
