//! Proof that two programs compute the same: what a pass has to leave as it was.

use super::batch_cases::draw;
use super::choices::with_equal_choices;
use super::conditions::noting;
use super::drawn_environments::ENVIRONMENTS;
use super::draws::{Draws, begin_run};
use super::environments::LARGE_ENVIRONMENTS;
use super::function_laws::{FUEL, POINTS};
use super::method::{Method, Shown};
use super::soundness_error::of_programs;
use super::special::{Float, inputs, rounds, same_bits};
use super::term::with_fuel;
use super::uses_draws::uses_draws;
use super::{Oracle, Proof, ProofScalar, Term};
use crate::counterexample::Counterexample;
use crate::lean::Environments;
use crate::program::Program;
use crate::program::with_spread_masks;
use crate::scalar::{Agreement, Sample};
use crate::tensor::{AnyTensor, Position, Type, Value};

const TERMS: &str = "programs_are_equal";
const BITS: &str = "programs_are_equal_bit_for_bit";
const TYPES: &str = "programs_have_equal_types";

/// How many points are tried for one that is defined.
const TRIES: usize = 4;

/// Shows that a program computes what another does, from the same inputs: that a pass, such as [`simplify`], changes no
/// result.
///
/// - `programs_have_equal_types`: they take and give values of the same types, and the second asks for no more of the scalar;
/// - `programs_are_equal`: on indeterminates the results have the same normal forms, so they are equal for every input over
///   every scalar that has the operations. Where normal forms are too large, at random points modulo a prime, as in
///   [`prove`](super::prove). Labels, keys and computed labels are drawn, 32 times;
/// - `programs_are_equal_bit_for_bit`: over `f64` and `f32` the bits are the same, at inputs of zeros of both signs,
///   infinities, NaN, the least and the largest numbers, each with each, and of ordinary numbers. A NaN equals a NaN: their
///   payloads are not compared.
///
/// The second program may have results where the first has none, such as after a division by 0 that no output needs, and in
/// the first `select(c, x, x)` may be `x`, whatever `c` is. An element that is undefined in one of them all the same is refused;
/// one that is undefined in both, such as a literal NaN, is compared by the bits alone.
///
/// # Errors
/// The first law that does not hold: its name, the element, and the two results. Programs without an element in their outputs
/// are refused: there is nothing to show.
///
/// ```
/// use cotangent::program::{Program, simplify};
/// use cotangent::prove::prove_equal;
/// let program = |line: &str| format!("cotangent program 1\n%0: [2]\n%1: [2]\n{line}\n").parse::<Program>();
/// let twice = program("%2 [2] = neg %0\n%3 [2] = neg %2\n%4 [2] = mul %3 %1\nreturn %4")?;
/// assert!(prove_equal(&twice, &simplify(&twice))?.is_exact());
/// // Equal over every field, and not at an infinity.
/// let none = program("%2 [2] = sub %0 %0\nreturn %2")?;
/// let error = prove_equal(&none, &program("%2 [2] = full([2], 0)\nreturn %2")?).unwrap_err();
/// assert_eq!(error.law, "programs_are_equal_bit_for_bit");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`simplify`]: crate::program::simplify
pub fn prove_equal(program: &Program, other: &Program) -> Result<Proof, Counterexample> {
    proof(program, other, true)
}

/// [`prove_equal`] without the bits: for what adds in another order, as the derivative of a simplified program does.
///
/// # Errors
/// As [`prove_equal`].
///
/// ```
/// use cotangent::program::Program;
/// use cotangent::prove::{prove_equal, prove_equal_up_to_rounding};
/// let program = |line: &str| format!("cotangent program 1\n%0: [2]\n%1: [2]\n{line}\n").parse::<Program>();
/// let one = program("%2 [2] = add %0 %1\n%3 [2] = add %2 %0\nreturn %3")?;
/// let other = program("%2 [2] = add %1 %0\n%3 [2] = add %0 %0\n%4 [2] = add %3 %1\nreturn %4")?;
/// assert!(prove_equal_up_to_rounding(&one, &other).is_ok());
/// assert!(prove_equal(&one, &other).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prove_equal_up_to_rounding(
    program: &Program,
    other: &Program,
) -> Result<Proof, Counterexample> {
    proof(program, other, false)
}

/// [`prove_equal`] for a law that says that two programs are equal; its refusals are those of that law.
pub(super) fn equal_by(
    law: &'static str,
    program: &Program,
    other: &Program,
) -> Result<Proof, Counterexample> {
    by(law, proof(program, other, true))
}

/// The same, up to rounding.
pub(super) fn equal_up_to_rounding_by(
    law: &'static str,
    program: &Program,
    other: &Program,
) -> Result<Proof, Counterexample> {
    by(law, proof(program, other, false))
}

fn by(law: &'static str, proof: Result<Proof, Counterexample>) -> Result<Proof, Counterexample> {
    match proof {
        Ok(proof) => Ok(Proof {
            laws: [&[law], proof.laws.as_slice()].concat(),
            ..proof
        }),
        Err(error) => Err(Counterexample {
            law,
            place: format!("{}, by `{}`", error.place, error.law),
            ..error
        }),
    }
}

fn proof(program: &Program, other: &Program, bits: bool) -> Result<Proof, Counterexample> {
    same_types(program, other)?;
    let types = program.input_types();
    let drawn = uses_draws(program) || uses_draws(other);
    let draws = drawn || types.iter().any(|ty| !ty.is_scalar());
    let environments = if draws { ENVIRONMENTS } else { 1 };
    let rng = &mut fastrand::Rng::with_seed(0xe9a1);
    let mut sets = Draws::new();
    let (mut total, mut exact, mut tried): (Option<Shown>, bool, usize) = (None, true, 0);
    while tried < environments && (exact || drawn || tried < LARGE_ENVIRONMENTS) {
        let set = tried as u64;
        let shown = sets.in_set(set, || {
            with_spread_masks(&[program, other], || {
                on_indeterminates(program, other, exact, rng)
            })
        })?;
        tried += 1;
        // Where normal forms are too large once, they are not tried again.
        exact &= shown
            .as_ref()
            .is_none_or(|shown| shown.method == Method::NormalForms);
        total = match (total, shown) {
            (Some(total), Some(shown)) => Some(total.and(shown)),
            (total, shown) => total.or(shown),
        };
    }
    let floats = match bits {
        true => over_floats(program, other)?,
        false => 0,
    };
    let mut laws = vec![TYPES];
    if total.as_ref().is_some_and(|shown| shown.identities > 0) {
        laws.push(TERMS);
    }
    if floats > 0 {
        laws.push(BITS);
    }
    let shown = total.unwrap_or_else(Shown::nothing);
    let identities = shown.identities + floats;
    if identities == 0 {
        let got = "none: nothing would be shown";
        return Err(Counterexample::new(TERMS, "the outputs", "an element", got));
    }
    let inputs = types.iter().filter(|ty| ty.is_scalar());
    Ok(Proof {
        graph: "program".to_owned(),
        inputs: inputs.map(|ty| ty.dims().clone()).collect(),
        laws,
        identities,
        level: program.level(),
        environments: match draws {
            true => Environments::Some { tried },
            false => Environments::Independent,
        },
        drawn,
        method: shown.method,
        conditions: shown.conditions.texts(),
    })
}

/// That two lists of types are one.
pub(super) fn same_list(
    law: &'static str,
    place: &str,
    expected: &[Type],
    got: &[Type],
) -> Result<(), Counterexample> {
    let text = |types: &[Type]| -> String {
        let types: Vec<_> = types.iter().map(ToString::to_string).collect();
        types.join(", ")
    };
    match expected == got {
        true => Ok(()),
        false => Err(Counterexample::new(law, place, text(expected), text(got))),
    }
}

/// The types of both, and the level of the tower.
fn same_types(program: &Program, other: &Program) -> Result<(), Counterexample> {
    let (outputs, others) = (program.output_types(), other.output_types());
    let pairs = [
        ("the inputs", program.input_types(), other.input_types()),
        ("the outputs", outputs.as_slice(), others.as_slice()),
    ];
    for (place, expected, got) in pairs {
        same_list(TYPES, place, expected, got)?;
    }
    match other.level() <= program.level() {
        true => Ok(()),
        false => {
            let [expected, got] = [program, other].map(|program| format!("{:?}", program.level()));
            Err(Counterexample::new(
                TYPES,
                "the level of the scalar",
                expected,
                got,
            ))
        }
    }
}

/// By normal forms, or at random points; `None` if the program has no result at any point.
fn on_indeterminates(
    program: &Program,
    other: &Program,
    exact: bool,
    rng: &mut fastrand::Rng,
) -> Result<Option<Shown>, Counterexample> {
    if exact {
        let (exactly, notes) = noting(|| with_fuel(FUEL, || at_point::<Term>(program, other, rng)));
        if let Ok(result) = exactly
            && let Some(identities) = result?
        {
            return Ok(Some(Shown {
                identities,
                method: Method::NormalForms,
                conditions: notes.conditions,
            }));
        }
    }
    let (mut points, mut total) = (0, Shown::nothing());
    for _ in 0..POINTS + TRIES {
        if points == POINTS {
            break;
        }
        let (shown, notes) = noting(|| at_point::<Oracle>(program, other, rng));
        if let Some(identities) = shown? {
            points += 1;
            total.identities = identities;
            total.conditions = total.conditions.and(notes.conditions);
        }
    }
    total.method = Method::Modulo {
        points,
        soundness_error: of_programs(program, 1, other).powi(points as i32),
    };
    Ok((points > 0).then_some(total))
}

/// How many results are equal at a point; `None` if the program has none there.
fn at_point<A: ProofScalar>(
    program: &Program,
    other: &Program,
    rng: &mut fastrand::Rng,
) -> Result<Option<usize>, Counterexample> {
    begin_run();
    let Some(inputs) = draw::<A>(program.input_types(), rng) else {
        return Ok(None);
    };
    let Ok(expected) = program.run(&inputs) else {
        return Ok(None);
    };
    let Ok(chosen) = with_equal_choices(|| program.run(&inputs)) else {
        return Ok(None);
    };
    let got = other.run(&inputs);
    let got = got.map_err(|error| Counterexample::new(TERMS, "the program", "a result", error))?;
    let mut identities = 0;
    for (i, (expected, got)) in expected.iter().zip(&got).enumerate() {
        // What the second leaves undefined as the first does is not asked for; where it has a result, it may be by a choice
        // between two equal values.
        let expected = where_defined(expected, &chosen[i], got);
        identities += equal(&format!("output {i}"), &expected, got)?;
    }
    Ok(Some(identities))
}

/// A result, with what the choices between equal values give of it in the elements that are defined in `got`.
fn where_defined<A: Sample>(expected: &Value<A>, chosen: &Value<A>, got: &Value<A>) -> Value<A> {
    let (Value::Scalar(strict), Value::Scalar(chosen), Value::Scalar(got)) =
        (expected, chosen, got)
    else {
        return chosen.clone();
    };
    let defined = |x: &A| x.agreement(x) != Agreement::Undefined;
    let each = strict.as_slice().iter().zip(chosen.as_slice());
    let each = each.zip(got.as_slice());
    let data: Vec<A> = each
        .map(|((strict, chosen), got)| if defined(got) { chosen } else { strict }.clone())
        .collect();
    match data.len() == strict.as_slice().len() {
        true => {
            AnyTensor::new(strict.dims(), data).map_or_else(|_| expected.clone(), Value::Scalar)
        }
        // Of other dims, which is said of the whole.
        false => expected.clone(),
    }
}

/// How many elements of two results are equal and defined.
fn equal<A: Sample>(place: &str, x: &Value<A>, y: &Value<A>) -> Result<usize, Counterexample> {
    let refuse = |place: &str, x: String, y: String| Err(Counterexample::new(TERMS, place, x, y));
    let same = match (x, y) {
        (Value::Scalar(x), Value::Scalar(y)) if x.dims() == y.dims() => {
            let mut defined = 0;
            for (at, (a, b)) in x.as_slice().iter().zip(y.as_slice()).enumerate() {
                let undefined = [a, b].map(|x| x.agreement(x) == Agreement::Undefined);
                let agree = match undefined {
                    [true, true] => continue,
                    [false, false] => a.agreement(b) == Agreement::Equal,
                    [true, false] | [false, true] => false,
                };
                if !agree {
                    let place = format!("{place}{}", Position { dims: x.dims(), at });
                    return refuse(&place, a.to_string(), b.to_string());
                }
                defined += 1;
            }
            return Ok(defined);
        }
        (Value::Index(x), Value::Index(y)) => x == y,
        (Value::Key(x), Value::Key(y)) => x == y,
        (Value::Scalar(_) | Value::Index(_) | Value::Key(_), _) => false,
    };
    match same {
        true => Ok(x.ty().dims().count()),
        false => refuse(place, format!("{x:?}"), format!("{y:?}")),
    }
}

/// How many elements have the same bits over both floats; 0 if one of them has no values to compare.
fn over_floats(program: &Program, other: &Program) -> Result<usize, Counterexample> {
    let double = bit_for_bit::<f64>(program, other)?;
    let single = bit_for_bit::<f32>(program, other)?;
    Ok(match double == 0 || single == 0 {
        true => 0,
        false => double + single,
    })
}

/// How many elements of the outputs have the same bits in every round.
fn bit_for_bit<A: Float>(program: &Program, other: &Program) -> Result<usize, Counterexample> {
    let rng = &mut fastrand::Rng::with_seed(0xb175);
    let mut elements = 0;
    for round in 0..rounds(program) {
        let Some(inputs) = inputs::<A>(program.input_types(), round, rng) else {
            return Ok(0);
        };
        let Ok(expected) = program.run(&inputs) else {
            continue;
        };
        let place = |i| format!("output {i}, round {round}");
        let got = other.run(&inputs);
        let got = got.map_err(|error| Counterexample::new(BITS, place(0), "a result", error))?;
        elements = 0;
        for (i, (expected, got)) in expected.iter().zip(&got).enumerate() {
            elements += same_bits(BITS, &place(i), expected, got)?;
        }
    }
    Ok(elements)
}
