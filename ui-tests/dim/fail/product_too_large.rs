use cotangent::dim::{Dim, N2, N3, Product};

fn area<H: Dim, W: Dim>() -> Product<H, W> {
    Default::default()
}

fn main() {
    let _: N3<250, 0, 0> = area::<N2<50, 0>, N2<50, 0>>();
}
