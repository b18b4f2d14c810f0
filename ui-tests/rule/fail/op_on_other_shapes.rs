use cotangent::prelude::*;

/// The op of [`square`]: of square matrices.
#[derive(Clone)]
struct Square;

/// `y = x x`.
fn square<D: Dim>(x: Var<(D, D)>) -> Call<Square, (Var<(D, D)>,)> {
    Call::new(Square, (x,))
}

impl<D: Dim> Op<((D, D),)> for Square {
    type Out = (D, D);
    type Level = levels::Semiring;
    const NAME: &'static str = "square";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<(D, D)>,)) -> Var<(D, D)> {
        r.matmul(x, x)
    }

    fn jvp(
        &self,
        r: &Recorder<levels::Semiring>,
        (x,): (Var<(D, D)>,),
        _y: Var<(D, D)>,
        (dx,): (Var<(D, D)>,),
    ) -> Var<(D, D)> {
        r.add(r.matmul(dx, x), r.matmul(x, dx))
    }

    fn vjp(
        &self,
        r: &Recorder<levels::Semiring>,
        (x,): (Var<(D, D)>,),
        _y: Var<(D, D)>,
        dy: Var<(D, D)>,
    ) -> (Var<(D, D)>,) {
        (r.add(r.matmul_nt(dy, x), r.matmul_tn(x, dy)),)
    }
}

graph! {
    fn twice(x: [3, 4]) -> [3, 4] {
        square(x)
    }
}

fn main() {
    twice::<f64>();
}
