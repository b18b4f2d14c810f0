use cotangent::prelude::*;

fn main() {
    graph!(|x: [2, 3]| einsum!("ijk->ik", x));
}
