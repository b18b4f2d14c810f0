//! How building, differentiating and simplifying grow with the number of nodes, inputs, layers and steps.
//!
//! ```sh
//! cargo bench --bench scale
//! ```
//!
//! For 10, 100, 1,000 and 10,000 of each it prints medians in microseconds, and the growth for each factor of 10: about 10
//! where the time is linear, about 1 where it does not depend on the number. A step from 1,000 to 10,000 that grows by more
//! than the limit fails. Ratios within one run are compared, not times: machines are noisy.

use cotangent::graph::repeat;
use cotangent::prelude::*;
use cotangent::program::{
    Binary, Function, Input, Program, Scan, Steps, Unary, inline, simplify, vjp,
};
use cotangent::tensor::Dims;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The growth for a factor of 10 that is allowed: linear time, three times for leaving the caches. Where programs of 1,000
/// instructions fit into them and those of 10,000 do not, 22 was seen, and 10 again from there to 100,000.
const LIMIT: f64 = 30.0;

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

/// The median of as many runs as fit into a fifth of a second, but at least three.
fn median<T>(mut run: impl FnMut() -> T) -> Duration {
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.len() < 3 || start.elapsed() < Duration::from_millis(200) {
        let before = Instant::now();
        black_box(run());
        times.push(before.elapsed());
    }
    times.sort_unstable();
    times[times.len() / 2]
}

/// A chain of `n` nodes on one input.
fn nodes(n: usize) -> Program {
    let mut program = Program::new(&[Dims::new(&[4])]);
    let mut last = 0;
    for i in 0..n {
        last = match i % 3 {
            0 => program.push(Unary::Tanh, &[last]),
            1 => program.push(Binary::Add, &[last, 0]),
            _ => program.push(Binary::Mul, &[last, last]),
        }
        .expect("elementwise functions of equal dims");
    }
    program.set_outputs(&[last]).expect("the last value");
    program
}

/// A sum of `n` inputs, each of its own tanh.
fn inputs(n: usize) -> Program {
    let mut program = Program::new(&vec![Dims::new(&[4]); n]);
    let mut total = 0;
    for input in 1..n {
        let y = program
            .push(Unary::Tanh, &[input])
            .expect("a function of an input");
        total = program
            .push(Binary::Add, &[total, y])
            .expect("values of equal dims");
    }
    program.set_outputs(&[total]).expect("the last value");
    program
}

/// `s ↦ tanh(s + x)`.
fn step() -> Program {
    let mut body = Program::new(&[Dims::new(&[4]), Dims::new(&[4])]);
    let sum = body
        .push(Binary::Add, &[0, 1])
        .expect("values of equal dims");
    let next = body
        .push(Unary::Tanh, &[sum])
        .expect("a function of a value");
    body.set_outputs(&[next]).expect("the last value");
    body
}

fn looped(n: usize, steps: Steps) -> Program {
    let inputs: Vec<Input> = match steps {
        Steps::Stacked => vec![Dims::new(&[4]).into(), Dims::new(&[n, 4]).into()],
        Steps::Listed => vec![Dims::new(&[4]).into(); n + 1],
    };
    let mut program = Program::new(&inputs);
    let scan = Scan {
        body: Function::new("step", step(), None),
        length: n,
        constants: 0,
        carried: 1,
        inputs: [steps].into(),
        outputs: [].into(),
        reverse: false,
    };
    let ids: Vec<usize> = (0..inputs.len()).collect();
    let last = program.push(scan, &ids).expect("a loop over its inputs");
    program.set_outputs(&[last]).expect("the last value");
    program
}

/// A row of a table: a size, and the times.
struct Row {
    size: usize,
    times: [Duration; 3],
}

fn measure(size: usize, build: impl Fn(usize) -> Program) -> Row {
    let program = build(size);
    let (wanted, given) = (
        vec![true; program.inputs().len()],
        vec![true; program.outputs().len()],
    );
    let differentiate = || vjp(&program, &wanted, &given).expect("as many flags as values");
    let halves = differentiate();
    let times = [
        median(|| build(size)),
        median(differentiate),
        median(|| simplify(&inline(&halves.backward).expect("calls of one type"))),
    ];
    Row { size, times }
}

/// A typed graph of `L` layers: built by `repeat`, and its gradient as a graph.
fn layers<const L: usize>() -> Row {
    let layer: GraphData<f64, _, _, _> = graph!(|x: [4], p: [4]| tanh(x + p));
    let build = || {
        let layers = repeat::<L, _, _, _, _, _, _, _>(layer.clone());
        let g = GraphData::<f64, (), context![[4], [[4]; L]], _>::nil();
        let arguments = g.inputs();
        let (g, y) = g.call("y", layers, arguments);
        g.node("total", sum(y)).0
    };
    let g = build();
    let times = [
        median(build),
        median(|| g.clone().gradient()),
        median(|| {
            let program = g.gradient().program().expect("no closures");
            simplify(&inline(&program).expect("calls of one type"))
        }),
    ];
    Row { size: L, times }
}

/// Prints a table; whether it grows as it should.
fn report(name: &str, rows: &[Row]) -> bool {
    println!("\n{name}");
    println!(
        "{:>7}  {:>10}        {:>10}        {:>10}",
        "number", "build", "derive", "simplify"
    );
    let mut fine = true;
    for (i, row) in rows.iter().enumerate() {
        print!("{:>7}", row.size);
        for (at, time) in row.times.iter().enumerate() {
            print!("  {:>10.1}", time.as_secs_f64() * 1e6);
            match i.checked_sub(1) {
                None => print!("      "),
                Some(before) => {
                    let growth = time.as_secs_f64() / rows[before].times[at].as_secs_f64();
                    print!(" ×{growth:<4.1}");
                    fine &= growth <= LIMIT || row.size < 10_000;
                }
            }
        }
        println!();
    }
    fine
}

fn main() -> ExitCode {
    let all = |build: &dyn Fn(usize) -> Program| SIZES.map(|size| measure(size, build));
    let fine = [
        report("nodes of a program", &all(&nodes)),
        report("inputs of a program", &all(&inputs)),
        report(
            "steps of a loop over a stacked value",
            &all(&|n| looped(n, Steps::Stacked)),
        ),
        report(
            "steps of a loop over a list of values",
            &all(&|n| looped(n, Steps::Listed)),
        ),
        report(
            "layers of a typed graph (derive: `gradient()`)",
            &[
                layers::<10>(),
                layers::<100>(),
                layers::<1_000>(),
                layers::<10_000>(),
            ],
        ),
    ];
    match fine.iter().all(|fine| *fine) {
        true => ExitCode::SUCCESS,
        false => {
            eprintln!("a time grows faster than the number it depends on");
            ExitCode::FAILURE
        }
    }
}
