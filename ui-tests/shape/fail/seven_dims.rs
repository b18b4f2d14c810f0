use cotangent::prelude::*;

fn main() {
    let _ = Tensor::<f32, (N<1>, N<1>, N<1>, N<1>, N<1>, N<1>, N<1>)>::zeros();
}
