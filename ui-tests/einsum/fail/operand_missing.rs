use cotangent::prelude::*;

fn main() {
    graph!(|x: [2, 3], y: [3, 4]| tanh(einsum!("ij,jk->ik", x) + y));
}
