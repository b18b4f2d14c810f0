//! Kernels of users, held to the bodies that they stand for.

use crate::counterexample::Counterexample;
use crate::graph::GraphData;
use crate::program::{AnyKernel, Function, KernelInputs};
use crate::run::Float;
use crate::scalar::Sample;
use crate::tensor::{AnyTensor, Indices, Key, Type, Value};
use fastrand::Rng;

const LAW: &str = "kernels_eq";

/// At how many points.
const POINTS: u64 = 32;

/// The kernels of the ops of a graph, for values and for cotangents, compute what is recorded beside them: at 32 random points
/// over `f32` and `f64` each, no element differs by more than `error · ε · max(1, |y|)`, where `y` is what the body computes
/// and ε the distance from 1 to the next number of the scalar. Each kernel of calls and of loops inside is tried, too. Returns how
/// many there are.
///
/// Points are moderate, with some zeros; what is written into the results before a kernel runs is NaN, so that what it leaves
/// out is seen.
///
/// # Errors
/// The first element that differs more; a graph made from closures; no kernel at all.
///
/// ```
/// use cotangent::op::{AnyKernel, Kernel, KernelInputs};
/// use cotangent::prelude::*;
/// /// `x + 1`, but for the last element.
/// #[derive(Debug, PartialEq, Eq, Hash)]
/// struct Wrong;
/// impl Kernel for Wrong {
///     fn run_f32(&self, x: KernelInputs<'_, f32>, y: &mut [&mut [f32]]) {
///         y[0].iter_mut().zip(&x.tensors[0][1..]).for_each(|(y, x)| *y = x + 1.0);
///     }
///     fn run_f64(&self, x: KernelInputs<'_, f64>, y: &mut [&mut [f64]]) {
///         y[0].iter_mut().zip(x.tensors[0]).for_each(|(y, x)| *y = x + 1.0);
///     }
/// }
/// #[derive(Clone)]
/// struct Next;
/// impl<S: Shape> Op<(S,)> for Next {
///     type Out = S;
///     type Level = levels::Field;
///     const NAME: &'static str = "next";
///     fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<S> {
///         r.offset(x, 1)
///     }
///     fn kernel(&self) -> Option<AnyKernel> {
///         Some(AnyKernel::new(Wrong))
///     }
/// }
/// fn next<S: Shape>(x: Var<S>) -> Call<Next, (Var<S>,)> {
///     Call::new(Next, (x,))
/// }
/// let g: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(next(x)));
/// let found = cotangent::prove::kernels_eq(&g, 1.0).unwrap_err();
/// assert_eq!(found.place, "the kernel of `next`, f32, result 0[0]");
/// ```
pub fn kernels_eq<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    error: f64,
) -> Result<usize, Counterexample> {
    let place = || graph.graph_id().to_string();
    let program = graph.program();
    let program = program.map_err(|error| Counterexample::new(LAW, place(), "a program", error))?;
    // Those that are called, of loops and of rules, too.
    let functions = program.functions().into_iter();
    let functions: Vec<_> = functions.filter_map(|f| Some((f, f.kernel()?))).collect();
    if functions.is_empty() {
        return Err(Counterexample::new(
            LAW,
            place(),
            "an op with a kernel",
            "none",
        ));
    }
    for (function, kernel) in &functions {
        try_kernel::<f32>(function, kernel, error, f32::EPSILON.into())?;
        try_kernel::<f64>(function, kernel, error, f64::EPSILON)?;
    }
    Ok(functions.len())
}

fn try_kernel<T: Float + Sample + Into<f64>>(
    function: &Function,
    kernel: &AnyKernel,
    error: f64,
    epsilon: f64,
) -> Result<(), Counterexample> {
    let scalar = core::any::type_name::<T>();
    let place = || format!("the kernel of `{}`, {scalar}", function.name());
    for point in 0..POINTS {
        let mut rng = Rng::with_seed(point);
        let types = function.body().input_types();
        let inputs: Vec<Value<T>> = types.iter().map(|ty| random(ty, &mut rng)).collect();
        let expected = function.body().run(&inputs);
        let expected =
            expected.map_err(|error| Counterexample::new(LAW, place(), "a value", error))?;
        let got = ran(kernel, &inputs, &expected);
        for (result, (expected, got)) in expected.iter().zip(&got).enumerate() {
            let expected = expected.tensor().map_or(&[][..], AnyTensor::as_slice);
            for (i, (&y, &got)) in expected.iter().zip(got).enumerate() {
                let (exact, got): (f64, f64) = (y.into(), got.into());
                let is_near = (exact - got).abs() <= error * epsilon * exact.abs().max(1.0);
                let is_same = exact == got || exact.is_nan() && got.is_nan();
                if !is_near && !is_same {
                    let place = format!("{}, result {result}[{i}]", place());
                    return Err(Counterexample::new(LAW, place, exact, got));
                }
            }
        }
    }
    Ok(())
}

/// The results of a kernel: where it writes nothing, NaN.
fn ran<T: Float>(kernel: &AnyKernel, inputs: &[Value<T>], like: &[Value<T>]) -> Vec<Vec<T>> {
    let tensors: Vec<&[T]> = inputs
        .iter()
        .filter_map(|x| Some(x.tensor()?.as_slice()))
        .collect();
    let labels = inputs.iter().filter_map(|x| match x {
        Value::Index(labels) => Some(labels.as_slice()),
        Value::Scalar(_) | Value::Key(_) => None,
    });
    let labels: Vec<&[usize]> = labels.collect();
    let nan = T::zero() / T::zero();
    let results = like.iter().map(|y| vec![nan; y.dims().count()]);
    let mut results: Vec<Vec<T>> = results.collect();
    let mut slices: Vec<&mut [T]> = results.iter_mut().map(Vec::as_mut_slice).collect();
    let inputs = KernelInputs {
        tensors: &tensors,
        labels: &labels,
    };
    T::run_kernel(kernel, inputs, &mut slices);
    results
}

/// Moderate numbers, each eighth of them zero.
fn random<T: Float + Sample>(ty: &Type, rng: &mut Rng) -> Value<T> {
    let (dims, count) = (ty.dims().clone(), ty.dims().count());
    match ty {
        Type::Scalar(..) => {
            let numbers = (0..count).map(|_| match rng.u8(..8) {
                0 => T::zero(),
                _ => T::sample(rng),
            });
            Value::Scalar(AnyTensor::from_parts(dims, numbers.collect()))
        }
        &Type::Index { below, .. } => {
            // Of no class there are no labels.
            let labels = (0..count).map(|_| rng.usize(..below.max(1)));
            let labels = AnyTensor::from_parts(dims, labels.collect());
            Value::Index(Indices::from_parts(below, labels))
        }
        Type::Key(_) => {
            let keys = (0..count).map(|_| Key::new(rng.u64(..)));
            Value::Key(AnyTensor::from_parts(dims, keys.collect()))
        }
    }
}
