use cotangent::prelude::*;

fn main() {
    graph!(|x: [2, 3]| einsum!("iJ,i2->izz", x, x));
    graph!(|x: [2, 3]| einsum!("ij", x));
    graph!(|x: [2, 3]| einsum!(x));
}
