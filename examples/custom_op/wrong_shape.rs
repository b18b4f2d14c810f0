//! The op of `examples/custom_op.rs` with a transposition forgotten in its VJP. It does not compile: docs/errors.md#o01.

use cotangent::prelude::*;

type R = Recorder<levels::Semiring>;
type X = (Var<shape![2, 3]>,);
#[derive(Clone)]
struct Gram;

impl Op<(shape![2, 3],)> for Gram {
    type Out = shape![2, 2];
    type Level = levels::Semiring;
    const NAME: &'static str = "gram";
    fn forward(&self, r: &R, (x,): X) -> Var<shape![2, 2]> {
        r.matmul_nt(x, x)
    }
    fn vjp(&self, r: &R, (x,): X, _y: Var<shape![2, 2]>, dy: Var<shape![2, 2]>) -> X {
        (r.add_same(r.matmul(dy, x), r.matmul_tn(x, dy)),)
    }
}

fn main() {}
