use cotangent::prelude::*;

/// The op of [`project`].
#[derive(Clone)]
struct Project;

/// `y = x w`.
fn project<B: Dim, I: Dim, O: Dim>(
    x: Var<(B, I)>,
    w: Var<(I, O)>,
) -> Call<Project, (Var<(B, I)>, Var<(I, O)>)> {
    Call::new(Project, (x, w))
}

impl<B: Dim, I: Dim, O: Dim> Op<((B, I), (I, O))> for Project {
    type Out = (B, O);
    type Level = levels::Semiring;
    const NAME: &'static str = "project";

    fn forward(
        &self,
        r: &Recorder<levels::Semiring>,
        (x, w): (Var<(B, I)>, Var<(I, O)>),
    ) -> Var<(B, O)> {
        r.record(relu(r.matmul(x, w)))
    }

    fn jvp(
        &self,
        r: &Recorder<levels::Semiring>,
        (x, w): (Var<(B, I)>, Var<(I, O)>),
        _y: Var<(B, O)>,
        (dx, dw): (Var<(B, I)>, Var<(I, O)>),
    ) -> Var<(B, O)> {
        r.add(r.matmul(dx, w), r.matmul(x, dw))
    }

    fn vjp(
        &self,
        r: &Recorder<levels::Semiring>,
        (x, w): (Var<(B, I)>, Var<(I, O)>),
        _y: Var<(B, O)>,
        dy: Var<(B, O)>,
    ) -> (Var<(B, I)>, Var<(I, O)>) {
        (r.matmul_nt(dy, w), r.matmul_tn(x, dy))
    }
}

fn main() {
    let g = graph!(|x: [2, 3], w: [3, 4]| project(x, w));
    let (x, w) = (Tensor::<f64, _>::ones(), Tensor::ones());
    g.value(&tlist![x, w], ());
}
