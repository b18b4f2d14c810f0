use cotangent::optim::sgd;
use cotangent::prelude::*;

graph! {
    fn loss(w: [4]; key, x: [4]) -> ([], [4]) {
        let kept = dropout(x * w, key, 0.5);
        (sum(kept), kept)
    }
}

fn main() {
    let g = loss::<f32>();
    g.trainer_with_state(&sgd(0.1), &Tensor::zeros(), &Key::new(1));
}
