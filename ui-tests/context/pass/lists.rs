//! Lists of tensors: built, grown, joined, taken apart.
use cotangent::prelude::*;

fn main() {
    let x: TList<f64, context![[2], []]> = tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)];
    let y = x.clone().snoc(Tensor::from([[4.0]]));
    assert_eq!(y.get::<2>()[[0, 0]], 4.0);
    let (init, last) = y.unsnoc();
    assert_eq!((init, last), (x.clone(), Tensor::from([[4.0]])));
    let tlist_pat![a, _, b, _] = x.clone().append(x);
    assert_eq!(a, b);
}
