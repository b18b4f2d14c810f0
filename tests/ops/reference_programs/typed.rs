//! A typed graph against its case: what `value`, `value_and_jvp` and `vjp` give.

use super::case::Case;
use super::compare::{cotangents, results, tangents};
use cotangent::context::{Taking, TensorList, take_all};
use cotangent::env::{EnvEntries, EnvEntry};
use cotangent::frunk::hlist::{HCons, HNil};
use cotangent::graph::{Computes, Results};
use cotangent::prelude::*;
use cotangent::program::Value;
use cotangent::shape::ScalarShape;

/// Environments that are lists, filled from values without types.
pub trait Filled: EnvEntries {
    fn filled(from: &mut Taking<f64>) -> Self::Values<f64>;
}

impl Filled for HNil {
    fn filled(_from: &mut Taking<f64>) -> HNil {
        HNil
    }
}

impl<E: EnvEntry, D: Filled> Filled for HCons<E, D> {
    fn filled(from: &mut Taking<f64>) -> Self::Values<f64> {
        HCons {
            head: E::take_values(from),
            tail: D::filled(from),
        }
    }
}

/// The environment of a case.
fn environment<D: Filled>(case: &Case) -> Result<TensorList<D::Values<f64>>, String> {
    let mut more = None;
    let values = take_all(case.environment.clone(), |from| {
        let values = D::filled(from);
        more = from.value();
        values
    });
    match more {
        None => Ok(TensorList(
            values.map_err(|why| format!("the environment: {why}"))?,
        )),
        Some(more) => Err(format!("the case has one more entry, {}", more.ty())),
    }
}

/// Tensors as the list that a graph takes.
fn list<G: Context>(what: &str, from: &[AnyTensor<f64>]) -> Result<TList<f64, G>, String> {
    let got: Vec<_> = from.iter().map(AnyTensor::dims).cloned().collect();
    match got == G::dims() {
        true => TensorList::from_any_list(from.iter().cloned()).map_err(|why| why.to_string()),
        false => Err(format!(
            "the graph takes {:?}, {what} are {got:?}",
            G::dims()
        )),
    }
}

/// Results, one or a tuple, as values without types.
pub trait Untyped: Results {
    fn untyped(of: &Self::Of<f64>) -> Vec<Value<f64>>;
}

impl<E: EnvEntry> Untyped for HCons<E, HNil> {
    fn untyped(of: &E::Of<f64>) -> Vec<Value<f64>> {
        let mut values = Vec::new();
        E::push_values(of, &mut values);
        values
    }
}

macro_rules! untyped {
    ($List:ty; $($E:ident $i:tt)+) => {
        impl<$($E: EnvEntry),+> Untyped for $List {
            fn untyped(of: &Self::Of<f64>) -> Vec<Value<f64>> {
                let mut values = Vec::new();
                $($E::push_values(&of.$i, &mut values);)+
                values
            }
        }
    };
}

untyped!(HCons<E0, HCons<E1, HNil>>; E0 0 E1 1);
untyped!(HCons<E0, HCons<E1, HCons<E2, HNil>>>; E0 0 E1 1 E2 2);
untyped!(HCons<E0, HCons<E1, HCons<E2, HCons<E3, HNil>>>>; E0 0 E1 1 E2 2 E3 3);

/// Tensors as values without types.
fn values(tensors: Vec<AnyTensor<f64>>) -> Vec<Value<f64>> {
    tensors.into_iter().map(Value::from).collect()
}

/// The value and the gradient of the first result, where only that has a cotangent, and it is 1.
pub fn compare_gradient<D, G, R, Ss>(
    case: &Case,
    g: &GraphData<f64, D, G, Ss>,
) -> Result<(), String>
where
    D: Filled + Environment<Of<f64> = TensorList<<D as EnvEntries>::Values<f64>>>,
    G: Context,
    R: Untyped,
    Ss: Computes<Results = R, First: ScalarShape>,
{
    let (x, env) = (
        list::<G>("the inputs", &case.inputs)?,
        environment::<D>(case)?,
    );
    let (y, gradient) = g.value_and_vjp(&x, &env);
    results("value_and_vjp", case, &R::untyped(&y))?;
    cotangents("value_and_vjp", case, &values(gradient.to_any_list()))
}

/// Compares all that the methods of a graph give.
pub fn compare<D, G, R, Ss>(case: &Case, g: &GraphData<f64, D, G, Ss>) -> Result<(), String>
where
    D: Filled + Environment<Of<f64> = TensorList<<D as EnvEntries>::Values<f64>>>,
    G: Context,
    R: Untyped,
    Ss: Computes<Results = R>,
{
    let (x, env) = (
        list::<G>("the inputs", &case.inputs)?,
        environment::<D>(case)?,
    );
    results("value", case, &R::untyped(&g.value(&x, &env)))?;

    let dx = list::<G>("the tangents", &case.tangents)?;
    let (y, dy) = g.value_and_jvp(&x, &dx, &env);
    results("value_and_jvp", case, &R::untyped(&y))?;
    let mut of_results = Vec::new();
    R::push_tangents(&dy, &mut of_results);
    tangents("value_and_jvp", case, &of_results)?;

    // A cotangent that is not given is as good as zero.
    let given = case.seeds.iter().zip(&case.outputs).map(|(seed, y)| {
        let zero = || AnyTensor::full(y.dims().clone(), 0.0);
        seed.clone().unwrap_or_else(zero)
    });
    let seeds = take_all(values(given.collect()), R::take_tangents)
        .map_err(|why| format!("the seeds: {why}"))?;
    let (y, dx) = g.vjp(&x, &env, &seeds);
    results("vjp", case, &R::untyped(&y))?;
    cotangents("vjp", case, &values(dx.to_any_list()))
}
