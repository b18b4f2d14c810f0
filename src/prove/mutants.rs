//! Mutants of a graph's own rules: a proof that passes them shows nothing.

use super::chosen::Chosen;
use super::drawn_environments::drawn;
use super::environments::holds_in_each_set;
use crate::counterexample::Counterexample;
use crate::graph::GraphData;
use crate::program::{Function, Mutant, Program, ProgramError, Rule, rule_of};
use crate::prove::at_point::inputs_of;
use crate::prove::function_laws::hold;
use crate::scalar::Sample;
use crate::tensor::{AnyTensor, Dims, Value};
use core::fmt;

/// How many mutants of one rule are also judged by normal forms; all are judged modulo the prime, which is faster.
const BY_NORMAL_FORMS: usize = 24;

/// What became of the mutants of a graph.
///
/// ```
/// use cotangent::prove::Tally;
/// use cotangent::prelude::*;
/// graph! { fn product(a: [2, 3], b: [3, 2]) -> [2, 2] { matmul(a, b) } }
/// let tally: Tally = cotangent::prove::reject_mutants(&product::<f64>(), cotangent::prove::anywhere)?;
/// assert!(tally.rejected > 10);
/// assert_eq!((tally.equivalent, tally.undefined), (0, 0));
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many were refused by the laws of a node.
    pub rejected: usize,
    /// How many compute the same as the original, by doubles at random points: a factor of a one, the other parent of two
    /// that are equal. They are no mistakes.
    pub equivalent: usize,
    /// How many were not refused and differ from the original only in being infinite or no number at some points: a proof
    /// says nothing of where a divisor is 0.
    pub undefined: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} mutants rejected, {} equivalent",
            self.rejected, self.equivalent
        )?;
        match self.undefined {
            0 => Ok(()),
            n => write!(f, ", {n} undefined at some points"),
        }
    }
}

/// Puts every sign, index, transposition, missing-factor and wrong-parent mistake into the JVP and the VJP of every
/// node, one at a time ([`Program::mutants`]), and counts those that the laws of a node refuse.
///
/// `domain` moves a random number to where the graph is defined; see [`anywhere`](super::anywhere).
///
/// # Errors
/// A mutant that is none of the two: it computes something else, and is not refused.
///
/// ```
/// use cotangent::prelude::*;
/// graph! { fn product(a: [2, 3], b: [3, 2]) -> [2, 2] { matmul(a, b) } }
/// let tally = cotangent::prove::reject_mutants(&product::<f64>(), cotangent::prove::anywhere)?;
/// assert!(tally.rejected > 10);
/// # Ok::<(), Counterexample>(())
/// ```
pub fn reject_mutants<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    domain: fn(f64) -> f64,
) -> Result<Tally, Counterexample> {
    let rng = &mut fastrand::Rng::with_seed(0x317);
    let d = drawn(graph.nodes.entry_types(), &mut |below| rng.usize(..below));
    let none = || {
        Counterexample::new(
            "reject_mutants",
            "the environment",
            "one",
            "a label of no class",
        )
    };
    let d = d.ok_or_else(none)?;
    let mut tally = Tally::default();
    for (node, function) in graph.nodes.with_functions()? {
        let entries: Vec<Chosen> = node.slots().iter().map(|&slot| d[slot].clone()).collect();
        let judge = Judge {
            function: &function,
            place: node.describe(),
            values: entries.iter().filter_map(Chosen::value).collect(),
            entries,
            domain,
        };
        let rule = rule_of(&function)?;
        judge.all(&rule.jvp, "JVP", &mut tally, |jvp| Rule {
            jvp,
            vjp: rule.vjp.clone(),
        })?;
        judge.all(&rule.vjp, "VJP", &mut tally, |vjp| Rule {
            vjp,
            jvp: rule.jvp.clone(),
        })?;
    }
    Ok(tally)
}

/// How a mutant differs from the original.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Difference {
    None,
    /// Only in being infinite or no number.
    Undefined,
    Value,
}

type Tensors = Vec<AnyTensor<f64>>;

struct Judge<'j> {
    function: &'j Function,
    place: String,
    /// The labels and keys that it reads, and the same over doubles.
    entries: Vec<Chosen>,
    values: Vec<Value<f64>>,
    domain: fn(f64) -> f64,
}

impl Judge<'_> {
    /// The mutants of one rule.
    fn all(
        &self,
        original: &Program,
        rule: &str,
        tally: &mut Tally,
        with: impl Fn(Program) -> Rule,
    ) -> Result<(), Counterexample> {
        let mutants = original.mutants();
        let every = mutants.len().div_ceil(BY_NORMAL_FORMS).max(1);
        let points = self.points(original)?;
        for (i, Mutant { mistake, program }) in mutants.into_iter().enumerate() {
            let difference = self.difference(&points, &program)?;
            if difference == Difference::None {
                tally.equivalent += 1;
                continue;
            }
            let (name, body) = (self.function.name(), self.function.body().clone());
            let mutant = Function::new(name, body, Some(with(program)));
            let passes = |exact| {
                holds_in_each_set(&mutant, || hold(&mutant, &self.place, &self.entries, exact))
            };
            if passes(false) || (i % every == 0 && passes(true)) {
                if difference == Difference::Undefined {
                    tally.undefined += 1;
                    continue;
                }
                let place = format!("the {rule} of {}", self.place);
                return Err(Counterexample::new(
                    "reject_mutants",
                    place,
                    "a refusal",
                    mistake,
                ));
            }
            tally.rejected += 1;
        }
        Ok(())
    }

    fn run(&self, program: &Program, scalars: &[AnyTensor<f64>]) -> Result<Tensors, ProgramError> {
        let outputs = program.run(&inputs_of(program, scalars, &self.values))?;
        Ok(outputs.into_iter().filter_map(Value::into_tensor).collect())
    }

    /// Random inputs of a rule in doubles, each with what the original makes of them.
    fn points(&self, original: &Program) -> Result<Vec<[Tensors; 2]>, ProgramError> {
        let body = self.function.body();
        let scalars = |program: &Program| -> Vec<Dims> {
            let types = program.input_types().iter().filter(|ty| ty.is_scalar());
            types.map(|ty| ty.dims().clone()).collect()
        };
        let (inputs, all) = (scalars(body), scalars(original));
        let point = |seed| {
            let rng = &mut fastrand::Rng::with_seed(seed);
            let mut random = |dims: &Dims, domain: fn(f64) -> f64| {
                let draw = |_| domain(f64::sample(rng));
                AnyTensor::from_parts(dims.clone(), (0..dims.count()).map(draw).collect())
            };
            let x: Tensors = inputs.iter().map(|x| random(x, self.domain)).collect();
            let y = self.run(body, &x)?;
            let changes = all[x.len() + y.len()..].iter();
            let changes: Tensors = changes.map(|dims| random(dims, |x| x)).collect();
            let inputs = [x, y, changes].concat();
            let right = self.run(original, &inputs)?;
            Ok([inputs, right])
        };
        (0..6).map(point).collect()
    }

    /// How a mutant differs from the original at some points.
    fn difference(
        &self,
        points: &[[Tensors; 2]],
        mutant: &Program,
    ) -> Result<Difference, ProgramError> {
        let mut worst = Difference::None;
        for [inputs, right] in points {
            let wrong = self.run(mutant, inputs)?;
            let pairs = right
                .iter()
                .zip(&wrong)
                .flat_map(|(x, y)| x.as_slice().iter().zip(y.as_slice()));
            // Rounding apart, equal: the mutants that differ do so by a term or a factor of order one.
            for (x, y) in pairs {
                if x == y || (x - y).abs() <= 1e-9 * (1.0 + x.abs()) {
                    continue;
                }
                if y.is_finite() {
                    return Ok(Difference::Value);
                }
                worst = Difference::Undefined;
            }
        }
        Ok(worst)
    }
}
