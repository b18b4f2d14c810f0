use cotangent::prelude::*;

graph! {
    pub struct Linear<I, O: Dim> { weight: [I, O] }
}

fn main() {
    let _: Parameters<f32, Linear<N<2>, N<3>>>;
}
