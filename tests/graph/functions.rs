//! Functions: interned, called, with rules that travel; checkpoints; and only what is asked for.

use cotangent::graph::{checkpoint, repeat};
use cotangent::prelude::*;
use cotangent::program::{
    Binary, Call as CallOf, Function, Prim, Program, Reshape, Rule, Unary, Value, batch, inline,
    jvp, vjp,
};
use cotangent::tensor::Dims;
use frunk::{hlist, hlist_pat};
use num_rational::BigRational as Q;
use std::sync::Arc;

fn q(n: i64) -> Q {
    Q::from_integer(n.into())
}

fn cube(n: u32) -> Arc<Function> {
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| powi(x, { n }));
    let program = g.program().unwrap();
    match &program.instructions()[0].prim {
        Prim::Call(call) => Arc::clone(&call.function),
        prim => panic!("{prim} is no call"),
    }
}

/// Equal programs are one function, whoever records them; a type does not make two programs equal.
#[test]
fn functions_are_interned_by_content() {
    assert!(Arc::ptr_eq(&cube(3), &cube(3)));
    assert!(!Arc::ptr_eq(&cube(3), &cube(4))); // both are of the type `Powi`
    assert_ne!(cube(3), cube(4));
    // Once nobody has it, it is gone, and can be made again.
    let name = format!("{:?}", cube(3));
    assert_eq!(format!("{:?}", cube(3)), name);
}

/// Names and source lines take no part in equality and in hashes.
#[test]
fn names_are_no_content() {
    use std::hash::{BuildHasher, RandomState};
    let one: GraphData<f64, _, _, _> = graph!(|x: [2]| { let a = exp(x); sum(a * x) });
    let other: GraphData<f64, _, _, _> = graph!(|y: [2]| {
        let b = exp(y);

        sum(b * y)
    });
    let (one, other) = (one.program().unwrap(), other.program().unwrap());
    assert_ne!(one.to_string(), other.to_string());
    assert_eq!(one, other);
    let state = RandomState::new();
    assert_eq!(state.hash_one(&one), state.hash_one(&other));
    let third: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(log(x) * x));
    assert_ne!(one, third.program().unwrap());
}

/// A user's names and the line are on the instruction.
#[test]
fn labels_say_where() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| { let halves = x * 0.5; sum(halves) });
    let program = g.program().unwrap();
    let label = program.instructions()[0].label.as_ref().unwrap();
    assert_eq!((&*label.names[0], &*label.op), ("halves", "scale"));
    let (file, line) = label.source.as_ref().unwrap();
    assert!(file.ends_with("functions.rs") && *line > 0, "{file}:{line}");
}

/// `x²`, with rules that say `10 dx`: no derivative of anything, so it shows who uses it.
#[derive(Clone)]
struct Marked;
impl<S: Shape> Op<(S,)> for Marked {
    type Out = S;
    type Level = levels::Field;
    const NAME: &'static str = "marked";
    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<S> {
        r.mul_same(x, x)
    }
    fn jvp(
        &self,
        r: &Recorder<levels::Field>,
        (x,): (Var<S>,),
        _y: Var<S>,
        (dx,): (Var<S>,),
    ) -> Var<S> {
        let _ = x;
        r.scale(dx, 10)
    }
    fn vjp(
        &self,
        r: &Recorder<levels::Field>,
        (x,): (Var<S>,),
        _y: Var<S>,
        dy: Var<S>,
    ) -> (Var<S>,) {
        let _ = x;
        (r.scale(dy, 10),)
    }
}
fn marked<S: Shape>(x: Var<S>) -> Call<Marked, (Var<S>,)> {
    Call::new(Marked, (x,))
}

/// `marked`, inside of another op that writes no rules.
#[derive(Clone)]
struct Around;
impl<S: Shape> Op<(S,)> for Around {
    type Out = S;
    type Level = levels::Field;
    const NAME: &'static str = "around";
    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<S> {
        let twice = r.add_same(x, x);
        let y = r.record(marked(twice));
        r.add_same(y, x)
    }
}
fn around<S: Shape>(x: Var<S>) -> Call<Around, (Var<S>,)> {
    Call::new(Around, (x,))
}

/// The value, the tangent and the cotangent for ones.
macro_rules! derivatives {
    ($g:expr, $x:expr) => {{
        let (g, x) = ($g, tlist![$x]);
        let one = tlist![Tensor::ones()];
        let (y, dy) = g.value_and_jvp(&x, &one, ());
        let (z, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, z);
        (y, dy, dx)
    }};
}

#[test]
fn a_rule_holds_inside_other_ops_and_calls() {
    let x = || Tensor::from([q(1), q(-3)]);
    let tens = |n: i64| Tensor::full(q(n));
    let g: GraphData<Q, _, _, _> = graph!(|x: [2]| marked(x));
    assert_eq!(
        derivatives!(g.clone(), x()),
        (Tensor::from([q(1), q(9)]), tens(10), tens(10))
    );
    let g2: GraphData<Q, _, _, _> = graph!(|x: [2]| around(x));
    let expected = (Tensor::from([q(5), q(33)]), tens(21), tens(21));
    assert_eq!(derivatives!(g2.clone(), x()), expected);
    // In a graph that is called, in one that is a checkpoint, and both.
    let inner = g2.clone();
    let called: GraphData<Q, _, _, _> = graph!(|x: [2]| { let y = { inner }(x); y });
    assert_eq!(derivatives!(called.clone(), x()), expected);
    let inner = checkpoint(g2);
    let kept: GraphData<Q, _, _, _> = graph!(|x: [2]| { let y = { inner }(x); y });
    assert_eq!(derivatives!(kept, x()), expected);
    // Inlined, it is the body's derivative: the rule is the function's.
    let program = called.program().unwrap();
    let inlined = inline(&program).unwrap();
    let tangent = jvp(&inlined, &[true]).unwrap().program;
    let ones: Value<Q> = Tensor::<Q, shape![2]>::ones().to_any().into();
    let dy = tangent
        .run(&[x().to_any().into(), ones])
        .unwrap()
        .swap_remove(1);
    assert_eq!(dy.tensor().unwrap().as_slice(), [q(9), q(-23)]); // 8 x + 1
}

/// `Marked` after a linear map, twice.
#[test]
fn a_rule_holds_in_loops() {
    let body: GraphData<Q, _, _, _> = graph!(|x: [2]| marked(x));
    let listed: GraphData<Q, _, _, _> = graph!(|x: [2], p: [2]| { let y = { body }(x); y + p });
    let g = repeat::<3, _, _, _, _, _, _, _>(listed);
    let p = cotangent::context::by_name::<Q, [shape![2]; 3]>(|_, _| vec![q(0); 2]).unwrap();
    let x = tlist![Tensor::from([q(1), q(2)]), p];
    let (y, tlist![dx, _]) = g.vjp(&x, (), &Tensor::ones());
    assert_eq!(
        (y, dx),
        (Tensor::from([q(1), q(256)]), Tensor::full(q(1000)))
    );
    let step: GraphData<Q, _, _, _> = graph!(|s: [2], x: [2]| -> ([2], [2]) {
        let next = marked(s) + x;
        (next, next)
    });
    let g: GraphData<Q, _, _, _> = graph!(|init: [2], xs: [4, 2]| -> [2] {
        let (last, _) = { scan(step) }(init, xs);
        last
    });
    let x = tlist![Tensor::full(q(1)), Tensor::zeros()];
    let (_, tlist![dinit, dxs]) = g.vjp(&x, (), &Tensor::ones());
    assert_eq!(dinit, Tensor::full(q(10_000)));
    assert_eq!(
        dxs,
        Tensor::from_fn(|[t, _]: [usize; 2]| q(10_i64.pow(3 - t as u32)))
    );
}

/// The function of `x² with dx = 10`, its rule as programs.
fn marked_program() -> Program {
    let g: GraphData<Q, _, _, _> = graph!(|x: [2]| marked(x));
    g.program().unwrap()
}

#[test]
fn a_rule_holds_under_batch_and_at_every_order() {
    let batched = batch(&marked_program(), &[true], 3).unwrap();
    assert_eq!(batched.batched, [true]);
    let halves = vjp(&batched.program, &[true], &[true]).unwrap();
    let x = AnyTensor::new(&[3, 2], (0..6).map(q).collect()).unwrap();
    let y = halves.forward.run(&[x.clone().into()]).unwrap();
    let squares: Vec<Q> = (0..6).map(|n| q(n * n)).collect();
    assert_eq!(y[0].tensor().unwrap().as_slice(), squares);
    let dx = halves
        .backward
        .run(&[&y[1..], &[x.into()]].concat())
        .unwrap();
    let tens: Vec<Q> = (0..6).map(|n| q(10 * n)).collect();
    assert_eq!(dx[0].tensor().unwrap().as_slice(), tens);

    // x ↦ x · marked(x): its gradient is marked(x) + 10 x, and that of it 10 + 10, not 2x + 10.
    let g: GraphData<Q, _, _, _> = graph!(|x: [2]| sum(x * marked(x)));
    let gradient = g.gradient();
    let x = tlist![Tensor::from([q(3), q(5)])];
    let (tlist![dx], tlist![hx]) = gradient.vjp(&x, (), &tlist![Tensor::ones()]);
    assert_eq!(
        (dx, hx),
        (Tensor::from([q(39), q(75)]), Tensor::full(q(20)))
    );
    let tangent = g.tangent();
    let x = tlist![tlist![Tensor::from([q(3), q(5)])], tlist![Tensor::ones()]];
    let (_, tlist![tlist![hx], _]) = tangent.value_and_vjp(&x, ());
    assert_eq!(hx, Tensor::full(q(20)));
}

/// A function with one rule of its own has the other from its body, and a program can carry rules without any op.
#[test]
fn rules_by_hand() {
    let mut body = Program::new(&[Dims::new(&[])]);
    let y = body.push(Binary::Mul, &[0, 0]).unwrap();
    body.set_outputs(&[y]).unwrap();
    let mut third = Program::new(&[Dims::new(&[]), Dims::new(&[]), Dims::new(&[])]);
    third.set_outputs(&[2]).unwrap();
    let rule = Rule {
        jvp: third.clone(),
        vjp: third,
    };
    let function = Function::new("through", body, Some(rule));
    let mut program = Program::new(&[Dims::new(&[])]);
    let y = program
        .push(
            CallOf {
                function,
                checkpoint: false,
            },
            &[0],
        )
        .unwrap();
    let y = program.push(Unary::Neg, &[y]).unwrap();
    program.set_outputs(&[y]).unwrap();
    let tangent = jvp(&program, &[true]).unwrap().program;
    let dy = tangent
        .run(&[7.0, 3.0].map(|x| AnyTensor::scalar(x).into()))
        .unwrap();
    assert_eq!(dy, [-49.0, -3.0].map(|x| AnyTensor::scalar(x).into()));
}

/// A checkpoint keeps the arguments of the call and nothing else.
#[test]
fn a_checkpoint_keeps_its_arguments_only() {
    let block: GraphData<f64, _, _, _> = graph!(|x: [3]| tanh(exp(x) * x) * exp(x));
    let residuals = |g: &GraphData<f64, environment![], context![[3]], _>| {
        let program: Program = g.program().unwrap();
        let halves = vjp(&program, &[true], &[true]).unwrap();
        (halves.residuals(1), halves.forward.outputs()[1..].to_vec())
    };
    let inner = block.clone();
    let plain = graph!(|x: [3]| { let y = { inner }(x); y });
    let inner = checkpoint(block);
    let kept = graph!(|x: [3]| { let y = { inner }(x); y });
    assert!(residuals(&plain).0 > 2);
    assert_eq!(residuals(&kept), (1, vec![0])); // its input
    let x = tlist![Tensor::from([0.1, -0.5, 2.0])];
    let dy = Tensor::from([1.0, 2.0, 3.0]);
    assert_eq!(plain.vjp(&x, (), &dy), kept.vjp(&x, (), &dy));
    // Inlining leaves it, so that nothing merges what is computed again with what was computed before.
    let program = kept.program().unwrap();
    assert!(matches!(
        inline(&program).unwrap().instructions()[0].prim,
        Prim::Call(_)
    ));
}

/// So does each layer of a repeat of checkpoints: it stacks its state, and nothing from inside.
#[test]
fn layers_that_are_checkpoints() {
    let layer: GraphData<f64, _, _, _> = graph!(|x: [3], p: [3]| tanh(exp(x) * p) * exp(x));
    let plain = repeat::<4, _, _, _, _, _, _, _>(layer.clone());
    let kept = repeat::<4, _, _, _, _, _, _, _>(checkpoint(layer));
    let residuals = |program: Program| {
        let wanted = vec![true; program.inputs().len()];
        let halves = vjp(&program, &wanted, &[true]).unwrap();
        let outputs = &halves.forward.outputs()[1..];
        // What is no input was stacked.
        outputs.iter().filter(|&&id| id >= wanted.len()).count()
    };
    assert_eq!(residuals(kept.program().unwrap()), 1);
    assert!(residuals(plain.program().unwrap()) > 2);
    let p =
        || cotangent::context::by_name::<f64, [shape![3]; 4]>(|_, _| vec![0.1, -0.2, 0.3]).unwrap();
    let x = || tlist![Tensor::from([0.1, -0.5, 0.2]), p()];
    let dy = Tensor::from([1.0, 2.0, 3.0]);
    assert_eq!(plain.vjp(&x(), (), &dy), kept.vjp(&x(), (), &dy));
}

/// Of a product, the cotangent of one factor costs one product.
#[test]
fn only_what_is_asked_for() {
    let g: GraphData<f64, _, _, _> = graph!(|a: [4, 3], b: [3, 2]| matmul(a, b));
    let program = g.program().unwrap();
    let products = |wanted: &[bool]| {
        let halves = vjp(&program, wanted, &[true]).unwrap();
        (
            halves.backward.multiply_adds(),
            halves.residuals(1),
            halves.backward.outputs().len(),
        )
    };
    assert_eq!(products(&[true, true]), (48, 2, 2));
    assert_eq!(products(&[true, false]), (24, 1, 1));
    assert_eq!(products(&[false, false]), (0, 0, 0));
}

/// 10,000 layers, in a stack of 512 KiB: built, run, differentiated, its gradient built and differentiated, and dropped.
#[test]
fn ten_thousand_layers_in_a_small_stack() {
    let run = || {
        let layer: GraphData<f64, _, _, _> = graph!(|x: [2], p: [2]| tanh(x + p));
        let g = repeat::<10_000, _, _, _, _, _, _, _>(layer);
        let p =
            cotangent::context::by_name::<f64, [shape![2]; 10_000]>(|_, _| vec![1e-3; 2]).unwrap();
        let x = tlist![Tensor::from([0.5, -0.5]), p];
        let (y, tlist![dx, dp]) = g.vjp(&x, (), &Tensor::ones());
        let slope = y.map(|y| 1.0 - y * y);
        assert!(
            dp[9_999]
                .as_slice()
                .iter()
                .zip(slope.as_slice())
                .all(|(x, y)| (x - y).abs() < 1e-15)
        );
        assert!(dx.as_slice().iter().all(|x| *x >= 0.0));
        let total = GraphData::<f64, (), context![[2], [[2]; 10_000]], _>::nil();
        let args = total.inputs();
        let (total, y) = total.call("y", g, args);
        let (total, _) = total.node("sum", sum(y));
        let gradient = total.gradient();
        let program = gradient.program().unwrap();
        assert_eq!(
            (program.instructions().len(), program.outputs().len()),
            (1, 10_001)
        );
        drop((x, gradient, total));
    };
    std::thread::Builder::new()
        .stack_size(512 << 10)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

/// Programs that reshape to nothing still have a derivative: what depends on no input has a zero.
#[test]
fn what_depends_on_nothing() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| step(x));
    let (y, dy) = g.value_and_jvp(
        &tlist![Tensor::from([1.0, -1.0])],
        &tlist![Tensor::ones()],
        (),
    );
    assert_eq!((y, dy), (Tensor::from([1.0, 0.0]), Tensor::zeros()));
    let mut program = Program::new(&[Dims::new(&[2, 1])]);
    let y = program.push(Reshape(Dims::new(&[2])), &[0]).unwrap();
    program.set_outputs(&[y, y, 0]).unwrap();
    let halves = vjp(&program, &[true], &[true, false, true]).unwrap();
    let ones = |dims: &[usize]| Value::from(AnyTensor::full(Dims::new(dims), 1.0));
    let dx = halves.backward.run(&[ones(&[2]), ones(&[2, 1])]).unwrap();
    assert_eq!(dx[0].tensor().unwrap().as_slice(), [2.0, 2.0]);
}

#[test]
fn graphs_of_two_outputs() {
    let both: GraphData<f64, _, _, _> = graph!(|x: [2]| -> ([2], []) { (exp(x), sum(x)) });
    let g = GraphData::<f64, (), context![[2]], _>::nil();
    let hlist_pat![x] = g.inputs();
    let (g, (e, total)) = g.call("e, total", both, hlist![x]);
    let (g, _) = g.node("out", mul(e, total));
    let program = g.program().unwrap();
    assert_eq!(program.instructions().len(), 2); // one call with two results, and the product
    assert_eq!(program.instructions()[0].results.len(), 2);
    let x = tlist![Tensor::from([0.0, 1.0])];
    let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
    let e = 1f64.exp();
    assert_eq!(
        (y, dx),
        (
            Tensor::from([1.0, e]),
            Tensor::from([2.0 + e, 1.0 + 2.0 * e])
        )
    );
}
