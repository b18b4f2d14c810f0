//! Bounds on the probability that random points of a prime field miss a wrong identity: degrees over the prime, by the lemma
//! of Schwartz and Zippel.

use crate::counterexample::Counterexample;
use crate::graph::node::{Argument, Node};
use crate::graph::nodes::Nodes;
use crate::program::{
    Degree, Degrees, Function, Program, Vjp, inline, jvp, rules_of, rules_of_wanted, tangent_of,
};
use crate::prove::Oracle;
use crate::tensor::Type;

/// The prime of the random points, as a number of equally likely values.
const PRIME: f64 = Oracle::PRIME as f64;

/// The degrees of what a program takes: these for its scalars, in order, and constants for the rest.
fn inputs(program: &Program, scalars: &[Degree]) -> Vec<Degree> {
    let mut scalars = scalars.iter().copied();
    let degree = |ty: &Type| match ty.is_scalar() {
        true => scalars.next().unwrap_or(Degree::CONSTANT),
        false => Degree::CONSTANT,
    };
    program.input_types().iter().map(degree).collect()
}

fn degrees(program: &Program, scalars: &[Degree]) -> Degrees {
    program.output_degrees(&inputs(program, scalars))
}

/// The degree of a sum of products of `n` pairs, one of each an indeterminate.
fn pairs(degree: Degree, n: usize) -> Degree {
    degree.times(Degree::VARIABLE).summed(n)
}

/// The degree of the inner product of values with as many indeterminates.
fn inner<'t>(degrees: &[Degree], types: impl Iterator<Item = &'t Type>) -> Degree {
    let each = degrees.iter().zip(types);
    each.fold(Degree::CONSTANT, |sum, (degree, ty)| {
        sum.plus(pairs(*degree, ty.dims().count()))
    })
}

/// Two different arguments of a function that are equal by chance, for each pair of calls.
fn collisions(all: &[Degrees]) -> f64 {
    let calls: f64 = all.iter().map(|degrees| degrees.calls as f64).sum();
    let worst = all
        .iter()
        .map(|degrees| degrees.worst.difference(degrees.worst));
    calls.powi(2) / 2.0 * worst.fold(0.0, f64::max)
}

/// A bound on the probability that one point misses a wrong identity of a node.
pub(super) fn of_node(function: &Function) -> Result<f64, Counterexample> {
    let body = function.body();
    let rules = rules_of(function)?;
    let scalars = body
        .input_types()
        .iter()
        .filter(|ty| ty.is_scalar())
        .count();
    let x = vec![Degree::VARIABLE; scalars];
    let value = degrees(body, &x);
    let types = body.output_types();
    let tensors = value.results.iter().zip(&types);
    let y: Vec<Degree> = tensors
        .filter(|(_, ty)| ty.is_scalar())
        .map(|(degree, _)| *degree)
        .collect();
    let with_y = [x.as_slice(), &y].concat();
    let with_dx = [with_y.as_slice(), &x].concat();
    let with_dy = [with_y.as_slice(), &vec![Degree::VARIABLE; y.len()]].concat();
    let derived = degrees(&tangent_of(body)?, &with_dx);
    let tangent = degrees(&rules.programs[0], &with_dx);
    let cotangents = degrees(&rules.programs[1], &with_dy);
    let tensors = types.iter().filter(|ty| ty.is_scalar());
    let left = inner(&tangent.results, tensors);
    let right = inner(&cotangents.results, rules.programs[1].output_types().iter());
    let differences = derived.results.iter().zip(&tangent.results);
    let first = differences.map(|(derived, tangent)| derived.difference(*tangent));
    let wrong = first.fold(0.0, f64::max) + left.difference(right);
    let all = [value, derived, tangent, cotangents];
    Ok(((wrong + collisions(&all)) / PRIME).min(1.0))
}

/// A bound on the probability that one point misses a wrong identity of a whole graph.
pub(crate) fn of_graph(graph: &Nodes) -> Result<f64, Counterexample> {
    let mut values = vec![Degree::VARIABLE; graph.inputs];
    let mut tangents = values.clone();
    let mut ran = Vec::new();
    let at = |all: &[Degree], ids: &[usize]| ids.iter().map(|&id| all[id]).collect::<Vec<_>>();
    // A tensor of the environment is a variable; of labels and keys there is no degree.
    let scalars = |all: &[Degree], node: &Node<'_>| -> Vec<Degree> {
        let degree = |argument: &Argument| match *argument {
            Argument::Value(id) => Some(all[id]),
            Argument::Entry(slot) => {
                let is_scalar = graph.entries()[slot].ty.is_scalar();
                is_scalar.then_some(Degree::VARIABLE)
            }
        };
        node.arguments().iter().filter_map(degree).collect()
    };
    let nodes = graph.with_functions()?;
    for (node, function) in &nodes {
        let rules = rules_of_wanted(function, &node.wanted())?;
        let (x, dx) = (scalars(&values, node), at(&tangents, &node.parents()));
        let y = degrees(function.body(), &x);
        let dy = degrees(
            &rules.programs[0],
            &[x.as_slice(), &y.results, &dx].concat(),
        );
        values.extend(&y.results);
        tangents.extend(&dy.results);
        ran.extend([y, dy]);
    }
    let mut cotangents = vec![Degree::VARIABLE; values.len()];
    for (node, function) in nodes.iter().rev() {
        let rules = rules_of_wanted(function, &node.wanted())?;
        let parents = node.parents();
        let x = [
            scalars(&values, node),
            vec![values[node.id], cotangents[node.id]],
        ]
        .concat();
        let dx = degrees(&rules.programs[1], &x);
        for (&parent, contribution) in parents.iter().zip(&dx.results) {
            cotangents[parent] = cotangents[parent].plus(*contribution);
        }
        ran.push(dx);
    }
    let dims = graph.input_dims().into_iter();
    let computed = nodes.iter().map(|(node, _)| node.dims.clone());
    let types: Vec<Type> = dims.chain(computed).map(Type::scalar).collect();
    let left = inner(&tangents, types.iter());
    let right = inner(&cotangents[..graph.inputs], types.iter());
    Ok(((left.difference(right) + collisions(&ran)) / PRIME).min(1.0))
}

/// A bound on the probability that one point misses a wrong second derivative: of a program, its gradient by as many inputs,
/// and the tangent and the cotangents of that.
pub(super) fn of_second_derivatives(
    value: &Program,
    gradient: &Program,
    tangent: &Program,
    halves: &Vjp,
    wanted: usize,
) -> Result<f64, Counterexample> {
    // What dual numbers compute: the derivatives of the value with its calls written out, so by no rule.
    let active = |program: &Program| -> Vec<bool> {
        let places = 0..program.inputs().len();
        places.map(|input| input < wanted).collect()
    };
    let value = inline(value)?;
    let once = jvp(&value, &active(&value))?.program;
    let twice = jvp(&once, &active(&once))?.program;
    let degrees = |program: &Program| {
        let scalars = vec![Degree::VARIABLE; program.inputs().len()];
        self::degrees(program, &scalars)
    };
    // The backward half takes what the forward half leaves, and a direction.
    let forward = degrees(&halves.forward);
    let mut residuals = forward.results[wanted..].to_vec();
    residuals.resize(halves.backward.inputs().len(), Degree::VARIABLE);
    let cotangents = halves.backward.output_degrees(&residuals);
    let [once, twice, gradient, tangent] = [&once, &twice, gradient, tangent].map(degrees);
    let all = [once, twice, gradient, tangent, cotangents, forward];
    let largest = |degrees: &Degrees| {
        let results = degrees.results.iter();
        results.fold(Degree::CONSTANT, |all, degree| all.plus(*degree))
    };
    let [once, twice, gradient, tangent, cotangents, _] = all.each_ref().map(largest);
    let elements = value.input_types()[..wanted]
        .iter()
        .map(|ty| ty.dims().count())
        .sum();
    let wrong = once.difference(pairs(gradient, elements))
        + tangent.difference(cotangents) * elements as f64
        + twice.difference(pairs(tangent, elements));
    Ok(((wrong + collisions(&all)) / PRIME).min(1.0))
}

/// A bound on the probability that one point misses that a program is not another, run so many times, its results added
/// or not.
pub(crate) fn of_programs(one: &Program, times: usize, all: &Program) -> f64 {
    let degrees = |program: &Program| {
        let scalars = vec![Degree::VARIABLE; program.inputs().len()];
        self::degrees(program, &scalars)
    };
    let (one, all) = (degrees(one), degrees(all));
    let pairs = one.results.iter().zip(&all.results);
    let wrong = pairs.map(|(one, all)| one.summed(times).difference(*all));
    let wrong = wrong.fold(0.0, f64::max);
    let calls = one.calls.saturating_mul(times);
    ((wrong + collisions(&[Degrees { calls, ..one }, all])) / PRIME).min(1.0)
}
