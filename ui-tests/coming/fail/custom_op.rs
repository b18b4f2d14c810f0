use cotangent::prelude::*;

#[derive(Clone)]
struct Log1pExp;

impl<S: Shape> Op<(S,)> for Log1pExp {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "log1pexp";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S> {
        r.record(log1p(r.exp(x)))
    }
    fn vjp(&self, r: &Recorder, (x,): (Var<S>,), _y: Var<S>, dy: Var<S>) -> (Var<S>,) {
        let q = r.recip(r.offset(r.exp(x), 1));
        (r.sum(r.sub_same(dy, r.mul_same(dy, q))),)
    }
}

fn main() {}
