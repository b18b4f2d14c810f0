//! Nodes from closures over the whole context so far, and their environment.
use cotangent::prelude::*;

#[derive(Clone)]
struct Rate(f64);
impl Environment for Rate {
    type Of<A: Semiring> = Rate;
}

fn main() {
    let square = NodeData::<f64, Rate, context![[2]], shape![2]>::from_closures(
        "square",
        |x, rate| x.get::<0>().map(|x| rate.0 * x * x),
        |x, dx, rate| x.get::<0>().zip_map(dx.get::<0>(), |x, dx| 2.0 * rate.0 * x * dx),
        |x, rate, dy| tlist![x.get::<0>().zip_map(dy, |x, dy| 2.0 * rate.0 * x * dy)],
    );
    let product = NodeData::<f64, Rate, context![[2], [2]], shape![]>::from_closures(
        "product",
        |x, _| Tensor::scalar(x.get::<0>().dot(x.get::<1>())),
        |x, dx, _| {
            Tensor::scalar(dx.get::<0>().dot(x.get::<1>()) + x.get::<0>().dot(dx.get::<1>()))
        },
        |x, _, dy| tlist![x.get::<1>().map(|x| x * dy.item()), x.get::<0>().map(|x| x * dy.item())],
    );
    let g = GraphData::<f64, Rate, context![[2]], _>::nil().snoc(square).snoc(product);
    let (y, dx) = g.value_and_vjp(&Tensor::from([1.0, 2.0]), &Rate(0.5));
    assert_eq!((y.item(), dx), (4.5, Tensor::from([1.5, 6.0])));
}
