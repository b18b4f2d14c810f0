use cotangent::prelude::*;

fn rows<D: Dim>() -> usize {
    D::SIZE
}

fn main() {
    rows::<N<1000>>();
}
