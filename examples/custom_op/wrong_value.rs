//! The op of `examples/custom_op.rs` with a mistake that has the right shapes: half of the cotangent is missing. The
//! proof refuses it, and says where and what.

use cotangent::prelude::*;

type R = Recorder<levels::Semiring>;
type X<M, K> = (Var<(M, K)>,);
#[derive(Clone)]
pub struct Gram;

impl<M: Dim, K: Dim> Op<((M, K),)> for Gram {
    type Out = (M, M);
    type Level = levels::Semiring;
    const NAME: &'static str = "gram";
    fn forward(&self, r: &R, (x,): X<M, K>) -> Var<(M, M)> {
        r.matmul_nt(x, x)
    }
    fn vjp(&self, r: &R, (x,): X<M, K>, _y: Var<(M, M)>, dy: Var<(M, M)>) -> X<M, K> {
        (r.matmul(dy, x),) // and r.matmul_tn(dy, x)
    }
}

#[allow(dead_code)] // tests/examples/custom_op.rs reads this file too
fn main() {
    match cotangent::prove::prove_op::<(shape![2, 1],)>(Gram) {
        Ok(proof) => println!("{proof}"),
        Err(counterexample) => println!("refused: {counterexample}"),
    }
}
