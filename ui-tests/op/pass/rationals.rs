//! A graph over every field, run on exact rationals.
use cotangent::prelude::*;
use num_rational::BigRational;

graph! {
    fn half_square(x: [2], w: [2, 2]) -> []
    where
        A: Field,
    {
        let y = matmul(reshape::<shape![1, 2], _>(x), w);
        0.5 * sum(y * y)
    }
}

fn main() {
    let ratio = |n: i64, d: i64| BigRational::new(n.into(), d.into());
    let x = Tensor::from([ratio(1, 3), ratio(1, 7)]);
    let w = Tensor::from([[ratio(1, 1), ratio(0, 1)], [ratio(0, 1), ratio(1, 1)]]);
    let (y, tlist![dx, _]) = half_square::<BigRational>().value_and_vjp(&tlist![x.clone(), w], ());
    assert_eq!(y.item(), ratio(29, 441));
    assert_eq!(dx, x);
}
