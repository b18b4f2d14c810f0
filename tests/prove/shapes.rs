//! Shapes at which wrong rules pass, and that `law_tests!` refuses them.

use cotangent::prelude::*;
use cotangent::program::{Contract, Literal};
use cotangent::prove::{Excused, ProofShapes, dims_of};
use cotangent::tensor::Dims;

type R = Recorder<levels::Real>;

/// The scores of an attention with one head, `q kᵀ / √width`. The rules have `√length` instead.
#[derive(Clone)]
struct Scores;

fn scores<S: Shape>(q: Var<S>, k: Var<S>) -> Call<Scores, (Var<S>, Var<S>)> {
    Call::new(Scores, (q, k))
}

fn inverse_root<D: Dim>() -> Literal {
    Literal::real(1.0 / (D::SIZE as f64).sqrt())
}

/// Of one sequence, or of a batch.
macro_rules! scores {
    ($batch_axes:literal $($B:ident)?) => {
        impl<$($B: Dim,)? T: Dim, D: Dim> Op<(($($B,)? T, D), ($($B,)? T, D))> for Scores {
            type Out = ($($B,)? T, T);
            type Level = levels::Real;
            const NAME: &'static str = "scores";
            fn forward(
                &self,
                r: &R,
                x: (Var<($($B,)? T, D)>, Var<($($B,)? T, D)>),
            ) -> Var<($($B,)? T, T)> {
                let products = r.prim::<($($B,)? T, T)>(Contract::matmul($batch_axes, false, true), x);
                r.scale(products, inverse_root::<D>())
            }
            fn jvp(
                &self,
                r: &R,
                (q, k): (Var<($($B,)? T, D)>, Var<($($B,)? T, D)>),
                _y: Var<($($B,)? T, T)>,
                (dq, dk): (Var<($($B,)? T, D)>, Var<($($B,)? T, D)>),
            ) -> Var<($($B,)? T, T)> {
                let products = |q, k| {
                    r.prim::<($($B,)? T, T)>(Contract::matmul($batch_axes, false, true), (q, k))
                };
                r.scale(r.add_same(products(dq, k), products(q, dk)), inverse_root::<T>())
            }
            fn vjp(
                &self,
                r: &R,
                (q, k): (Var<($($B,)? T, D)>, Var<($($B,)? T, D)>),
                _y: Var<($($B,)? T, T)>,
                dy: Var<($($B,)? T, T)>,
            ) -> (Var<($($B,)? T, D)>, Var<($($B,)? T, D)>) {
                let dy = r.scale(dy, inverse_root::<T>());
                let product = |transposed, x| {
                    r.prim::<($($B,)? T, D)>(Contract::matmul($batch_axes, transposed, false), (dy, x))
                };
                (product(false, k), product(true, q))
            }
        }
    };
}

scores!(0);
scores!(1 B);

/// What `law_tests!` says of the shapes of these graphs, of which the middle one has rank 4.
fn said(first: Vec<Dims>, second: Vec<Dims>) -> Result<(), String> {
    let middle = vec![Dims::new(&[2, 3, 4, 5])];
    let excused = Excused::default();
    let shapes = ProofShapes {
        first,
        second,
        middle,
        excused,
    };
    let text =
        |error: Counterexample| format!("{}: {}, got {}", error.place, error.expected, error.got);
    shapes.check().map_err(text)
}

/// Two graphs of a length and a width of 2 prove it right, and were the proofs of `causal_attention`.
#[test]
fn a_scale_by_the_root_of_the_length() {
    let first: GraphData<f64, _, _, _> = graph!(|q: [2, 2], k: [2, 2]| scores(q, k));
    let second: GraphData<f64, _, _, _> = graph!(|q: [2, 2, 2], k: [2, 2, 2]| scores(q, k));
    assert!(prove(&first).is_ok_and(|proof| proof.is_exact()));
    assert!(prove(&second).is_ok_and(|proof| proof.is_exact()));
    assert_eq!(
        said(dims_of(&first), dims_of(&second)),
        Err("the first graph: dims that differ, none of them 1, got [2, 2]".to_owned())
    );
    // Where they differ, it is refused.
    let differ: GraphData<f64, _, _, _> = graph!(|q: [2, 3], k: [2, 3]| scores(q, k));
    let error = prove(&differ).expect_err("the wrong root");
    assert_eq!(error.law, "jvp_is_the_derivative");
}

/// The mean of all numbers. The rules divide by 6.
#[derive(Clone)]
struct MeanOfSix;

fn mean_of_six<S: Shape>(x: Var<S>) -> Call<MeanOfSix, (Var<S>,)> {
    Call::new(MeanOfSix, (x,))
}

impl<S: Shape> Op<(S,)> for MeanOfSix {
    type Out = ();
    type Level = levels::Real;
    const NAME: &'static str = "mean_of_six";
    fn forward(&self, r: &R, (x,): (Var<S>,)) -> Var<()> {
        r.scale(r.sum(x), Literal::ratio(1, S::SIZE as u64))
    }
    fn jvp(&self, r: &R, _x: (Var<S>,), _y: Var<()>, (dx,): (Var<S>,)) -> Var<()> {
        r.scale(r.sum(dx), Literal::ratio(1, 6))
    }
    fn vjp(&self, r: &R, _x: (Var<S>,), _y: Var<()>, dy: Var<()>) -> (Var<S>,) {
        (r.full_like(r.scale(dy, Literal::ratio(1, 6))),)
    }
}

/// Dims that differ can be as many elements.
#[test]
fn a_number_for_the_number_of_elements() {
    let first: GraphData<f64, _, _, _> = graph!(|x: [6]| mean_of_six(x));
    let second: GraphData<f64, _, _, _> = graph!(|x: [2, 3]| mean_of_six(x));
    assert!(prove(&first).is_ok() && prove(&second).is_ok());
    assert_eq!(
        said(dims_of(&first), dims_of(&second)),
        Err("the second graph: no size of the first, got 6".to_owned())
    );
    let differ: GraphData<f64, _, _, _> = graph!(|x: [4]| mean_of_six(x));
    let error = prove(&differ).expect_err("6 is not 4");
    assert_eq!(error.law, "jvp_is_the_derivative");
}
