use cotangent::prelude::*;

/// `y = exp(x) / x`.
#[derive(Clone)]
struct Growth;

impl<S: Shape> Op<(S,)> for Growth {
    type Out = S;
    type Level = levels::Field;
    const NAME: &'static str = "growth";

    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<S> {
        r.div_same(r.exp(x), x)
    }
}

fn main() {}
