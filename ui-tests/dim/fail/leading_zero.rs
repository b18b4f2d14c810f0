use cotangent::prelude::*;

fn rows<D: Dim>() -> usize {
    D::SIZE
}

fn main() {
    rows::<N2<0, 5>>();
}
