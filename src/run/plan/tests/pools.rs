//! Pools and their gradients: each is one step, which stores no windows, and its bits are those of the interpreter.

use super::random::{Number, bits, value};
use crate::prelude::*;
use crate::program::{
    Builder, Full, Program, Reduction, TRANSFORM, Unary, Value, Window, batch, inline, primitives,
    simplify, vjp,
};
use crate::run::plan::{Arena, Plan, PlanError, Threads};
use crate::scalar::Literal;
use crate::tensor::{AnyTensor, Dims, Type};
use fastrand::Rng;

/// The program of an op, or with a mistake in it.
fn pool(how: Reduction, window: Window, x: [usize; 4], offset: i64) -> Program {
    let places = window.places([x[2], x[3]]).expect("it fits");
    let mut program = Program::new(&[Dims::new(&x)]);
    let mut push = |prim: crate::program::Prim, x: &[usize]| program.push(prim, x).expect("a pool");
    let over = |how| primitives::Reduce(how, vec![2]).into();
    let mut entries = push(primitives::Unfold(window).into(), &[0]);
    let dims = Dims::new(&[x[0], x[1], window.size(), places[0] * places[1]]);
    if how == Reduction::Max && window.padding != [0, 0] {
        let ones = Full(Dims::new(&x[2..]), Literal::ratio(1, 1)).into();
        let ones = push(ones, &[]);
        let inside = push(primitives::Unfold(window).into(), &[ones]);
        let inside = push(
            primitives::Broadcast(dims.clone(), vec![2, 3]).into(),
            &[inside],
        );
        let negative = push(Unary::Neg.into(), &[entries]);
        let highest = push(over(Reduction::Max), &[negative]);
        let low = push(primitives::Scale(Literal::ratio(-2, 1)).into(), &[highest]);
        let low = push(primitives::Offset(Literal::ratio(offset, 1)).into(), &[low]);
        let low = push(Unary::Stop.into(), &[low]);
        let low = push(primitives::Broadcast(dims, vec![0, 1, 3]).into(), &[low]);
        entries = push(primitives::Select.into(), &[inside, entries, low]);
    }
    let joined = push(over(how), &[entries]);
    let y = Dims::new(&[x[0], x[1], places[0], places[1]]);
    let y = push(primitives::Reshape(y).into(), &[joined]);
    program.set_outputs(&[y]).expect("an output");
    program
}

/// The values and the cotangents of inputs as one program.
fn joint(program: &Program) -> Program {
    let halves = vjp(program, &[true], &[true]).expect("a pullback");
    let mut b = Builder::new(&TRANSFORM);
    let mut inputs: Vec<usize> = halves
        .forward
        .inputs()
        .iter()
        .map(|x| b.input(x.clone()))
        .collect();
    let mut outputs = b.inline(&halves.forward, &inputs).expect("a program");
    let mut residuals = outputs.split_off(1);
    let seed = b.input(halves.backward.inputs()[residuals.len()].clone());
    inputs.push(seed);
    residuals.push(seed);
    outputs.extend(b.inline(&halves.backward, &residuals).expect("a program"));
    let joint = b.finish(&inputs, &outputs).expect("a program");
    simplify(&inline(&joint).expect("a program"))
}

/// A value of which many elements are equal, or with infinities, NaN and zeros of both signs among them.
fn special<T: Number>(rng: &mut Rng, ty: &Type, kind: u8) -> Value<T> {
    let plain = value::<T>(rng, ty);
    let Value::Scalar(plain) = plain else {
        return plain;
    };
    let lowest = T::LOWEST;
    let number = |x: &T| match (kind, rng.u8(..8)) {
        (1, 0) => -lowest,
        (1, 1) | (2, 0..6) => lowest,
        (1, 2) => T::zero() * lowest,
        (3, 0..3) => T::zero(),
        (3, _) => -T::zero(),
        _ => *x,
    };
    let all = plain.as_slice().iter().map(number).collect();
    AnyTensor::from_parts(plain.dims().clone(), all).into()
}

/// The same bits as the interpreter, all NaN being equal, on one thread and on several.
fn exact<T: Number>(program: &Program, rng: &mut Rng, arena: &mut Arena<T>) {
    let plan = Plan::<T>::new(program).expect("a plan");
    for kind in 0..4 {
        let types = program.input_types();
        let inputs: Vec<Value<T>> = types.iter().map(|ty| special(rng, ty, kind)).collect();
        let canonical = |values: &[Value<T>]| -> Vec<u64> {
            let all = bits(values).into_iter();
            all.map(|x| if f64::from_bits(x).is_nan() { 1 } else { x })
                .collect()
        };
        let expected = canonical(&program.run(&inputs).expect("values"));
        for threads in [1, 2, 3] {
            arena.threads = Threads::of(threads).expect("threads");
            let got = canonical(&plan.run_values(arena, &inputs).expect("values"));
            assert_eq!(got, expected, "{inputs:?}\n{program}");
        }
    }
}

/// What the steps of the plan of a program do.
fn steps(program: &Program) -> Vec<&'static str> {
    let plan = Plan::<f64>::new(program).expect("a plan");
    plan.explained()
        .steps
        .iter()
        .map(|step| step.what())
        .collect()
}

/// Both ways, alone and over samples.
fn held(how: Reduction, window: Window, x: [usize; 4], rng: &mut Rng) {
    let [forward, backward] = match how {
        Reduction::Max => ["max_pool", "max_pool_gradient"],
        Reduction::Sum => ["sum_pool", "sum_pool_gradient"],
    };
    let alone = pool(how, window, x, -1);
    let many = batch(&alone, &[true], 2).expect("a program").program;
    for program in [alone, many] {
        assert_eq!(steps(&program), [forward], "{program}");
        let both = joint(&program);
        let of_both = steps(&both);
        assert!(
            of_both.contains(&forward) && of_both.contains(&backward) && of_both.len() == 2,
            "{of_both:?}\n{both}"
        );
        for program in [program, both] {
            exact::<f64>(&program, rng, &mut Arena::new());
            exact::<f32>(&program, rng, &mut Arena::new());
        }
    }
}

#[test]
fn usual_windows() {
    let mut rng = Rng::with_seed(21);
    for how in [Reduction::Max, Reduction::Sum] {
        for (kernel, stride, padding) in [(2, 2, 0), (3, 1, 0), (3, 2, 1), (3, 1, 1), (2, 2, 1)] {
            let window = Window {
                stride: [stride; 2],
                padding: [padding; 2],
                ..Window::of([kernel; 2])
            };
            for image in [[8, 8], [5, 7], [3, 24]] {
                held(how, window, [3, 2, image[0], image[1]], &mut rng);
            }
        }
    }
}

/// One column, strides beyond the kernel, windows that are the whole image, pixels apart.
#[test]
fn random_windows() {
    let mut rng = Rng::with_seed(22);
    for _ in 0..40 {
        let mut pair = |from: usize, below: usize| [rng.usize(from..below), rng.usize(from..below)];
        let (kernel, stride, mut dilation) = (pair(1, 4), pair(1, 5), pair(1, 3));
        let padding = [0, 1].map(|axis| rng.usize(0..kernel[axis]));
        let how = if rng.bool() {
            Reduction::Max
        } else {
            Reduction::Sum
        };
        if how == Reduction::Max {
            // Each window is over the image.
            dilation = [0, 1].map(|axis| {
                if padding[axis] == 0 {
                    dilation[axis]
                } else {
                    1
                }
            });
        }
        let window = Window {
            kernel,
            stride,
            padding,
            dilation,
        };
        let image = [0, 1].map(|axis| {
            let reach = dilation[axis] * (kernel[axis] - 1) + 1;
            reach.saturating_sub(2 * padding[axis]).max(1) + rng.usize(..4)
        });
        let x = [rng.usize(1..4), rng.usize(1..3), image[0], image[1]];
        held(how, window, x, &mut rng);
    }
}

/// What is not below all entries may be the largest: then the windows are stored.
#[test]
fn other_padding() {
    let window = Window {
        padding: [1, 1],
        ..Window::of([2, 2])
    };
    let mut rng = Rng::with_seed(23);
    let program = pool(Reduction::Max, window, [2, 1, 3, 3], 1);
    assert!(steps(&program).contains(&"unfold"));
    exact::<f64>(&joint(&program), &mut rng, &mut Arena::new());

    // Of two pixels apart both are in the padding.
    let window = Window {
        padding: [0, 1],
        dilation: [1, 2],
        ..Window::of([2, 2])
    };
    let program = pool(Reduction::Max, window, [2, 1, 3, 1], -1);
    assert!(steps(&program).contains(&"unfold"));
    exact::<f64>(&joint(&program), &mut rng, &mut Arena::new());
}

/// Windows that something else reads are stored, and the pool reads the image.
#[test]
fn windows_that_are_read_twice() {
    let text = "cotangent program 1\n%0: [2, 4, 4]\n%1 [2, 4, 4] = unfold([2, 2], [2, 2], [0, 0], [1, 1]) %0
%2 [2, 4] = reduce_max([1]) %1\n%3 [2, 4, 4] = exp %1\nreturn %2 %3\n";
    let program: Program = text.parse().expect("a program");
    let mut steps = steps(&program);
    steps.sort_unstable();
    assert_eq!(steps, ["chain", "max_pool", "unfold"]);
    let input = special::<f64>(&mut Rng::with_seed(24), &program.input_types()[0], 1);
    let plan = Plan::<f64>::new(&program).expect("a plan");
    let got = plan.run_values(&mut Arena::new(), core::slice::from_ref(&input));
    let expected = program.run(&[input]).expect("values");
    assert!(super::random::same(&got.expect("values")[0], &expected[0]));
}

/// The ops are what is found; a step of a network with them holds no windows.
#[test]
fn ops() {
    let network: GraphData<f32, _, _, _> = graph!(|x: [3, 2, 12, 12]| {
        let x = max_pool2d(square(x), 2);
        let x = avg_pool2d(x, PoolWindow::of::<3, 3>().stride::<1, 1>());
        sum(square(max_pool2d(x, PoolWindow::of::<3, 3>().stride::<2, 2>().padding::<1, 1>())))
    });
    let explained = network.plan().explain_vjp();
    let of = |name: &str| {
        explained
            .steps
            .iter()
            .filter(|step| step.what() == name)
            .count()
    };
    let names = [
        "max_pool",
        "sum_pool",
        "max_pool_gradient",
        "sum_pool_gradient",
    ];
    assert_eq!(names.map(of), [2, 1, 2, 1], "{explained}");
    assert_eq!(["unfold", "fold", "copy"].map(of), [0; 3], "{explained}");
    // Nothing is larger than the images.
    let largest = explained.memory.values.iter().map(|held| held.bytes).max();
    assert_eq!(largest, Some(4 * 3 * 2 * 12 * 12), "{explained}");
    let printed = explained.to_string();
    assert!(printed.contains("max_pool_gradient"), "{printed}");
}

/// A checked plan has the same numbers, and sees the instruction that makes what is not finite.
#[test]
fn checked() {
    let window = Window {
        stride: [2, 2],
        ..Window::of([2, 2])
    };
    let program = joint(&pool(Reduction::Max, window, [1, 1, 2, 2], -1));
    let plan = Plan::<f64>::checked(&program, 0).expect("a plan");
    let run = |dy: f64| {
        let x = AnyTensor::from_parts(Dims::new(&[1, 1, 2, 2]), vec![1.0, 2.0, 2.0, 0.0]);
        let dy = AnyTensor::from_parts(Dims::new(&[1, 1, 1, 1]), vec![dy]);
        plan.run_values(&mut Arena::new(), &[x.into(), dy.into()])
    };
    assert_eq!(
        bits(&run(3.0).expect("values")),
        [2.0, 0.0, 1.5, 1.5, 0.0].map(f64::to_bits)
    );
    assert!(run(f64::INFINITY).is_ok());
    let sums = joint(&pool(Reduction::Sum, window, [1, 1, 2, 2], -1));
    let sums = Plan::<f64>::checked(&sums, 0).expect("a plan");
    let large = AnyTensor::from_parts(Dims::new(&[1, 1, 2, 2]), vec![1e308; 4]);
    let dy = AnyTensor::from_parts(Dims::new(&[1, 1, 1, 1]), vec![1.0]);
    let refused = sums.run_values(&mut Arena::new(), &[large.into(), dy.into()]);
    assert!(
        matches!(refused, Err(PlanError::NotFinite(_))),
        "{refused:?}"
    );
}
