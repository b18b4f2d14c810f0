use cotangent::prelude::*;

type X = shape![2, 3];
type W = shape![3, 4];
type Y = shape![2, 4];

/// The op of [`project`].
#[derive(Clone)]
struct Project;

/// `y = x w`.
fn project(
    x: Var<X>,
    w: Var<W>,
) -> Call<Project, (Var<X>, Var<W>)> {
    Call::new(Project, (x, w))
}

impl Op<(X, W)> for Project {
    type Out = Y;
    type Level = levels::Semiring;
    const NAME: &'static str = "project";

    fn forward(
        &self,
        r: &Recorder<levels::Semiring>,
        (x, w): (Var<X>, Var<W>),
    ) -> Var<Y> {
        r.matmul(x, w)
    }

    fn jvp(
        &self,
        r: &Recorder<levels::Semiring>,
        (x, w): (Var<X>, Var<W>),
        _y: Var<Y>,
        (dx, dw): (Var<X>, Var<W>),
    ) -> Var<Y> {
        r.add(r.matmul(dx, w), r.matmul(x, dw))
    }

    fn vjp(
        &self,
        r: &Recorder<levels::Semiring>,
        (x, w): (Var<X>, Var<W>),
        _y: Var<Y>,
        dy: Var<Y>,
    ) -> (Var<X>, Var<W>) {
        (r.matmul(dy, w), r.matmul_tn(x, dy))
    }
}

fn main() {
    let g = graph!(|x: [2, 3], w: [3, 4]| project(x, w));
    let (x, w) = (Tensor::<f64, _>::ones(), Tensor::ones());
    g.value(&tlist![x, w], ());
}
