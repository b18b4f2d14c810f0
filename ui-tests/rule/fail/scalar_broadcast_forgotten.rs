use cotangent::prelude::*;

/// The op of [`total`].
#[derive(Clone)]
struct Total;

/// `y = Σ x`.
fn total<D: Dim>(x: Var<(D,)>) -> Call<Total, (Var<(D,)>,)> {
    Call::new(Total, (x,))
}

impl<D: Dim> Op<((D,),)> for Total {
    type Out = ();
    type Level = levels::Semiring;
    const NAME: &'static str = "total";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<(D,)>,)) -> Var<()> {
        r.sum(x)
    }

    fn jvp(
        &self,
        r: &Recorder<levels::Semiring>,
        _x: (Var<(D,)>,),
        _y: Var<()>,
        (dx,): (Var<(D,)>,),
    ) -> Var<()> {
        r.sum(dx)
    }

    fn vjp(
        &self,
        _r: &Recorder<levels::Semiring>,
        _x: (Var<(D,)>,),
        _y: Var<()>,
        dy: Var<()>,
    ) -> (Var<(D,)>,) {
        (dy,)
    }
}

fn main() {
    let g = graph!(|x: [3]| total(x));
    g.value(&tlist![Tensor::<f64, _>::ones()], ());
}
