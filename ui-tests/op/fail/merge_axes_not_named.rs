use cotangent::prelude::*;

graph! {
    fn total<H: Dim, K: Dim>(x: [H, K]) -> [] {
        sum(merge_axes(x, { Axis::<0> }))
    }
}

fn main() {
    total::<f32, N<2>, N<3>>();
}
