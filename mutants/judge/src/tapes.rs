//! Tapes that no graph was compiled to, whose pullbacks break their promises, and seeds that do not fit: the reverse loop
//! has to refuse them.

use crate::Judge;
use cotangent::lean::tape::Contributions;
use cotangent::prelude::*;

type Pullback = fn(&AnyTensor<f64>) -> Result<Contributions<f64>, TapeError>;

/// A tape of two leaves, the second of which is data, and a node with this pullback. All values are scalars.
fn tape(pullback: Pullback) -> Tape<f64> {
    let mut tape = Tape::empty();
    tape.leaf(&Tensor::<f64, shape![]>::ones(), Some("x"), true);
    tape.leaf(&Tensor::<f64, shape![]>::ones(), Some("data"), false);
    let value = AnyTensor::scalar(1.0);
    tape.add_node(TapeNode::new("y", "op", value, vec![0, 1], pullback));
    tape
}

pub fn check(judge: &mut Judge) {
    let two = || Tensor::from([1.0, 2.0]).to_any();
    let cases: [(&str, Pullback); 5] = [
        ("contributes to both", |dy| {
            Ok(vec![(0, dy.clone()), (1, dy.clone())])
        }),
        ("contributes to one twice", |dy| {
            Ok(vec![(0, dy.clone()), (0, dy.clone())])
        }),
        ("contributes to itself", |dy| Ok(vec![(2, dy.clone())])),
        ("contributes other dims", |_| {
            Ok(vec![(0, Tensor::from([1.0, 2.0]).to_any())])
        }),
        ("contributes other dims to data", |_| {
            Ok(vec![(1, Tensor::from([1.0, 2.0]).to_any())])
        }),
    ];
    for (name, pullback) in cases {
        let tape = tape(pullback);
        for output in 0..tape.size() {
            for seed in [AnyTensor::scalar(3.0), two()] {
                judge.demand(name, || {
                    laws::backward_dense_eq_foldl_m(&tape, output, &seed)
                });
            }
        }
    }
}
