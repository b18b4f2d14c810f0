//! base
use cotangent::prelude::*;
use cotangent::program::Unary;
use cotangent::prove::{prove_modulo, prove_op};

type R = Recorder<needs::Real>;
type X = Var<shape![2]>;
type F = fn(&R, X) -> X;
type G = fn(&R, X, X, X) -> X;

#[derive(Clone)]
struct Rule {
    forward: F,
    jvp: G,
    vjp: G,
}
impl Op<(shape![2],)> for Rule {
    type Out = shape![2];
    type Need = needs::Real;
    const NAME: &'static str = "rule";
    fn forward(&self, r: &R, (x,): (X,)) -> X {
        (self.forward)(r, x)
    }
    fn jvp(&self, r: &R, (x,): (X,), y: X, (dx,): (X,)) -> X {
        (self.jvp)(r, x, y, dx)
    }
    fn vjp(&self, r: &R, (x,): (X,), y: X, dy: X) -> (X,) {
        ((self.vjp)(r, x, y, dy),)
    }
}
fn un(r: &R, f: Unary, x: X) -> X {
    r.prim::<shape![2]>(f, (x,))
}
fn say(name: &str, forward: F, both: G) {
    let op = Rule {
        forward,
        jvp: both,
        vjp: both,
    };
    match prove_op::<(shape![2],)>(op) {
        Ok(proof) => println!("{name}: ACCEPTED {}", proof.to_string().replace('\n', ";")),
        Err(e) => println!("{name}: {e}"),
    }
}
#[test]
fn table() {
    say(
        "full(NaN)",
        |r, _| r.full(f64::NAN),
        |r, _, _, _| r.full(f64::NAN),
    );
    say(
        "x + NaN",
        |r, x| r.add_same(x, r.full(f64::NAN)),
        |_, _, _, d| d,
    );
    say(
        "scale(inf)",
        |r, x| r.scale(x, f64::INFINITY),
        |r, _, _, d| r.scale(d, f64::INFINITY),
    );
    say(
        "z recip z",
        |r, x| {
            let z = r.sub_same(x, x);
            r.add_same(x, r.mul_same(z, un(r, Unary::Recip, z)))
        },
        |r, x, _, d| {
            let z = r.sub_same(x, x);
            r.mul_same(d, r.mul_same(z, un(r, Unary::Recip, z)))
        },
    );
    say(
        "z recip z in rules",
        |_, x| x,
        |r, x, _, d| {
            let z = r.sub_same(x, x);
            r.add_same(d, r.mul_same(z, un(r, Unary::Recip, z)))
        },
    );
    say(
        "exp log",
        |_, x| x,
        |r, x, _, d| r.div_same(r.mul_same(d, r.exp(r.log(x))), x),
    );
    say("x is exp(log x)", |r, x| r.exp(r.log(x)), |_, _, _, d| d);
    say(
        "log of 0",
        |r, x| r.add_same(x, r.log(r.sub_same(x, x))),
        |_, _, _, d| d,
    );
    say(
        "log of -1",
        |r, x| r.add_same(x, r.log(r.full(-1.0))),
        |_, _, _, d| d,
    );
    say(
        "sqrt of -1",
        |r, x| r.add_same(x, r.sqrt(r.full(-1.0))),
        |_, _, _, d| d,
    );
    say(
        "rsqrt of 0",
        |r, x| r.add_same(x, un(r, Unary::Rsqrt, r.zeros())),
        |_, _, _, d| d,
    );
    say(
        "log(-1-x²)",
        |r, x| r.log(r.sub_same(r.full(-1.0), r.mul_same(x, x))),
        |r, x, _, d| {
            r.div_same(
                r.scale(r.mul_same(d, x), -2.0),
                r.sub_same(r.full(-1.0), r.mul_same(x, x)),
            )
        },
    );
    say(
        "recip of fraction 0",
        |r, x| {
            let s = r.add_same(x, r.ones());
            let z = r.sub_same(
                r.add_same(r.div_same(x, s), r.div_same(r.ones(), s)),
                r.ones(),
            );
            r.mul_same(x, r.mul_same(z, un(r, Unary::Recip, z)))
        },
        |r, x, _, d| {
            let s = r.add_same(x, r.ones());
            let z = r.sub_same(
                r.add_same(r.div_same(x, s), r.div_same(r.ones(), s)),
                r.ones(),
            );
            r.mul_same(d, r.mul_same(z, un(r, Unary::Recip, z)))
        },
    );
    say(
        "relu' = 1 at 0",
        |r, x| r.relu(x),
        |r, x, _, d| r.mul_same(d, r.sub_same(r.ones(), r.step(r.neg(x)))),
    );
    say(
        "tanh by y",
        |r, x| r.tanh(x),
        |r, _, y, d| r.mul_same(d, r.sub_same(r.ones(), r.mul_same(y, y))),
    );
    say(
        "sigmoid",
        |r, x| r.sigmoid(x),
        |r, x, _, d| {
            let t = r.tanh(r.scale(x, 0.5));
            let s = r.scale(r.add_same(t, r.ones()), 0.5);
            r.mul_same(d, r.mul_same(s, r.sub_same(r.ones(), s)))
        },
    );
    say(
        "half",
        |r, x| r.mul_same(x, x),
        |r, x, _, d| r.mul_same(d, x),
    );
    say(
        "sqrt(x)² for x",
        |r, x| r.mul_same(x, x),
        |r, x, _, d| {
            let s = r.sqrt(x);
            r.scale(r.mul_same(d, r.mul_same(s, s)), 2.0)
        },
    );
    for n in 1..8 {
        fn nested<const N: usize>(r: &R, x: X) -> X {
            (0..N).fold(x, |x, _| r.exp(x))
        }
        fn derivative<const N: usize>(r: &R, x: X, _: X, d: X) -> X {
            let mut x = x;
            let mut d = d;
            for _ in 0..N {
                x = r.exp(x);
                d = r.mul_same(d, x);
            }
            d
        }
        match n {
            3 => say("exp3", nested::<3>, derivative::<3>),
            4 => say("exp4", nested::<4>, derivative::<4>),
            5 => say("exp5", nested::<5>, derivative::<5>),
            6 => say("exp6", nested::<6>, derivative::<6>),
            _ => {}
        }
    }
    let g = graph!(|x: [2]| 1.0 / (x - x));
    println!(
        "1/(x-x): {:?}",
        prove::<f64, _, _, _>(&g).map(|p| p.to_string())
    );
    let g = graph!(|x: [2]| exp(exp(exp(exp(exp(x))))));
    println!(
        "exp5 graph: {:?}",
        prove::<f64, _, _, _>(&g).map(|p| p.to_string())
    );
    println!(
        "exp5 graph modulo: {:?}",
        prove_modulo::<f64, _, _, _>(&g).map(|p| p.to_string())
    );
    println!(
        "exp5 batch: {:?}",
        prove_batch::<f64, _, _, _>(&g).map(|p| p.to_string())
    );
    let g = graph!(|x: [2]| 1.0 / (x - x));
    println!(
        "1/(x-x) batch: {:?}",
        prove_batch::<f64, _, _, _>(&g).map(|p| p.to_string())
    );
    println!(
        "1/(x-x) certify: {:?}",
        g.certify(&tlist![]).map(|_: Graph<f64, _, _, _>| ()).err()
    );
    let g = graph!(|x: [2]| scale(x, f64::NAN));
    println!(
        "x + NaN: {:?}",
        prove::<f64, _, _, _>(&g).map(|p| p.to_string())
    );
    let g = graph!(|x: [2], y: [2]| log(x) + log(0.0 - x) + y);
    println!(
        "log x + log -x: {:?}",
        prove::<f64, _, _, _>(&g).map(|p| p.to_string())
    );
}
#[test]
fn more() {
    say("log x - log x + x", |r, x| { let l = r.log(x); r.add_same(x, r.sub_same(l, l)) }, |_, _, _, d| d);
    say("x/x", |r, x| r.div_same(r.mul_same(x, x), x), |_, _, _, d| d);
    say("sqrt of 0 value", |r, x| r.add_same(x, r.sqrt(r.sub_same(x, x))), |_, _, _, d| d);
    say("select const", |r, x| { let z = un(r, Unary::Recip, r.zeros()); let zero: X = r.zeros(); r.prim::<shape![2]>(cotangent::program::Select, (zero, z, x)) }, |_, _, _, d| d);
    say("max tie", |r, x| r.relu(x), |r, x, _, d| { let s = r.step(x); let t = r.step(r.neg(x)); r.mul_same(d, r.scale(r.add_same(r.sub_same(s, t), r.ones()), 0.5)) });
    say("relu by x step x", |r, x| r.mul_same(x, r.step(x)), |r, _, y, d| r.mul_same(d, r.step(y)));
    say("wide", |r, x| r.mul_same(x, x), |r, x, _, d| r.add_same(r.scale(r.mul_same(d, x), 2.0), r.mul_same(d, r.step(r.sub_same(x, r.full(5.0))))));
    say("select both logs", |r, x| r.prim::<shape![2]>(cotangent::program::Select, (x, r.log(x), r.log(r.neg(x)))), |r, x, _, d| r.div_same(d, x));
    let g = graph!(|x: [3], y: [3]| maximum(x, y));
    println!("max: {}", prove::<f64, _, _, _>(&g).unwrap());
    let g = graph!(|x: [2, 3]| softmax(x, { Axis::<1> }));
    println!("softmax: {}", prove::<f64, _, _, _>(&g).unwrap());
    let g = graph!(|x: [2, 3], w: [3], b: [3]| layer_norm(x, w, b, 1e-5));
    println!("layer_norm: {}", prove::<f64, _, _, _>(&g).unwrap());
    println!("modulo: {}", prove_modulo::<f64, _, _, _>(&g).unwrap());
    let g = graph!(|x: [2], y: [2]| log(x) / (x - y) + sqrt(y));
    println!("log/: {}", prove::<f64, _, _, _>(&g).unwrap());
    let g = graph!(|x: [2]| exp(exp(exp(exp(exp(exp(exp(exp(x)))))))));
    println!("exp8 graph: {}", prove::<f64, _, _, _>(&g).unwrap());
}
