//! The laws of one node, as identities between the results of its programs: what certifies a node, and what a proof of
//! a graph begins with.

use super::soundness_error::of_node;
use crate::counterexample::Counterexample;
use crate::program::{Function, Program, ProgramError, rules_of, with_spread_masks};
use crate::prove::term::with_fuel;
use crate::prove::{Oracle, ProofScalar, Term};
use crate::scalar::{Agreement, Dual};
use crate::tensor::{AnyTensor, Dims, Indices, Key, Position, Type, Value, dot};

/// How many products of monomials one proof by normal forms may take, before random points are used instead.
pub(crate) const FUEL: u64 = 200_000;

/// How many random points stand in for a proof by normal forms.
pub(crate) const POINTS: usize = 3;

/// How an identity was shown.
///
/// ```
/// use cotangent::prove::Method;
/// use cotangent::prelude::*;
/// let g: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(exp(x) * x));
/// assert_eq!(prove(&g)?.method, Method::NormalForms);
/// match prove_modulo(&g)?.method {
///     Method::Modulo { soundness_error, .. } => assert!(soundness_error < 1e-15),
///     Method::NormalForms => unreachable!("it was asked for random points"),
/// }
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// The two sides have the same normal form in the free algebra: they are equal for every input.
    NormalForms,
    /// The two sides are equal at random points modulo a prime of 61 bits ([`Oracle::PRIME`]).
    Modulo {
        /// How many points.
        points: usize,
        /// The probability that a wrong graph passes is at most this: the bound of Schwartz and Zippel, with functions
        /// as random oracles.
        soundness_error: f64,
    },
}

impl Method {
    /// The weaker of two, for what was shown in two parts.
    pub(crate) fn and(self, other: Method) -> Method {
        match (self, other) {
            (Method::NormalForms, other) | (other, Method::NormalForms) => other,
            (
                Method::Modulo {
                    points,
                    soundness_error,
                },
                Method::Modulo {
                    points: others,
                    soundness_error: more,
                },
            ) => Method::Modulo {
                points: points.min(others),
                soundness_error: (soundness_error + more).min(1.0),
            },
        }
    }
}

/// How many identities were shown, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shown {
    pub identities: usize,
    pub method: Method,
}

impl Shown {
    /// Both.
    pub(crate) fn and(self, other: Shown) -> Shown {
        Shown {
            identities: self.identities + other.identities,
            method: self.method.and(other.method),
        }
    }
}

/// Labels or keys that were chosen, for a run over any scalar; of a tensor nothing is chosen, a proof has indeterminates.
#[derive(Clone, Debug)]
pub(crate) enum Chosen {
    Tensor,
    Indices(Indices),
    Keys(AnyTensor<Key>),
}

impl Chosen {
    /// As a value; none for a tensor.
    pub(crate) fn value<A>(&self) -> Option<Value<A>> {
        match self {
            Chosen::Tensor => None,
            Chosen::Indices(indices) => Some(Value::Index(indices.clone())),
            Chosen::Keys(keys) => Some(Value::Key(keys.clone())),
        }
    }

    /// What was chosen of a value.
    pub(crate) fn of<A>(value: &Value<A>) -> Chosen {
        match value {
            Value::Scalar(_) => Chosen::Tensor,
            Value::Index(indices) => Chosen::Indices(indices.clone()),
            Value::Key(keys) => Chosen::Keys(keys.clone()),
        }
    }

    /// As a value of a type, with an indeterminate for each element of a tensor.
    pub(crate) fn value_or<A: ProofScalar>(
        &self,
        name: &str,
        dims: &Dims,
        rng: &mut fastrand::Rng,
    ) -> Value<A> {
        match self.value() {
            Some(value) => value,
            None => Value::Scalar(variables(name, dims, rng)),
        }
    }
}

/// Shows the laws of a function, a node alone: its JVP is the derivative of its value, and its VJP is the adjoint of its JVP.
/// `entries` are those entries of the environment that it takes; tensors among them are indeterminates as its other inputs.
pub(crate) fn show(
    function: &Function,
    place: &str,
    entries: &[Chosen],
    exact: bool,
) -> Result<Shown, Counterexample> {
    let programs = function
        .rule()
        .into_iter()
        .flat_map(|rule| [&rule.jvp, &rule.vjp]);
    let programs: Vec<&Program> = programs.chain([function.body()]).collect();
    with_spread_masks(&programs, || show_here(function, place, entries, exact))
}

/// [`show`] at one point modulo the prime: for a node that was shown in other environments at more of them.
pub(crate) fn show_at_one_point(
    function: &Function,
    place: &str,
    entries: &[Chosen],
) -> Result<Shown, Counterexample> {
    let rng = &mut fastrand::Rng::with_seed(0xc07b);
    let entries: Vec<Value<Oracle>> = entries.iter().filter_map(Chosen::value).collect();
    let soundness_error = of_node(function)?;
    for _ in 0..POINTS {
        if let Some(identities) = check::<Oracle>(function, place, &entries, rng)? {
            let method = Method::Modulo {
                points: 1,
                soundness_error,
            };
            return Ok(Shown { identities, method });
        }
    }
    Err(nowhere(place))
}

/// [`show`], with masks as they are here.
fn show_here(
    function: &Function,
    place: &str,
    entries: &[Chosen],
    exact: bool,
) -> Result<Shown, Counterexample> {
    let rng = &mut fastrand::Rng::with_seed(0xc07a);
    if exact {
        let entries: Vec<Value<Term>> = entries.iter().filter_map(Chosen::value).collect();
        let exactly = with_fuel(FUEL, || check::<Term>(function, place, &entries, rng));
        if let Ok(result) = exactly
            && let Some(identities) = result?
        {
            return Ok(Shown {
                identities,
                method: Method::NormalForms,
            });
        }
    }
    let entries: Vec<Value<Oracle>> = entries.iter().filter_map(Chosen::value).collect();
    let identities = at_points(place, || check::<Oracle>(function, place, &entries, rng))?;
    let soundness_error = of_node(function)?.powi(POINTS as i32);
    Ok(Shown {
        identities,
        method: Method::Modulo {
            points: POINTS,
            soundness_error,
        },
    })
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

/// Tries random points until enough of them are in the domain; how many identities held at one.
pub(crate) fn at_points(
    place: &str,
    mut point: impl FnMut() -> Result<Option<usize>, Counterexample>,
) -> Result<usize, Counterexample> {
    let (mut defined, mut identities) = (0, 0);
    for _ in 0..2 * POINTS {
        if let Some(shown) = point()? {
            (defined, identities) = (defined + 1, shown);
        }
        if defined == POINTS {
            return Ok(identities);
        }
    }
    Err(nowhere(place))
}

fn nowhere(place: &str) -> Counterexample {
    Counterexample::new(
        "the programs of a node run",
        place,
        "a defined value",
        "a division by 0 at every point",
    )
}

impl From<ProgramError> for Counterexample {
    /// A program that does not run shows nothing.
    fn from(error: ProgramError) -> Self {
        Counterexample::new("the programs of a node run", "a node", "a result", error)
    }
}

/// A tensor of variables: `x[0,1]`.
pub(crate) fn variables<A: ProofScalar>(
    name: &str,
    dims: &Dims,
    rng: &mut fastrand::Rng,
) -> AnyTensor<A> {
    let entry = |i| A::variable(&format!("{name}{}", Position { dims, at: i }), rng);
    AnyTensor::from_parts(dims.clone(), (0..dims.count()).map(entry).collect())
}

/// Names for `n` values: `x`, or `x0`, `x1` and so on.
pub(crate) fn names(letter: &str, n: usize) -> Vec<String> {
    match n {
        1 => vec![letter.to_owned()],
        _ => (0..n).map(|i| format!("{letter}{i}")).collect(),
    }
}

/// The laws of a function over one scalar; how many identities there are, or `None` where a value is not defined.
fn check<A: ProofScalar>(
    function: &Function,
    place: &str,
    entries: &[Value<A>],
    rng: &mut fastrand::Rng,
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
