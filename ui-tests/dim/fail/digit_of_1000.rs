use cotangent::prelude::*;

fn main() {
    let _ = Tensor::<f32, (N<1000>, N<10>)>::zeros();
}
