//! Second derivatives: the gradient graph is the gradient, and its derivatives are the Hessian.

use super::passes::examples::hessian::energy;
use super::typed_graphs;
use cotangent::prelude::*;
use cotangent::program::Program;
use cotangent::prove::{Method, prove_equal_up_to_rounding, prove_gradient_of};

graph! {
    fn rational(x: [2], y: [2]) -> [] where A: Ring { sum(x * x * y + x * y * y * y) }
    fn quotient(x: [2], y: [2]) -> [] { sum(x / (y * y)) }
    fn smooth(x: [3, 1], w: [2, 3]; b: [2, 1]) -> [] { sum(tanh(matmul(w, x) + b)) }
    fn normal(x: [2, 3]) -> [] { sum(exp(log_softmax(x, 1) * 2.0)) }
    fn classes(x: [2, 3]; labels: [2] < 3) -> [] { cross_entropy(x, labels) }
    fn rooted(x: [2]) -> [] { sum(sqrt(x) * x) }
    fn kinks(x: [2], y: [2]) -> [] { sum(relu(x) * y * y) }
    fn masked(x: [4]; key) -> [] { let y = dropout(x, key, { 0.5 }); sum(y * y * y) }
    fn stopped(x: [2]) -> [] { sum(x * x * stop_gradient(x)) }
    fn cube(x: [2]) -> [2] where A: Semiring { x * x * x }
    fn checked(x: [2]) -> [] where A: Semiring { sum(checkpoint(cube)(x)) }
    fn large(x: [8, 12], w: [12, 6], b: [6]) -> [] { let h = tanh(matmul(x, w) + b); sum(h * h * h) }
}

/// Exact, and each shows three laws.
#[test]
fn graphs() -> Result<(), Counterexample> {
    macro_rules! hold {
        ($($graph:expr),* $(,)?) => {$(
            let proof = prove_gradient(&$graph)?;
            assert!(proof.is_exact() && proof.identities > 2 && proof.laws.len() == 3, "{proof}");
        )*};
    }
    hold![
        rational::<f64>(),
        quotient::<f64>(),
        smooth::<f64>(),
        rooted::<f64>(),
        kinks::<f64>(),
        masked::<f64>(),
        stopped::<f64>(),
        checked::<f64>(),
        classes::<f64>(),
        normal::<f64>(),
    ];
    let proof = prove_gradient(&classes::<f64>())?;
    assert_eq!(proof.environments, cotangent::prove::Environments::All(9));
    assert_eq!(prove_gradient(&energy::<f64>())?.laws.len(), 3);
    Ok(())
}

/// Loops, groups, labels that are computed and results that stand beside.
#[test]
fn typed() -> Result<(), Counterexample> {
    prove_gradient(&typed_graphs::fitted::<f64>())?;
    prove_gradient(&typed_graphs::moved::<f64>())?;
    assert!(prove_gradient(&typed_graphs::chosen::<f64>())?.drawn);
    Ok(())
}

/// Labels that nothing reads are no reason to say less.
#[test]
fn what_is_not_read_does_not_count() -> Result<(), Counterexample> {
    use cotangent::prove::Environments;
    let none: GraphData<f64, _, _, _> = graph!(|x: [2]; _c: [2] < 3, _key| sum(x * x));
    assert_eq!(
        prove_gradient(&none)?.environments,
        Environments::Independent
    );
    let one: GraphData<f64, _, _, _> =
        graph!(|x: [1, 3]; a: [1] < 3, _c: [] < 999| cross_entropy(x, a));
    assert_eq!(prove_gradient(&one)?.environments, Environments::All(3));
    Ok(())
}

#[test]
fn at_random_points() -> Result<(), Counterexample> {
    let proof = prove_gradient(&large::<f64>())?;
    match proof.method {
        Method::Modulo {
            points,
            soundness_error,
        } => {
            assert!(
                points == 3 && soundness_error > 0.0 && soundness_error < 1e-20,
                "{proof}"
            );
        }
        Method::NormalForms => panic!("{proof}"),
    }
    Ok(())
}

/// `x³`, whose VJP is right, and is stopped when it is differentiated: a Hessian of zeros.
#[derive(Clone)]
struct Cube {
    stop_vjp: bool,
    stop_jvp: bool,
}

type R = Recorder<levels::Ring>;

impl Cube {
    fn slope<S: Shape>(r: &R, x: Var<S>, d: Var<S>, stop: bool) -> Var<S> {
        let square = r.mul_same(x, x);
        let slope = r.add_same(square, r.add_same(square, square));
        let slope = if stop {
            r.record(stop_gradient(slope))
        } else {
            slope
        };
        r.mul_same(slope, d)
    }
}

impl<S: Shape> Op<(S,)> for Cube {
    type Out = S;
    type Level = levels::Ring;
    const NAME: &'static str = "cube";
    fn forward(&self, r: &R, (x,): (Var<S>,)) -> Var<S> {
        r.mul_same(x, r.mul_same(x, x))
    }
    fn jvp(&self, r: &R, (x,): (Var<S>,), _y: Var<S>, (dx,): (Var<S>,)) -> Var<S> {
        Cube::slope(r, x, dx, self.stop_jvp)
    }
    fn vjp(&self, r: &R, (x,): (Var<S>,), _y: Var<S>, dy: Var<S>) -> (Var<S>,) {
        (Cube::slope(r, x, dy, self.stop_vjp),)
    }
}

fn cubed<S: Shape>(x: Var<S>, [stop_vjp, stop_jvp]: [bool; 2]) -> Call<Cube, (Var<S>,)> {
    Call::new(Cube { stop_vjp, stop_jvp }, (x,))
}

/// Right to first order, so `prove` and `prove_op` accept it; wrong to second.
#[test]
fn a_rule_that_stops_its_derivative() -> Result<(), Counterexample> {
    let of =
        |stops: [bool; 2]| -> GraphData<f64, _, _, _> { graph!(|x: [2]| sum(cubed(x, stops))) };
    for stops in [[true, false], [true, true]] {
        prove(&of(stops))?;
        let [stop_vjp, stop_jvp] = stops;
        prove_op::<(shape![2],)>(Cube { stop_vjp, stop_jvp })?;
        let error = prove_gradient(&of(stops)).unwrap_err();
        assert_eq!(error.law, "hessian_is_the_second_derivative", "{error}");
        assert!(
            error.place.starts_with("the Hessian times v at x[0]"),
            "{error}"
        );
        assert_eq!(error.got, "0");
    }
    // A gradient does not take the JVP, so its stop shows nowhere in it.
    for stops in [[false, false], [false, true]] {
        prove_gradient(&of(stops))?;
    }
    Ok(())
}

/// Gradients that are wrong, and the law that says so: every program with one mistake.
#[test]
fn mutants_of_a_gradient() {
    let g = rational::<f64>();
    let value = g.program().unwrap();
    let gradient = cotangent::program::inline(&g.gradient().program().unwrap()).unwrap();
    prove_gradient_of(&value, &gradient).unwrap();
    let mutants = gradient.mutants();
    let mut refused = 0;
    for mutant in &mutants {
        match prove_gradient_of(&value, &mutant.program) {
            Err(error) => {
                assert!(error.law == "gradient_is_the_derivative", "{error}");
                refused += 1;
            }
            // A few compute the same.
            Ok(_) => assert!(
                prove_equal_up_to_rounding(&gradient, &mutant.program).is_ok(),
                "{}",
                mutant.mistake
            ),
        }
    }
    println!("{refused} of {}", mutants.len());
    assert!(
        10 * refused > 9 * mutants.len(),
        "{refused} of {}",
        mutants.len()
    );
}

/// The gradient of `x y`, whose tangent and cotangent differ since a function in it has a wrong JVP of its own.
#[test]
fn a_hessian_that_is_not_symmetric() {
    let value = text("%2 [] = mul %0 %1\nreturn %2");
    let gradient = |jvp: &str| -> Program {
        let lines = format!(
            "cotangent program 1
            function 0 same {{
              %0: []
              %1 [] = scale(1) %0
              return %1
            }} jvp {{
              %0: []
              %1: []
              %2: []
              %3 [] = scale({jvp}) %2
              return %3
            }} vjp {{
              %0: []
              %1: []
              %2: []
              %3 [] = scale(1) %2
              return %3
            }}
            %0: []
            %1: []
            %2 [] = call(f0) %1
            return %2 %0"
        );
        let lines: Vec<&str> = lines.lines().map(str::trim).collect();
        format!("{}\n", lines.join("\n")).parse().unwrap()
    };
    prove_gradient_of(&value, &gradient("1")).unwrap();
    let error = prove_gradient_of(&value, &gradient("2")).unwrap_err();
    assert_eq!(
        error.law, "forward_over_reverse_eq_reverse_over_reverse",
        "{error}"
    );
}

fn text(lines: &str) -> Program {
    format!("cotangent program 1\n%0: []\n%1: []\n{lines}\n")
        .parse()
        .unwrap()
}

/// What is no gradient at all.
#[test]
fn shapes_of_a_gradient() {
    let value = text("%2 [] = mul %0 %1\nreturn %2");
    let law = |gradient: &str| prove_gradient_of(&value, &text(gradient)).unwrap_err();
    assert_eq!(
        law("%2 [2] = full([2], 1)\nreturn %2").place,
        "the outputs of the gradient"
    );
    let two: Program = "cotangent program 1\n%0: [2]\nreturn %0\n".parse().unwrap();
    assert_eq!(
        prove_gradient_of(&two, &two).unwrap_err().place,
        "the first output"
    );
    let none = text("return");
    assert!(prove_gradient_of(&value, &none).is_err());
}
