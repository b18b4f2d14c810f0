//! Wrong ops and graphs, each with what refuses it; and right ones, with what the proof says of where they hold.
//!
//! "Before" is what the first edition of the prover said: most of the rules that are NaN it accepted "for every input", and
//! what it refused it blamed on the wrong thing.

use cotangent::counterexample::Verdict;
use cotangent::prelude::*;
use cotangent::program::{Binary, Select, Unary};
use cotangent::prove::{prove_modulo, prove_op};

type R = Recorder<levels::Real>;
type X = Var<shape![2]>;

/// An op of two numbers, each by itself, whose JVP and VJP are one function: of `x`, `y` and `dx` or `dy`.
#[derive(Clone)]
struct Rule {
    forward: fn(&R, X) -> X,
    derivative: fn(&R, X, X, X) -> X,
}

impl Op<(shape![2],)> for Rule {
    type Out = shape![2];
    type Level = levels::Real;
    const NAME: &'static str = "rule";
    fn forward(&self, r: &R, (x,): (X,)) -> X {
        (self.forward)(r, x)
    }
    fn jvp(&self, r: &R, (x,): (X,), y: X, (dx,): (X,)) -> X {
        (self.derivative)(r, x, y, dx)
    }
    fn vjp(&self, r: &R, (x,): (X,), y: X, dy: X) -> (X,) {
        ((self.derivative)(r, x, y, dy),)
    }
}

fn of(r: &R, f: Unary, x: X) -> X {
    r.prim::<shape![2]>(f, (x,))
}

/// 0, as a term and at each input.
fn zero(r: &R, x: X) -> X {
    r.sub_same(x, x)
}

/// 0 as a fraction: `x / (x + 1) + 1 / (x + 1) - 1`, whose normal form is not.
fn zero_fraction(r: &R, x: X) -> X {
    let sum = r.add_same(x, r.ones());
    let parts = r.add_same(r.div_same(x, sum), r.div_same(r.ones(), sum));
    r.sub_same(parts, r.ones())
}

/// `z · recip(z)`.
fn one_by(r: &R, z: X) -> X {
    r.mul_same(z, of(r, Unary::Recip, z))
}

fn same(_: &R, _: X, _: X, d: X) -> X {
    d
}

fn proven(
    forward: fn(&R, X) -> X,
    derivative: fn(&R, X, X, X) -> X,
) -> Result<Proof, Counterexample> {
    prove_op::<(shape![2],)>(Rule {
        forward,
        derivative,
    })
}

fn refused(forward: fn(&R, X) -> X, derivative: fn(&R, X, X, X) -> X) -> Counterexample {
    match proven(forward, derivative) {
        Err(error) => error,
        Ok(proof) => panic!("accepted: {proof}"),
    }
}

#[track_caller]
fn undefined(forward: fn(&R, X) -> X, derivative: fn(&R, X, X, X) -> X, got: &str) {
    let error = refused(forward, derivative);
    assert_eq!(
        (error.verdict, error.got.as_str()),
        (Verdict::Undefined, got)
    );
}

#[track_caller]
fn holds_where(forward: fn(&R, X) -> X, derivative: fn(&R, X, X, X) -> X, conditions: &[&str]) {
    match proven(forward, derivative) {
        Ok(proof) => {
            assert!(proof.is_exact());
            assert_eq!(proof.conditions, conditions);
        }
        Err(error) => panic!("{error}"),
    }
}

/// Before: accepted, for every input.
#[test]
fn literals_that_are_not_finite() {
    let (nan, inf) = (
        "undefined at every input: the literal NaN",
        "undefined at every input: the literal inf",
    );
    undefined(|r, _| r.full(f64::NAN), |r, _, _, _| r.full(f64::NAN), nan);
    undefined(|r, x| r.add_same(x, r.full(f64::NAN)), same, nan);
    undefined(|_, x| x, |r, _, _, d| r.add_same(d, r.full(f64::NAN)), nan);
    let infinite = |r: &R, x: X| r.scale(x, f64::INFINITY);
    undefined(infinite, |r, _, _, d| r.scale(d, f64::INFINITY), inf);
    // An infinity that is multiplied by 0 is NaN, not 0.
    undefined(
        |r, x| r.add_same(x, r.mul_same(zero(r, x), r.full(f64::INFINITY))),
        same,
        inf,
    );
}

/// Before: accepted, for every input, but for the first, of which it said that its tangent is 0.
#[test]
fn functions_outside_of_their_domains() {
    let one_by_zero = |r: &R, x: X| one_by(r, zero(r, x));
    let recip = "undefined at every input: `recip` of 0";
    undefined(|r, x| r.add_same(x, one_by(r, zero(r, x))), same, recip);
    undefined(
        one_by_zero,
        |r, x, _, d| r.mul_same(d, one_by(r, zero(r, x))),
        recip,
    );
    undefined(
        |_, x| x,
        |r, x, _, d| r.add_same(d, one_by(r, zero(r, x))),
        recip,
    );
    undefined(|r, x| r.add_same(x, r.div_same(x, r.zeros())), same, recip);
    for (forward, got) in [
        (
            (|r, x| r.add_same(x, r.log(zero(r, x)))) as fn(&R, X) -> X,
            "`log` of 0",
        ),
        (|r, x| r.add_same(x, r.log(r.full(-1.0))), "`log` of -1"),
        (|r, x| r.add_same(x, r.sqrt(r.full(-2.0))), "`sqrt` of -2"),
        (
            |r, x| r.add_same(x, of(r, Unary::Rsqrt, r.zeros())),
            "`rsqrt` of 0",
        ),
        (
            |r, x| r.add_same(x, of(r, Unary::Log1p, r.full(-1.0))),
            "`log1p` of -1",
        ),
    ] {
        undefined(forward, same, &format!("undefined at every input: {got}"));
    }
    // A root of 0 is 0, and its derivative divides by it.
    undefined(|r, x| r.add_same(x, r.sqrt(zero(r, x))), same, recip);
}

/// A divisor whose normal form is not 0, and which is; a logarithm of what is negative at each input.
///
/// Before: accepted, for every input.
#[test]
fn nowhere_defined() {
    let got = "undefined at each of 4 random points: `recip` of 0";
    undefined(
        |r, x| r.mul_same(x, one_by(r, zero_fraction(r, x))),
        |r, x, _, d| r.mul_same(d, one_by(r, zero_fraction(r, x))),
        got,
    );
    fn negative(r: &R, x: X) -> X {
        r.sub_same(r.full(-1.0), r.mul_same(x, x))
    }
    undefined(
        |r, x| r.log(negative(r, x)),
        |r, x, _, d| r.div_same(r.scale(r.mul_same(d, x), -2.0), negative(r, x)),
        "no point was found, of 256 over doubles, where −x[0]² − 1 > 0",
    );
    undefined(
        |r, x| r.add_same(r.log(x), r.log(r.neg(x))),
        |r, x, _, d| r.div_same(r.scale(d, 2.0), x),
        "no point was found, of 256 over doubles, where x[0] > 0 and x[1] > 0 and −x[0] > 0 and −x[1] > 0",
    );
}

/// Rules that hold at some inputs say at which. Before: "for every input".
#[test]
fn where_a_rule_holds() {
    let positive = ["x[0] > 0", "x[1] > 0"];
    let not_zero = ["x[0] is not 0", "x[1] is not 0"];
    // `x` that is written `exp(log x)`, in the value and in the rule.
    holds_where(|r, x| r.exp(r.log(x)), same, &positive);
    holds_where(
        |_, x| x,
        |r, x, _, d| r.div_same(r.mul_same(d, r.exp(r.log(x))), x),
        &positive,
    );
    // Cancelled, and gone from the result.
    holds_where(
        |r, x| r.add_same(x, r.sub_same(r.log(x), r.log(x))),
        same,
        &positive,
    );
    holds_where(|r, x| r.div_same(r.mul_same(x, x), x), same, &not_zero);
    // A root, whose derivative divides by it.
    holds_where(
        |r, x| r.sqrt(x),
        |r, _, y, d| r.div_same(r.scale(d, 0.5), y),
        &positive,
    );
    // What is positive everywhere needs no condition.
    holds_where(
        |r, x| r.log(r.add_same(r.ones(), r.exp(x))),
        |r, x, _, d| r.div_same(r.mul_same(d, r.exp(x)), r.add_same(r.ones(), r.exp(x))),
        &[],
    );
    // Each logarithm is there where it is chosen.
    let logs = |r: &R, x: X| r.prim::<shape![2]>(Select, (x, r.log(x), r.log(r.neg(x))));
    holds_where(
        logs,
        |r, x, _, d| r.div_same(d, x),
        &["what a `select` chooses is defined (x[0] > 0, x[1] > 0, −x[0] > 0, −x[1] > 0)"],
    );
    // Of a number, the other is not there at all.
    holds_where(
        |r, x| {
            let (never, nothing): (X, X) = (r.zeros(), of(r, Unary::Recip, r.zeros()));
            r.prim::<shape![2]>(Select, (never, nothing, x))
        },
        same,
        &[],
    );
}

/// A rule that divides by what it should be linear in is NaN where that is 0. Before: accepted, for every input.
#[test]
fn rules_that_divide_by_their_cotangent() {
    let error = refused(|_, x| x, |r, _, _, d| r.div_same(r.mul_same(d, d), d));
    assert_eq!(error.law, "jvp_is_the_derivative");
    assert_eq!(error.place, "`rule`, the tangent along 0");
    assert_eq!(
        (error.expected.as_str(), error.got.as_str()),
        ("0", "undefined (`recip` of 0)")
    );
    assert_eq!(error.verdict, Verdict::Undefined);
}

/// What is different is so at a point. Before: the terms alone.
#[test]
fn different_functions() {
    let error = refused(|r, x| r.mul_same(x, x), |r, x, _, d| r.mul_same(d, x));
    assert_eq!(error.law, "jvp_is_the_derivative");
    assert_eq!(
        (error.expected.as_str(), error.got.as_str()),
        ("2·dx[0]·x[0]", "dx[0]·x[0]")
    );
    let Verdict::DifferentAt(point) = &error.verdict else {
        panic!("{error}");
    };
    assert!(
        point.at.starts_with("x[0] = ") && point.at.contains(", dx[0] = "),
        "{point}"
    );
    let [expected, got] =
        [&point.expected, &point.got].map(|x| x.parse::<f64>().expect("a number"));
    assert!((expected - 2.0 * got).abs() < 1e-4, "{point}");
    // Only beyond 5.
    let error = refused(
        |r, x| r.mul_same(x, x),
        |r, x, _, d| {
            let far = r.step(r.sub_same(x, r.full(5.0)));
            r.add_same(r.scale(r.mul_same(d, x), 2.0), r.mul_same(d, far))
        },
    );
    assert!(matches!(error.verdict, Verdict::DifferentAt(_)), "{error}");
}

/// Right but at a kink, where the derivative is a convention. Before: "expected dx·step(x), got −dx·step(−x) + dx", as of
/// any wrong rule.
#[test]
fn conventions_at_kinks() {
    // 1 at 0.
    let error = refused(
        |r, x| r.relu(x),
        |r, x, _, d| r.mul_same(d, r.sub_same(r.ones(), r.step(r.neg(x)))),
    );
    assert!(matches!(error.verdict, Verdict::Convention(_)), "{error}");
    let text = error.to_string();
    assert!(
        text.contains("equal away from kinks, and at x[0] = 0, dx[0] = "),
        "{text}"
    );
    assert!(
        text.ends_with(
            "a proof has 0 for the derivative of `relu` at 0, and shares that of a tie evenly"
        ),
        "{text}"
    );
    // Half at 0.
    let error = refused(
        |r, x| r.relu(x),
        |r, x, _, d| {
            let signs = r.sub_same(r.step(x), r.step(r.neg(x)));
            r.mul_same(d, r.scale(r.add_same(signs, r.ones()), 0.5))
        },
    );
    assert!(matches!(error.verdict, Verdict::Convention(_)), "{error}");
    let error = prove_op::<(shape![2], shape![2])>(First).expect_err("ties go to the first");
    assert!(matches!(error.verdict, Verdict::Convention(_)), "{error}");
    // The same, modulo the prime.
    let g = graph!(|x: [2], y: [2]| first(x, y));
    let error = prove_modulo::<f64, _, _, _>(&g).expect_err("ties go to the first");
    assert!(matches!(error.verdict, Verdict::Convention(_)), "{error}");
}

/// A maximum whose derivative goes to the first of two that are equal.
#[derive(Clone)]
struct First;

fn first(x: X, y: X) -> Call<First, (X, X)> {
    Call::new(First, (x, y))
}

impl Op<(shape![2], shape![2])> for First {
    type Out = shape![2];
    type Level = levels::Real;
    const NAME: &'static str = "first";
    fn forward(&self, r: &R, (a, b): (X, X)) -> X {
        r.prim::<shape![2]>(Binary::Max, (a, b))
    }
    fn jvp(&self, r: &R, (a, b): (X, X), _: X, (da, db): (X, X)) -> X {
        let second = r.step(r.sub_same(b, a));
        let first = r.sub_same(r.ones(), second);
        r.add_same(r.mul_same(first, da), r.mul_same(second, db))
    }
    fn vjp(&self, r: &R, (a, b): (X, X), _: X, dy: X) -> (X, X) {
        let second = r.step(r.sub_same(b, a));
        let first = r.sub_same(r.ones(), second);
        (r.mul_same(first, dy), r.mul_same(second, dy))
    }
}

/// Right by a relation that the algebra does not have. Before: refused by the terms alone, as a wrong rule.
#[test]
fn right_and_not_in_the_algebra() {
    let by_tanh = refused(
        |r, x| r.sigmoid(x),
        |r, x, _, d| {
            let s = r.scale(r.add_same(r.tanh(r.scale(x, 0.5)), r.ones()), 0.5);
            r.mul_same(d, r.mul_same(s, r.sub_same(r.ones(), s)))
        },
    );
    let by_root = refused(
        |r, x| r.mul_same(x, x),
        |r, x, _, d| r.scale(r.mul_same(d, r.mul_same(r.sqrt(x), r.sqrt(x))), 2.0),
    );
    let by_step = refused(
        |r, x| r.mul_same(x, r.step(x)),
        |r, _, y, d| r.mul_same(d, r.step(y)),
    );
    for error in [by_tanh, by_root, by_step] {
        let is_it = matches!(error.verdict, Verdict::NotInTheAlgebra { points } if points >= 24);
        assert!(is_it, "{error}");
        assert!(
            error
                .to_string()
                .ends_with("write the rule in the functions of the value"),
            "{error}"
        );
    }
}

/// Before: accepted by `prove`, `prove_batch` and `certify`; refused by `prove_modulo` as "a division by 0 at every point".
#[test]
fn graphs_without_a_value() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| 1.0 / (x - x));
    let everywhere = "undefined at every input: `recip` of 0";
    let all = [
        (prove(&g).err(), everywhere),
        (prove_batch(&g).err(), everywhere),
        (
            prove_modulo(&g).err(),
            "undefined at each of 8 random points: `recip` of 0",
        ),
        (g.clone().certify().err(), everywhere),
    ];
    for (error, got) in all {
        let error = error.expect("no value anywhere");
        assert_eq!(
            (error.verdict, error.got.as_str()),
            (Verdict::Undefined, got)
        );
    }
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| scale(x, f64::NAN));
    let error = prove(&g).expect_err("no number");
    assert_eq!(error.got, "undefined at every input: the literal NaN");
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| log(0.0 - exp(x)));
    assert_eq!(
        prove(&g).expect_err("no logarithm").verdict,
        Verdict::Undefined
    );
    assert_eq!(
        g.certify().err().map(|e| e.verdict),
        Some(Verdict::Undefined)
    );
}

/// Normal forms have any number of exponentials in each other; random points have four. Before: "a division by 0 at every
/// point".
#[test]
fn nested_exponentials() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| exp(exp(exp(exp(x)))));
    assert!(prove_modulo(&g).is_ok());
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| exp(exp(exp(exp(exp(x))))));
    let proof = prove(&g).expect("by normal forms");
    assert!(proof.is_exact() && proof.conditions.is_empty(), "{proof}");
    let error = prove_modulo(&g).expect_err("five");
    assert_eq!(error.verdict, Verdict::Beyond);
    assert_eq!(
        error.got,
        "more than four exponentials within each other, which random points modulo a prime do not follow, and normal \
         forms do: use `prove`"
    );
    // More than doubles have.
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| exp(exp(exp(exp(exp(exp(exp(exp(x)))))))));
    assert!(prove(&g).is_ok());
    assert!(prove_batch(&g).is_ok());
}
