//! Checks of a graph in floating point, where it will run: tangents against differences, singles against doubles.
//!
//! They prove little, and they see what proofs cannot: a wrong table of derivatives, a rule that is right on paper and
//! loses all its digits.

use super::{
    Counterexample, backprop_correct, backward_dense_from_compile_data_eq_backprop_all, typed_list,
};
use crate::context::{Computed, Context};
use crate::env::Draw;
use crate::graph::GraphData;
use crate::graph::identities::Entry;
use crate::scalar::Sample;
use crate::tensor::{AnyTensor, Dims};

/// How many random points a check tries.
const POINTS: u64 = 5;

/// A number of either sign and of size 0.25 to 1.75, as it is: for functions defined everywhere.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| sum(tanh(x)));
/// laws::agrees_with_differences(&g, laws::anywhere)?;
/// assert_eq!(laws::anywhere(-1.5), -1.5);
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
/// laws::agrees_with_differences(&g, laws::positive)?;
/// assert_eq!(laws::positive(-1.5), 1.5);
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
                let entry = Entry {
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
/// laws::agrees_with_differences(&g, laws::positive)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn agrees_with_differences<D, G, Ss>(
    graph: &GraphData<f64, D, G, Ss>,
    domain: fn(f64) -> f64,
) -> Result<(), Counterexample>
where
    D: Draw,
    G: Context,
    Ss: Computed,
{
    const LAW: &str = "agrees_with_differences";
    let dims = &graph.nodes.input_dims();
    for seed in 0..POINTS {
        let rng = &mut fastrand::Rng::with_seed(seed);
        let d = drawn::<D>(rng)?;
        let (x, dx) = (random(dims, domain, rng), random(dims, anywhere, rng));
        let moved = |h: f64| {
            let pairs = x.iter().zip(&dx).map(|(x, dx)| {
                let pairs = x.as_slice().iter().zip(dx.as_slice());
                AnyTensor::from_parts(x.dims().clone(), pairs.map(|(x, dx)| x + h * dx).collect())
            });
            graph.eval(&typed_list(pairs), &d).to_any_list()
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
        let (x, dx) = (typed_list(x), typed_list(dx));
        let tangents = graph.jvp(&x, &dx, &d).to_any_list();
        close(LAW, "the tangent", 1e-7, &differences, &tangents)?;
        let all: Vec<_> = tangents.iter().map(AnyTensor::dims).cloned().collect();
        let seeds = typed_list(random(&all, anywhere, rng));
        backprop_correct(graph, &x, &dx, &d, &seeds)?;
        backward_dense_from_compile_data_eq_backprop_all(graph, &x, &d, &seeds)?;
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
/// let g = graph!(|x: [8]| softmax(x, { Axis::<0> }));
/// laws::singles_agree_with_doubles(&g, laws::anywhere)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn singles_agree_with_doubles<D, G, Ss>(
    graph: &GraphData<f64, D, G, Ss>,
    domain: fn(f64) -> f64,
) -> Result<(), Counterexample>
where
    D: Draw,
    G: Context,
    Ss: Computed,
{
    const LAW: &str = "singles_agree_with_doubles";
    let singles = graph.over::<f32>()?;
    let single = |x: &Tensors<f64>| -> Tensors<f32> {
        let tensor = |x: &AnyTensor<f64>| {
            AnyTensor::from_parts(
                x.dims().clone(),
                x.as_slice().iter().map(|x| *x as f32).collect(),
            )
        };
        x.iter().map(tensor).collect()
    };
    for seed in 0..POINTS {
        let rng = &mut fastrand::Rng::with_seed(seed);
        let d = drawn::<D>(rng)?;
        let x = random(&graph.nodes.input_dims(), domain, rng);
        let x32 = typed_list::<f32, _>(single(&x));
        let x = typed_list::<f64, _>(x);
        let (values, values32) = (
            graph.eval(&x, &d).to_any_list(),
            singles.eval(&x32, &d).to_any_list(),
        );
        close(LAW, "the value", 1e-4, &values, &values32)?;
        let all: Vec<_> = values.iter().map(AnyTensor::dims).cloned().collect();
        let seeds = random(&all, anywhere, rng);
        let cotangents32 = singles
            .backprop(&x32, &d, &typed_list(single(&seeds)))
            .to_any_list();
        let cotangents = graph.backprop(&x, &d, &typed_list(seeds)).to_any_list();
        close(LAW, "the cotangent", 1e-4, &cotangents, &cotangents32)?;
    }
    Ok(())
}

/// A random environment.
fn drawn<D: Draw>(rng: &mut fastrand::Rng) -> Result<D, Counterexample> {
    let none = || Counterexample::new("prove", "the environment", "one", "a label of no class");
    D::draw(&mut |below| rng.usize(..below)).ok_or_else(none)
}
