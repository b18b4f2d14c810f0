//! What the interpreter gives for the program of a graph: graphs over floats run by plans.

use cotangent::context::Erase;
use cotangent::env::{Environment, Given};
use cotangent::graph::Computes;
use cotangent::prelude::*;
use cotangent::program::{jvp, vjp};
use cotangent::tensor::Value;

type Values = Vec<Value<f64>>;

/// The numbers of the tensors among some values.
pub fn all_numbers(values: &[Value<f64>]) -> Vec<f64> {
    let tensors = values.iter().filter_map(Value::tensor);
    tensors.flat_map(|x| x.as_slice().to_vec()).collect()
}

/// The values of the results.
pub fn values<D: Environment, G: Context, Ss: Computes>(
    graph: &GraphData<f64, D, G, Ss>,
    x: impl Given<f64, G>,
    env: impl Given<f64, D>,
) -> Values {
    let program = graph.program().expect("a graph without closures");
    let inputs = [x.values(), env.values()].concat();
    program.run(&inputs).expect("inputs of the right types")
}

/// The tangents of the tensors among the results that depend on an input.
pub fn tangents<D: Environment, G: Context, Ss: Computes>(
    graph: &GraphData<f64, D, G, Ss>,
    x: impl Given<f64, G>,
    dx: impl Given<f64, G>,
    env: impl Given<f64, D>,
) -> Values {
    let program = graph.program().expect("a graph without closures");
    let (x, env) = (x.values(), env.values());
    let differentiated: Vec<bool> = (0..x.len() + env.len()).map(|i| i < x.len()).collect();
    let jvp = jvp(&program, &differentiated).expect("a flag for each input");
    let mut all = jvp.program.run(&[x, env, dx.values()].concat());
    let all = all.as_mut().expect("inputs of the right types");
    all.split_off(program.outputs().len())
}

/// The cotangents of the inputs for those of the first results.
pub fn cotangents<D: Environment, G: Context, Ss: Computes>(
    graph: &GraphData<f64, D, G, Ss>,
    x: impl Given<f64, G>,
    env: impl Given<f64, D>,
    dy: &[&dyn Fn(&mut Values)],
) -> Values {
    let program = graph.program().expect("a graph without closures");
    let (x, env) = (x.values(), env.values());
    let differentiated: Vec<bool> = (0..x.len() + env.len()).map(|i| i < x.len()).collect();
    let given: Vec<bool> = (0..program.outputs().len()).map(|i| i < dy.len()).collect();
    let vjp = vjp(&program, &differentiated, &given).expect("a flag for each input and output");
    let values = vjp.forward.run(&[x, env].concat());
    let mut residuals = values
        .expect("inputs of the right types")
        .split_off(given.len());
    for push in dy {
        push(&mut residuals);
    }
    let cotangents = vjp.backward.run(&residuals);
    cotangents.expect("residuals of the right types")
}

/// A cotangent, as [`cotangents`] takes it.
pub fn seed<V: Erase<f64>>(dy: &V) -> impl Fn(&mut Values) + '_ {
    |all| dy.push_any(all)
}
