//! Checks of a graph in floating point, where it will run: tangents against differences, singles against doubles.
//!
//! They prove little, and they see what proofs cannot: a wrong table of derivatives, a rule that is right on paper and
//! loses all its digits.

use super::chosen::Chosen;
use super::environments::drawn;
use crate::context::Context;
use crate::counterexample::Counterexample;
use crate::graph::GraphData;
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::lean::laws::{adjoint, reverse_loop};
use crate::lean::link::tape_of;
use crate::scalar::Sample;
use crate::tensor::Position;
use crate::tensor::{AnyTensor, Dims, Value};

/// How many random points a check tries.
const POINTS: u64 = 5;

/// A number of either sign and of size 0.25 to 1.75, as it is: for functions defined everywhere.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| sum(tanh(x)));
/// cotangent::prove::agrees_with_differences(&g, cotangent::prove::anywhere)?;
/// assert_eq!(cotangent::prove::anywhere(-1.5), -1.5);
/// # Ok::<(), Counterexample>(())
/// ```
pub fn anywhere(x: f64) -> f64 {
    x
}

/// Its size: for functions of positive numbers.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| sum(log(x)));
/// cotangent::prove::agrees_with_differences(&g, cotangent::prove::positive)?;
/// assert_eq!(cotangent::prove::positive(-1.5), 1.5);
/// # Ok::<(), Counterexample>(())
/// ```
pub fn positive(x: f64) -> f64 {
    x.abs()
}

type Tensors<A> = Vec<AnyTensor<A>>;

fn random(dims: &[Dims], domain: fn(f64) -> f64, rng: &mut fastrand::Rng) -> Tensors<f64> {
    let mut draw = |_| domain(f64::sample(rng));
    let tensor = |dims: &Dims| {
        AnyTensor::from_parts(dims.clone(), (0..dims.count()).map(&mut draw).collect())
    };
    dims.iter().map(tensor).collect()
}

/// Elements that are farther apart than `tolerance`, relative to their size.
fn close<A: Copy + Into<f64>, B: Copy + Into<f64>>(
    law: &'static str,
    what: &str,
    tolerance: f64,
    expected: &[AnyTensor<A>],
    got: &[AnyTensor<B>],
) -> Result<(), Counterexample> {
    for (value, (expected, got)) in expected.iter().zip(got).enumerate() {
        for (at, (x, y)) in expected.as_slice().iter().zip(got.as_slice()).enumerate() {
            let (x, y): (f64, f64) = ((*x).into(), (*y).into());
            // A NaN is not close to anything.
            let is_close = (x - y).abs() <= tolerance * (1.0 + x.abs() + y.abs());
            if !is_close {
                let entry = Position {
                    dims: expected.dims(),
                    at,
                };
                let place = format!("{what} of value {value}{entry}");
                return Err(Counterexample::new(law, place, x, y));
            }
        }
    }
    Ok(())
}

/// Tangents against central differences in doubles, and reverse mode, typed and on the tape, against tangents, at random
/// points of fixed seeds. `domain` moves a number of [`anywhere`] to where the graph is smooth.
///
/// # Errors
/// The first entry that is off by more than `1e-7`, relative to its size: differences over `h = 1e-5` have errors of the
/// order of `h²` and of the rounding over `h`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3], y: [3]| x * log(y));
/// cotangent::prove::agrees_with_differences(&g, cotangent::prove::positive)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn agrees_with_differences<D, G: Context, Ss>(
    graph: &GraphData<f64, D, G, Ss>,
    domain: fn(f64) -> f64,
) -> Result<(), Counterexample> {
    const LAW: &str = "agrees_with_differences";
    let nodes = &graph.nodes;
    let dims = &nodes.input_dims();
    for seed in 0..POINTS {
        let rng = &mut fastrand::Rng::with_seed(seed);
        let d = Entries::of_values(environment(nodes, domain, rng)?);
        let (x, dx) = (random(dims, domain, rng), random(dims, anywhere, rng));
        let moved = |h: f64| {
            let pairs = x.iter().zip(&dx).map(|(x, dx)| {
                let pairs = x.as_slice().iter().zip(dx.as_slice());
                AnyTensor::from_parts(x.dims().clone(), pairs.map(|(x, dx)| x + h * dx).collect())
            });
            nodes.eval(pairs.collect(), &d)
        };
        let h = 1e-5;
        let differences: Tensors<f64> = moved(h)
            .iter()
            .zip(&moved(-h))
            .map(|(forth, back)| {
                let pairs = forth.as_slice().iter().zip(back.as_slice());
                let slopes = pairs.map(|(forth, back)| (forth - back) / (2.0 * h));
                AnyTensor::from_parts(forth.dims().clone(), slopes.collect())
            })
            .collect();
        let tangents = nodes.jvp(&nodes.eval(x.clone(), &d), dx.clone(), &d);
        close(LAW, "the tangent", 1e-7, &differences, &tangents)?;
        let all: Vec<_> = tangents.iter().map(AnyTensor::dims).cloned().collect();
        let seeds = random(&all, anywhere, rng);
        adjoint(nodes, &x, &dx, &d, &seeds)?;
        let tape = tape_of(nodes, x.clone(), &d);
        let law = "backward_dense_from_compile_data_eq_backprop_all";
        reverse_loop(law, &tape, nodes, x, &d, &seeds)?;
    }
    Ok(())
}

/// Values and cotangents in singles against those in doubles, at random points of fixed seeds.
///
/// # Errors
/// The first entry that is off by more than `1e-4`, relative to its size: a hundred roundings of singles and a factor
/// of ten for cancellation.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [8]| softmax(x, 0));
/// cotangent::prove::singles_agree_with_doubles(&g, cotangent::prove::anywhere)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn singles_agree_with_doubles<D, G: Context, Ss>(
    graph: &GraphData<f64, D, G, Ss>,
    domain: fn(f64) -> f64,
) -> Result<(), Counterexample> {
    const LAW: &str = "singles_agree_with_doubles";
    let nodes = &graph.nodes;
    // What has a program is over every scalar.
    nodes.with_functions()?;
    let tensor = |x: &AnyTensor<f64>| {
        let singles = x.as_slice().iter().map(|x| *x as f32).collect();
        AnyTensor::from_parts(x.dims().clone(), singles)
    };
    let single = |x: &Tensors<f64>| -> Tensors<f32> { x.iter().map(tensor).collect() };
    for seed in 0..POINTS {
        let rng = &mut fastrand::Rng::with_seed(seed);
        let entries = environment(nodes, domain, rng)?;
        let singles = entries.iter().map(|entry| match entry {
            Value::Scalar(x) => Value::Scalar(tensor(x)),
            Value::Index(x) => Value::Index(x.clone()),
            Value::Key(x) => Value::Key(x.clone()),
        });
        let d32 = Entries::of_values(singles.collect());
        let d = Entries::of_values(entries);
        let x = random(&nodes.input_dims(), domain, rng);
        let x32 = single(&x);
        let (values, values32) = (nodes.eval(x, &d), nodes.eval(x32, &d32));
        close(LAW, "the value", 1e-4, &values, &values32)?;
        let all: Vec<_> = values.iter().map(AnyTensor::dims).cloned().collect();
        let seeds = random(&all, anywhere, rng);
        let cotangents32 = nodes.backprop_all(&values32, single(&seeds), &d32);
        let cotangents = nodes.backprop_all(&values, seeds, &d);
        let inputs = nodes.inputs;
        close(
            LAW,
            "the cotangent",
            1e-4,
            &cotangents[..inputs],
            &cotangents32[..inputs],
        )?;
    }
    Ok(())
}

/// A random environment.
fn environment(
    nodes: &Nodes,
    domain: fn(f64) -> f64,
    rng: &mut fastrand::Rng,
) -> Result<Vec<Value<f64>>, Counterexample> {
    let none = || Counterexample::new("prove", "the environment", "one", "a label of no class");
    let chosen = drawn(nodes.entry_types(), &mut |below| rng.usize(..below)).ok_or_else(none)?;
    let entries = nodes.entries().iter().zip(&chosen);
    Ok(entries
        .map(|(entry, chosen): (_, &Chosen)| match chosen.value() {
            Some(value) => value,
            None => Value::Scalar(random(&[entry.ty.dims().clone()], domain, rng).swap_remove(0)),
        })
        .collect())
}
