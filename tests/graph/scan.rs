//! `scan`, `scan_reverse` and `scan_each` of graphs: against the same steps written out, one call after the other.

use super::numbers::numbers;
use cotangent::context::{Entry, by_name};
use cotangent::frunk::hlist::{HCons, HNil};
use cotangent::prelude::*;
use cotangent::program::{Prim, Program, inline, simplify};
use cotangent::scalar::Literal;
use num_rational::BigRational as Q;

graph! {
    /// A state: a group.
    struct Motion { place: [2], speed: [2] }
    /// What each step is given: a group, of a vector and a number.
    struct Push { force: [2], scale: [] }
    /// What each step gives: another group.
    struct Seen { energy: [], place: [2] }

    /// Two places on, with a matrix that is the same for all steps, and a pull of the environment.
    fn step(s: Motion, u: Push, w: [2, 2]; pull: [2]) -> (Motion, Seen) where A: Ring {
        let speed = einsum!("ij,j->i", w, s.speed) + u.force - pull;
        let place = s.place + speed * u.scale;
        (Motion { place, speed }, Seen { energy: sum(speed * speed), place })
    }

    fn forward(s: Motion, u: Pushes, w: [2, 2]; pull: [2]) -> (Motion, AllSeen) where A: Ring {
        let (last, seen) = scan(step)(s, u, w, pull);
        (last, seen)
    }
    fn backward(s: Motion, u: Pushes, w: [2, 2]; pull: [2]) -> (Motion, AllSeen) where A: Ring {
        let (last, seen) = scan_reverse(step)(s, u, w, pull);
        (last, seen)
    }
}

/// Four of a group, as a scan takes and gives them: a list, each field with a first axis.
type Pushes = context![[4, 2], [4]];
type AllSeen = context![[4], [4, 2]];

// The steps written out. What a step gives is in the place of what it is given.
graph! {
    fn forward_written_out(
        s: Motion, f0: [2], f1: [2], f2: [2], f3: [2], c0: [], c1: [], c2: [], c3: [], w: [2, 2]; pull: [2]
    ) -> (Motion, [], [], [], [], [2], [2], [2], [2]) where A: Ring {
        let (a, y0) = step()(s, Push { force: f0, scale: c0 }, w, pull);
        let (b, y1) = step()(a, Push { force: f1, scale: c1 }, w, pull);
        let (c, y2) = step()(b, Push { force: f2, scale: c2 }, w, pull);
        let (d, y3) = step()(c, Push { force: f3, scale: c3 }, w, pull);
        (d, y0.energy, y1.energy, y2.energy, y3.energy, y0.place, y1.place, y2.place, y3.place)
    }

    fn backward_written_out(
        s: Motion, f0: [2], f1: [2], f2: [2], f3: [2], c0: [], c1: [], c2: [], c3: [], w: [2, 2]; pull: [2]
    ) -> (Motion, [], [], [], [], [2], [2], [2], [2]) where A: Ring {
        let (a, y3) = step()(s, Push { force: f3, scale: c3 }, w, pull);
        let (b, y2) = step()(a, Push { force: f2, scale: c2 }, w, pull);
        let (c, y1) = step()(b, Push { force: f1, scale: c1 }, w, pull);
        let (d, y0) = step()(c, Push { force: f0, scale: c0 }, w, pull);
        (d, y0.energy, y1.energy, y2.energy, y3.energy, y0.place, y1.place, y2.place, y3.place)
    }
}

/// Made up numbers: halves of both signs.
struct Numbers(i64);

impl Numbers {
    fn next<A: Field>(&mut self) -> A {
        self.0 = (self.0 * 7 + 3) % 11;
        A::from_literal(Literal::ratio(self.0 - 5, 2))
    }
    fn values<A: Field, E: Entry>(&mut self) -> Parameters<A, E> {
        let values = by_name::<A, E>(|_, dims| (0..dims.count()).map(|_| self.next()).collect());
        values.expect("as many as the dims say")
    }
}

/// The same of a tuple of values.
macro_rules! all_numbers {
    ($values:expr; $($i:tt)+) => {{ let values = &$values; [$(numbers(&values.$i)),+].concat() }};
}

/// What a graph of either form takes, of the same numbers.
type Looped = context![Motion, Pushes, [2, 2]];
type WrittenOut = context![Motion, [2], [2], [2], [2], [], [], [], [], [2, 2]];

/// Values, cotangents and tangents of a loop and of the steps written out.
macro_rules! both {
    ($A:ty, $looped:ident, $written:ident) => {{
        let (g, h) = ($looped::<$A>(), $written::<$A>());
        let env = || tlist![Numbers(4).values::<$A, shape![2]>()];
        let x = Numbers(1).values::<$A, Looped>();
        let z = Numbers(1).values::<$A, WrittenOut>();
        assert_eq!(numbers(&x), numbers(&z));
        let dy = (Numbers(2).values::<$A, Motion>(), Numbers(9).values::<$A, AllSeen>());
        let (motion, mut n) = (dy.0.clone(), Numbers(9));
        let dz = (
            motion,
            n.values::<$A, shape![]>(), n.values::<$A, shape![]>(), n.values::<$A, shape![]>(),
            n.values::<$A, shape![]>(), n.values::<$A, shape![2]>(), n.values::<$A, shape![2]>(),
            n.values::<$A, shape![2]>(), n.values::<$A, shape![2]>(),
        );
        assert_eq!(all_numbers!(dy; 0 1), all_numbers!(dz; 0 1 2 3 4 5 6 7 8));
        let (y, dx) = g.vjp(&x, &env(), &dy);
        let (expected, expected_dx) = h.vjp(&z, &env(), &dz);
        let (again, tangent) = g.value_and_jvp(&x, &Numbers(3).values::<$A, Looped>(), &env());
        let (_, expected_tangent) = h.value_and_jvp(&z, &Numbers(3).values::<$A, WrittenOut>(), &env());
        assert_eq!(g.value(&x, &env()), y);
        assert_eq!(again, y);
        [
            [all_numbers!(y; 0 1), numbers(&dx), all_numbers!(tangent; 0 1)],
            [
                all_numbers!(expected; 0 1 2 3 4 5 6 7 8),
                numbers(&expected_dx),
                all_numbers!(expected_tangent; 0 1 2 3 4 5 6 7 8),
            ],
        ]
    }};
}

#[test]
fn a_scan_is_its_steps_written_out_exactly() {
    let [got, expected] = both!(Q, forward, forward_written_out);
    assert_eq!(got, expected);
    assert!(got[1].iter().filter(|dx| **dx != Q::default()).count() > 15);
    let [back, expected] = both!(Q, backward, backward_written_out);
    assert_eq!(back, expected);
    assert_ne!(got[0], back[0]);
}

#[test]
fn a_scan_is_its_steps_written_out_in_doubles() {
    for [got, expected] in [
        both!(f64, forward, forward_written_out),
        both!(f64, backward, backward_written_out),
    ] {
        for (got, expected) in got.concat().iter().zip(expected.concat()) {
            let apart = (got - expected).abs() / (1.0 + expected.abs());
            assert!(apart < 1e-13, "{got} and {expected}");
        }
    }
}

/// `2 x³ + 3 x² + 5 x + 7` at 10, with every prefix of it, and the gradient of the whole: powers of `x` for the
/// coefficients, the derivative of the polynomial for `x`.
#[test]
fn a_polynomial() {
    graph! {
        fn horner(s: [], c: [], x: []) -> ([], []) where A: Semiring {
            let next = s * x + c;
            (next, next)
        }
        fn polynomial(zero: [], coefficients: [4], x: []) -> ([], [4]) where A: Semiring {
            let (value, prefixes) = scan(horner)(zero, coefficients, x);
            (value, prefixes)
        }
    }
    let x = tlist![
        Tensor::scalar(0.0),
        Tensor::from([2.0, 3.0, 5.0, 7.0]),
        Tensor::scalar(10.0)
    ];
    let ((value, prefixes), tlist![dzero, dc, dx]) = polynomial::<f64>().value_and_vjp(&x, ());
    assert_eq!(value.item(), 2357.0);
    assert_eq!(prefixes, Tensor::from([2.0, 23.0, 235.0, 2357.0]));
    assert_eq!(dc, Tensor::from([1000.0, 100.0, 10.0, 1.0]));
    assert_eq!((dzero.item(), dx.item()), (10_000.0, 665.0));
}

/// Labels, data and a key of the environment, for each step its own; and labels that the steps give.
#[test]
fn an_environment_for_each_step() {
    graph! {
        fn step(s: [2], u: [2], table: [3, 2]; c: [2], word: [] < 3) -> ([2], [] < 3) where A: Semiring {
            let next = s * c + gather(table, word) * u;
            (next, word)
        }
        fn scanned(s: [2], u: [4, 2], table: [3, 2]; c: [4, 2], words: [4] < 3) -> ([2], [4] < 3) where A: Semiring {
            let (last, read) = scan_each(step)(s, u, table, c, words);
            (last, read)
        }
        fn back(s: [2], u: [4, 2], table: [3, 2]; c: [4, 2], words: [4] < 3) -> [2] where A: Semiring {
            let (last, _) = scan_each_reverse(step)(s, u, table, c, words);
            last
        }
        fn written_out(
            s: [2], u0: [2], u1: [2], u2: [2], u3: [2], table: [3, 2];
            c0: [2], c1: [2], c2: [2], c3: [2], w0: [] < 3, w1: [] < 3, w2: [] < 3, w3: [] < 3
        ) -> [2] where A: Semiring {
            let (s, _) = step(s, u0, table, c0, w0);
            let (s, _) = step(s, u1, table, c1, w1);
            let (s, _) = step(s, u2, table, c2, w2);
            let (s, _) = step(s, u3, table, c3, w3);
            s
        }
    }
    let words = [2, 0, 2, 1];
    let word = |step: usize| Labels::<3, shape![]>::new([words[step]]).expect("below 3");
    let all = Labels::<3, shape![4]>::new(words).expect("below 3");
    let x = Numbers(1).values::<Q, context![[2], [4, 2], [3, 2]]>();
    let c = Numbers(6).values::<Q, shape![4, 2]>();
    let row = |x: &Tensor<Q, shape![4, 2]>, step: usize| {
        Tensor::<Q, shape![2]>::from_fn(|[i]: [usize; 1]| x[[step, i]].clone())
    };
    let env = tlist![c.clone(), all.clone()];
    let dy = Numbers(2).values::<Q, shape![2]>();
    let ((last, read), dx) = scanned::<Q>().vjp(&x, &env, &(dy.clone(), tlist![]));
    assert_eq!(read, all);
    let tlist![s, u, table] = &x;
    for (order, last, dx) in [([0, 1, 2, 3], last, dx), {
        let (last, dx) = back::<Q>().vjp(&x, &env, &dy);
        ([3, 2, 1, 0], last, dx)
    }] {
        let [u0, u1, u2, u3] = order.map(|step| row(u, step));
        let [c0, c1, c2, c3] = order.map(|step| row(&c, step));
        let [w0, w1, w2, w3] = order.map(word);
        let x = tlist![s.clone(), u0, u1, u2, u3, table.clone()];
        let env = tlist![c0, c1, c2, c3, w0, w1, w2, w3];
        let (expected, tlist![ds, d0, d1, d2, d3, dtable]) = written_out::<Q>().vjp(&x, &env, &dy);
        assert_eq!(last, expected);
        let tlist![got_ds, du, got_dtable] = dx;
        assert_eq!((got_ds, got_dtable), (ds, dtable));
        for (step, d) in order.into_iter().zip([d0, d1, d2, d3]) {
            assert_eq!(row(&du, step), d, "step {step}");
        }
    }
}

/// One key for all steps: each has a mask of its own, that is the same in the value and in the derivatives.
#[test]
fn keys_differ_by_step() {
    graph! {
        fn step(s: [64], x: [64]; key) -> ([64], [64]) where A: OrderedField {
            let kept = dropout(x, key, { 0.5 });
            (s + kept, kept)
        }
        fn shared(s: [64], x: [3, 64]; key) -> ([64], [3, 64]) where A: OrderedField {
            let (last, kept) = scan(step)(s, x, key);
            (last, kept)
        }
        fn each(s: [64], x: [3, 64]; key) -> ([64], [3, 64]) where A: OrderedField {
            let (last, kept) = scan_each(step)(s, x, key);
            (last, kept)
        }
    }
    let x = tlist![Tensor::<f64, _>::zeros(), Tensor::ones()];
    let env = tlist![Key::new(2)];
    let dy = (Tensor::ones(), Tensor::zeros());
    let ((last, masks), tlist![ds, dx]) = shared::<f64>().vjp(&x, &env, &dy);
    let rows: Vec<&[f64]> = masks.as_slice().chunks(64).collect();
    assert!(rows.concat().iter().all(|&kept| kept == 0.0 || kept == 2.0));
    assert!(rows[0] != rows[1] && rows[0] != rows[2] && rows[1] != rows[2]);
    let sum = |i: usize| rows.iter().map(|row| row[i]).sum::<f64>();
    assert_eq!(last.as_slice(), (0..64).map(sum).collect::<Vec<_>>());
    // The cotangent of the last state goes back through the mask of each step.
    assert_eq!((ds, dx), (Tensor::ones(), masks));
    // A key is one for all steps in either form.
    assert_eq!(
        each::<f64>().value(&x, &env),
        shared::<f64>().value(&x, &env)
    );
    assert_ne!(shared::<f64>().value(&x, &tlist![Key::new(3)]).0, last);
}

/// No step: the state is what it was, and nothing is given.
#[test]
fn no_steps() {
    graph! {
        fn step(s: [2], x: [3], w: [2]; shift: [2]) -> ([2], [3]) where A: Semiring { (s * w + shift, x + x) }
        fn none(s: [2], x: [0, 3], w: [2]; shift: [2]) -> ([2], [0, 3]) where A: Semiring {
            let (last, given) = scan(step)(s, x, w, shift);
            (last, given)
        }
    }
    let g = none::<f64>();
    let s = Tensor::from([1.0, 2.0]);
    let x = tlist![s.clone(), Tensor::zeros(), Tensor::ones()];
    let env = tlist![Tensor::ones()];
    let dy = (Tensor::from([3.0, 4.0]), Tensor::zeros());
    let ((last, given), tlist![ds, dx, dw]) = g.vjp(&x, &env, &dy);
    assert_eq!((last, given.as_slice()), (s, &[][..]));
    assert_eq!((ds, dw), (dy.0.clone(), Tensor::zeros()));
    assert!(dx.as_slice().is_empty());
    let dx = tlist![Tensor::from([5.0, 6.0]), Tensor::zeros(), Tensor::ones()];
    let (_, (tangent, _)) = g.value_and_jvp(&x, &dx, &env);
    assert_eq!(tangent, Tensor::from([5.0, 6.0]));
}

graph! {
    /// A step with a parameter and a pull of the environment, that says how fast it is.
    fn small_step(s: [2], u: [2], w: [2]; pull: []) -> ([2], []) {
        let next = tanh(s * w + u - pull);
        (next, sum(next * next))
    }
    fn ten(s: [2], u: [10, 2], w: [2]; pull: []) -> ([], [2]) {
        let (last, seen) = scan(small_step)(s, u, w, pull);
        (sum(seen), last)
    }
    fn a_thousand(s: [2], u: [1000, 2], w: [2]; pull: []) -> ([], [2]) {
        let (last, seen) = scan(small_step)(s, u, w, pull);
        (sum(seen), last)
    }
    fn ten_thousand(s: [2], u: [10000, 2], w: [2]; pull: []) -> ([], [2]) {
        let (last, seen) = scan(small_step)(s, u, w, pull);
        (sum(seen), last)
    }
}

fn loops(program: &Program) -> usize {
    let all = program.instructions().iter();
    all.filter(|i| matches!(i.prim, Prim::Scan(_))).count()
}

/// A scan is one instruction, and so is that of its gradient each way, however many steps there are.
#[test]
fn a_thousand_steps_are_one_instruction() {
    fn sizes<G: Context, Ss>(g: &GraphData<f64, environment![[]], G, Ss>) -> [usize; 4]
    where
        Ss: cotangent::graph::Computes<First = ()>,
    {
        let ready = |program: &Program| simplify(&inline(program).expect("it is well typed"));
        let value = ready(&g.program().expect("no closures"));
        let gradient = ready(&g.gradient().program().expect("no closures"));
        [
            loops(&value),
            value.primitives(),
            loops(&gradient),
            gradient.primitives(),
        ]
    }
    let few = sizes(&ten::<f64>());
    assert_eq!((few[0], few[2]), (1, 2));
    assert_eq!(sizes(&a_thousand::<f64>()), few);
    // The scan, the sum of what it gives; a tape has a node for each result of the scan.
    let summary = a_thousand::<f64>().summary();
    let ops: Vec<_> = summary.nodes().map(|row| row.op.clone()).collect();
    let name = "1000 steps of small_step".to_owned();
    assert_eq!(ops, [name.clone(), name, "sum".into()]);
}

/// 10,000 steps, built, run, differentiated and dropped in a stack of 512 KiB.
#[test]
fn ten_thousand_steps_in_a_small_stack() {
    let run = || {
        let g = ten_thousand::<f64>();
        let u = Tensor::from_fn(|[step, i]: [usize; 2]| ((step + 3 * i) % 7) as f64 / 8.0);
        let x = tlist![Tensor::zeros(), u, Tensor::from([0.5, -0.25])];
        let env = tlist![Tensor::scalar(0.125)];
        let ((_, last), tlist![_, du, _]) = g.value_and_vjp(&x, &env);
        // Of the last step: 2 y (1 - y²).
        for i in 0..2 {
            let y = last[[i]];
            let expected = 2.0 * y * (1.0 - y * y);
            assert!((du[[9_999, i]] - expected).abs() < 1e-15);
        }
        let v = tlist![Tensor::zeros(), Tensor::ones(), Tensor::zeros()];
        let (_, (tangent, _)) = g.value_and_jvp(&x, &v, &env);
        let sum: f64 = du.as_slice().iter().sum();
        assert!((tangent.item() - sum).abs() < 1e-9 * sum.abs());
        drop((x, g.gradient()));
    };
    let thread = std::thread::Builder::new().stack_size(512 << 10).spawn(run);
    thread.expect("a thread").join().expect("it returns");
}

/// A scan by hand, of a graph that is a value; a scan in a scan; a checkpoint of a step.
#[test]
fn scans_are_graphs() {
    let step: GraphData<f64, _, _, _> = graph!(|s: [2], x: [2]| -> ([2], [2]) {
        let next = tanh(s + x);
        (next, next)
    });
    type Of<T> = HCons<(N<2>,), HCons<(T, N<2>), HNil>>;
    let scanned: GraphData<f64, environment![], Of<N<3>>, Returns<Of<N<3>>>> = scan(step.clone());
    let kept: GraphData<f64, environment![], Of<N<3>>, Returns<Of<N<3>>>> = scan(checkpoint(step));
    let x = tlist![Tensor::from([0.5, -0.5]), Tensor::ones()];
    let dy = (Tensor::from([1.0, 2.0]), Tensor::ones());
    let expected = scanned.vjp(&x, (), &dy);
    assert_eq!(kept.vjp(&x, (), &dy), expected);
    // Two times three steps: the inner scan is the step of another.
    let nested: GraphData<f64, environment![], _, _> = scan(scanned.clone());
    let rows = |t: usize| Tensor::from_fn(move |[i, j]: [usize; 2]| (t + i + j) as f64 / 8.0);
    let both = Tensor::<f64, shape![2, 3, 2]>::from_fn(|[t, i, j]| (t + i + j) as f64 / 8.0);
    let s = Tensor::from([0.5, -0.5]);
    let (last, all) = nested.value(&tlist![s.clone(), both], ());
    let (first, some) = scanned.value(&tlist![s, rows(0)], ());
    let (second, others) = scanned.value(&tlist![first, rows(1)], ());
    assert_eq!(last, second);
    assert_eq!(
        all.as_slice(),
        [some.as_slice(), others.as_slice()].concat()
    );
}
