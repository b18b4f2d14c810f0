use cotangent::prelude::*;

graph! {
    fn trace(x: [3, 3]) -> [] {
        let t = einsum!("ii->", x);
        sum(t)
    }
}

fn main() {
    trace::<f32>();
}
