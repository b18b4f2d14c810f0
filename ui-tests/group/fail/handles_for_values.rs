use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }
}

struct Model {
    hidden: Linear<N<784>, N<10>>,
}

fn main() {
    let hidden = Linear::of(Tensor::<f32, _>::ones(), Tensor::zeros());
    let model = Model { hidden };
    let _ = model.hidden;
}
