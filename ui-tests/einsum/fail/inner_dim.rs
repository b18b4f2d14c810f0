use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 784], w: [768, 128]) -> [32, 128] {
        einsum!("ij,jk->ik", x, w)
    }
}

fn main() {
    hidden::<f32>();
}
