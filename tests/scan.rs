//! `scan` over ops that are not of this crate.

use cotangent::prelude::*;

/// A Horner step, `s' = s x + c`: an entry, a state and a parameter, all scalars. It writes no derivative.
#[derive(Clone, Copy, Debug)]
struct Horner;

impl Op<((), (), ())> for Horner {
    type Out = ();
    type Need = needs::Semiring;
    const NAME: &'static str = "horner";

    fn forward(
        &self,
        r: &Recorder<needs::Semiring>,
        (c, s, x): (Var<()>, Var<()>, Var<()>),
    ) -> Var<()> {
        r.add_same(r.mul_same(s, x), c)
    }
}

/// `2 x³ + 3 x² + 5 x + 7` at 10, with every prefix of it, and the gradient of the whole: powers of `x` for the
/// coefficients, the derivative of the polynomial for `x`.
#[test]
fn a_polynomial() {
    let g =
        graph!(|coefficients: [4], zero: [], x: []| scan(coefficients, zero, { (x,) }, { Horner }));
    let inputs = tlist![
        Tensor::from([2.0, 3.0, 5.0, 7.0]),
        Tensor::scalar(0.0),
        Tensor::scalar(10.0)
    ];
    let last = Tensor::from([0.0, 0.0, 0.0, 1.0]);
    let (states, tlist![dc, dzero, dx]) = g.vjp(&inputs, &tlist![], &last);
    assert_eq!(states, Tensor::from([2.0, 23.0, 235.0, 2357.0]));
    assert_eq!(dc, Tensor::from([1000.0, 100.0, 10.0, 1.0]));
    assert_eq!((dzero.item(), dx.item()), (10_000.0, 665.0));
}

/// A body with an entry of the environment: each step of a scan has a mask of its own.
#[derive(Clone, Copy, Debug)]
struct DroppedSum(EnvVar<Seed>);

impl<S: Shape> Op<(S, S)> for DroppedSum {
    type Out = S;
    type Need = needs::OrderedField;
    const NAME: &'static str = "dropped_sum";

    fn forward(&self, r: &Recorder<needs::OrderedField>, (x, s): (Var<S>, Var<S>)) -> Var<S> {
        r.add_same(s, r.record(dropout(x, self.0, 0.5)))
    }
}

#[test]
fn a_body_reads_the_environment() {
    let g =
        graph!(|xs: [3, 8], init: [8]; seed: Seed| scan(xs, init, { () }, { DroppedSum(seed) }));
    let x = tlist![Tensor::<f64, _>::one(), Tensor::zero()];
    let last = Tensor::from_fn(|[step, _]: [usize; 2]| f64::from(step == 2));
    let (y, tlist![dxs, dinit]) = g.vjp(&x, &tlist![Seed::new(2)], &last);
    let y: Vec<&[f64]> = y.as_slice().chunks(8).collect();
    let added = |step: usize, column: usize| match step {
        0 => y[0][column],
        _ => y[step][column] - y[step - 1][column],
    };
    let masks = [0, 1, 2].map(|step| Vec::from_iter((0..8).map(|column| added(step, column))));
    assert!(
        masks
            .concat()
            .iter()
            .all(|&kept| kept == 0.0 || kept == 2.0)
    );
    assert!(masks[0] != masks[1] && masks[0] != masks[2] && masks[1] != masks[2]);
    // The cotangent of the last state goes back through the mask of each step.
    assert_eq!(dxs.as_slice(), masks.concat());
    assert_eq!(dinit, Tensor::one());
}
