//! Every kind of argument that an op takes.
use cotangent::prelude::*;

graph! {
    fn all(x: [2, 3, 4], row: [4]) -> [] {
        let a = permute(x * row, (1, 2, 0));
        let b = slice(a, 1, 1, 3);
        let c = concat(b, b, 2);
        let d = reshape::<shape![6, 6], _>(c);
        let e: [36] = reshape(softmax(matmul(d, transpose(d)), 1));
        mean(flatten(e - 0.5) / 2)
    }
}

fn main() {
    let g = all::<f64>();
    let (_, tlist![dx, drow]) = g.value_and_vjp(&tlist![Tensor::ones(), Tensor::ones()], ());
    assert_eq!((dx.dims(), drow.dims()), (&[2, 3, 4][..], &[4][..]));
}
