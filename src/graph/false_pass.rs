//! Bounds on the probability that random points of a prime field miss a wrong identity: degrees over the prime, by the lemma
//! of Schwartz and Zippel.

use super::raw::{RawGraph, at};
use super::rule::Programs;
use crate::counterexample::Counterexample;
use crate::program::{Degree, Program};
use crate::scalar::Oracle;

/// The prime of the random points, as a number of equally likely values.
const PRIME: f64 = Oracle::PRIME as f64;

/// A bound on the probability that one point misses a wrong identity of a node.
pub(super) fn of_node(programs: &Programs) -> Result<f64, Counterexample> {
    let x = vec![Degree::VARIABLE; programs.forward.inputs().len()];
    let derivative = programs.forward.jvp()?;
    let y = output(&programs.forward, &x);
    let with_y = [x.as_slice(), &[y]].concat();
    let with_dx = [with_y.as_slice(), &x].concat();
    let (derived, tangent) = (
        output(&derivative, &with_dx),
        output(&programs.jvp, &with_dx),
    );
    let pairs = |degree: Degree, n: usize| degree.times(Degree::VARIABLE).summed(n);
    let left = pairs(tangent, size(programs.forward.outputs(), &programs.forward));
    let with_dy = [with_y.as_slice(), &[Degree::VARIABLE]].concat();
    let degrees = programs.vjp.degrees(&with_dy);
    let cotangents = programs.vjp.outputs().iter().map(|&id| degrees[id]);
    let right = cotangents.fold(Degree::CONSTANT, |sum, degree| {
        sum.plus(pairs(degree, size(programs.vjp.outputs(), &programs.vjp)))
    });
    let calls = |inputs: &[Degree], program: &Program| {
        let worst = program
            .degrees(inputs)
            .into_iter()
            .fold(Degree::CONSTANT, Degree::either);
        (program.oracle_calls(), worst.difference(worst))
    };
    let all = [
        calls(&x, &programs.forward),
        calls(&with_dx, &derivative),
        calls(&with_dx, &programs.jvp),
        calls(&with_dy, &programs.vjp),
    ];
    let count: usize = all.iter().map(|(calls, _)| calls).sum();
    let worst = all.iter().map(|(_, degree)| *degree).fold(0.0, f64::max);
    // Two different arguments of a function that are equal by chance, for each pair of calls.
    let collisions = (count as f64).powi(2) / 2.0 * worst;
    let wrong = derived.difference(tangent) + left.difference(right) + collisions;
    Ok((wrong / PRIME).min(1.0))
}

/// A bound on the probability that one point misses a wrong identity of a whole graph.
pub(crate) fn of_graph<A, D>(graph: &RawGraph<A, D>) -> Result<f64, Counterexample> {
    let mut values = vec![Degree::VARIABLE; graph.inputs.len()];
    let mut tangents = values.clone();
    let (mut calls, mut worst) = (0, Degree::CONSTANT);
    let mut run = |program: &Program, inputs: &[Degree]| {
        let degrees = program.degrees(inputs);
        calls += program.oracle_calls();
        worst = degrees.iter().copied().fold(worst, Degree::either);
        program
            .outputs()
            .iter()
            .map(|&id| degrees[id])
            .collect::<Vec<_>>()
    };
    let all = graph.all_programs()?;
    for (node, (_, programs)) in graph.nodes.iter().zip(&all) {
        let (x, dx) = (at(&values, &node.parents), at(&tangents, &node.parents));
        let y = run(&programs.forward, &x)[0];
        tangents.push(run(&programs.jvp, &[x.as_slice(), &[y], &dx].concat())[0]);
        values.push(y);
    }
    let mut cotangents = vec![Degree::VARIABLE; values.len()];
    for ((id, node), (_, programs)) in graph.numbered().zip(&all).rev() {
        let x = at(&values, &node.parents);
        let inputs = [x.as_slice(), &[values[id], cotangents[id]]].concat();
        for (&parent, contribution) in node.parents.iter().zip(run(&programs.vjp, &inputs)) {
            cotangents[parent] = cotangents[parent].plus(contribution);
        }
    }
    let dims = graph
        .inputs
        .iter()
        .chain(graph.nodes.iter().map(|node| &node.dims));
    let inner = |degrees: &[Degree]| {
        let pairs = degrees.iter().zip(dims.clone());
        pairs.fold(Degree::CONSTANT, |sum, (degree, dims)| {
            sum.plus(degree.times(Degree::VARIABLE).summed(dims.count()))
        })
    };
    let adjoint = inner(&tangents).difference(inner(&cotangents[..graph.inputs.len()]));
    let collisions = (calls as f64).powi(2) / 2.0 * worst.difference(worst);
    Ok(((adjoint + collisions) / PRIME).min(1.0))
}

fn output(program: &Program, inputs: &[Degree]) -> Degree {
    let degrees = program.degrees(inputs);
    let outputs = program.outputs().iter().map(|&id| degrees[id]);
    outputs.fold(Degree::CONSTANT, Degree::either)
}

/// How many elements some values of a program have.
fn size(ids: &[usize], program: &Program) -> usize {
    ids.iter()
        .filter_map(|&id| program.dims(id).ok())
        .map(|dims| dims.count())
        .sum()
}
