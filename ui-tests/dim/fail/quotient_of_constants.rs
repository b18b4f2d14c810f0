use cotangent::prelude::*;

const WIDTH: usize = 100;

graph! {
    fn narrow(x: [{ WIDTH }, 8], w: [8, { WIDTH } / 12]) -> [{ WIDTH }, { WIDTH } / 12] {
        matmul(x, w)
    }
}

fn main() {
    narrow::<f32>();
}
