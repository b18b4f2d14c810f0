//! The graphs of the examples, and of ops of each family: values, both halves of pullbacks, tangents.

#[path = "../../../../examples/digits/model.rs"]
#[allow(dead_code)]
mod digits;
#[path = "../../../../examples/hessian/model.rs"]
#[allow(dead_code)]
mod hessian;
#[path = "../../../../examples/pendulum/model.rs"]
#[allow(dead_code)]
mod pendulum;
#[path = "../../../../examples/quickstart.rs"]
#[allow(dead_code)]
mod quickstart;

use super::random::{Number, compare, value};
use crate::prelude::*;
use crate::program::{Program, Value, Vjp, hoist, inline, jvp, simplify, vjp};
use crate::run::plan::Arena;
use fastrand::Rng;

fn ready(program: &Program) -> Program {
    let simple = simplify(&inline(program).expect("a program"));
    simplify(&hoist(&simple).expect("a program"))
}

fn held_over<T: Number>(name: &str, program: &Program) -> Result<(), String> {
    let mut rng = Rng::with_seed(7);
    let mut arena = Arena::new();
    let types = program.input_types();
    let inputs: Vec<Value<T>> = types.iter().map(|ty| value(&mut rng, ty)).collect();
    let error = |why: String| format!("{name}: {why}");
    compare(&ready(program), &inputs, &mut arena).map_err(error)?;
    compare(program, &inputs, &mut arena).map_err(error)?;

    let wanted: Vec<bool> = types.iter().map(|ty| ty.is_scalar()).collect();
    let outputs = program.output_types();
    let given: Vec<bool> = outputs.iter().map(|ty| ty.is_scalar()).collect();
    let halves = vjp(program, &wanted, &given).map_err(|why| why.to_string())?;
    let Vjp { forward, backward } = halves;
    let (forward, backward) = (ready(&forward), ready(&backward));
    compare(&forward, &inputs, &mut arena).map_err(error)?;
    let all = forward.run(&inputs).map_err(|why| why.to_string())?;
    let mut seeded = all[outputs.len()..].to_vec();
    let seeds = outputs.iter().filter(|ty| ty.is_scalar());
    seeded.extend(seeds.map(|ty| value(&mut rng, ty)));
    compare(&backward, &seeded, &mut arena).map_err(error)?;

    let tangents = ready(
        &jvp(program, &wanted)
            .map_err(|why| why.to_string())?
            .program,
    );
    let types = tangents.input_types().iter();
    let inputs: Vec<Value<T>> = types.map(|ty| value(&mut rng, ty)).collect();
    compare(&tangents, &inputs, &mut arena).map_err(error)
}

/// Over both floats.
fn held<A, D, G, Ss>(name: &str, graph: &GraphData<A, D, G, Ss>) {
    let program = graph.program().expect("a program");
    let both = held_over::<f64>(name, &program).and_then(|()| held_over::<f32>(name, &program));
    both.unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn examples() {
    held("quickstart", &quickstart::loss::<f64>());
    held("hessian", &hessian::energy::<f64>());
    held("pendulum", &pendulum::loss::<f64, N<3>>());
    held("digits", &digits::loss::<f64, N<3>>());
    held("answers", &digits::answers::<f64, N<3>>());
    held(
        "block",
        &crate::nn::causal_pre_norm_block::<f64, N<2>, N<3>, N<4>, N<2>, N<5>, N<16>>(),
    );
}

/// One graph a line, each over `f64` and `f32`.
macro_rules! graphs {
    ($($name:ident: $graph:expr;)+) => {$(
        #[test]
        fn $name() {
            let graph: GraphData<f64, _, _, _> = $graph;
            held(stringify!($name), &graph);
        }
    )+};
}

graphs! {
    products: graph!(|x: [2, 3], w: [3, 4], v: [4]| matmul(matmul(x, w), v));
    many_products: graph!(|x: [5, 2, 3], w: [5, 3, 4]| matmul(x, w));
    softmax_of_rows: graph!(|x: [3, 5]| softmax(x, 1));
    entropy: graph!(|x: [3, 5]; labels: [3] < 5| cross_entropy(x, labels));
    layer_norm_: graph!(|x: [3, 5], g: [5], b: [5]| layer_norm(x, g, b, { 0.1 }));
    batch_norm_: graph!(|x: [3, 2, 4], g: [2], b: [2]| batch_norm(x, g, b, 1, { 0.1 }));
    convolution: graph!(|x: [2, 3, 5, 4], w: [2, 3, 2, 2], b: [2]| conv2d(x, w, b, ConvWindow::new()));
    strided_convolution: graph!(|x: [1, 2, 5, 5], w: [3, 2, 2, 2]| {
        conv2d(x, w, NoBias, ConvWindow::new().stride::<2, 2>().padding::<1, 1>())
    });
    pools: graph!(|x: [2, 2, 4, 4]| {
        max_pool2d(x, PoolWindow::of::<2, 2>()) + avg_pool2d(x, PoolWindow::of::<2, 2>())
    });
    attended: graph!(|q: [2, 3, 4], k: [2, 3, 4], v: [2, 3, 4]| causal_attention(q, k, v));
    masked: graph!(|q: [2, 3, 2, 4], k: [5, 3, 4], v: [5, 3, 4], s: [2, 5]; mask: [5] < 2| {
        masked_attention(q, k, v, (Causal, mask, s))
    });
    rotated: graph!(|x: [2, 3, 2, 4]; start: [] < 9| rotary(x, 100, start) + rotary_interleaved(x, 100, 0));
    enlarged: graph!(|x: [1, 2, 3, 2]| upsample_bilinear(x, 3) + upsample_nearest(x, 3));
    pools_of_signals: graph!(|x: [2, 2, 7]| {
        let window = max_pool1d(x, PoolWindow1d::of::<3>().stride::<2>().padding::<1>());
        window + avg_pool1d(x, PoolWindow1d::of::<3>().stride::<2>().padding::<1>())
    });
    pools_to_a_size: graph!(|x: [2, 2, 7, 4]| {
        adaptive_max_pool2d(x, (3, 4)) + adaptive_avg_pool2d(x, (3, 4))
    });
    cell: graph!(|x: [2, 3], state: [2, 2, 4], w: [3, 16], u: [4, 16], b: [16]| lstm_cell(x, state, w, u, b));
    embedded: graph!(|table: [5, 3]; tokens: [4] < 5| embedding(table, tokens));
    dropped: graph!(|x: [4, 3]; key| dropout(x, key, 0.5));
    rows_of_sums: graph!(|x: [3, 4, 2]| x - mean_axis(x, keep(1)));
}
