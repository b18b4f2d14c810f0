use cotangent::prelude::*;

graph! {
    fn product(x: [2, 3], y: [3, 4]) -> [4, 2] {
        einsum!("ij,jk->ik", x, y)
    }
}

fn main() {
    product::<f32>();
}
