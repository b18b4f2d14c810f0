//! einsum! in graphs, in ops of a user's own, and in functions generic over dims.
use cotangent::op::{Call, Einsum, Var};
use cotangent::prelude::*;

graph! {
    fn attention<B: Dim, const D: usize>(q: [B, 5, D], k: [B, 7, D], v: [B, 7, D]) -> [B, 5, D]
    where
        A: Real,
        N<D>: Dim,
    {
        let scores = einsum!("bqd,bkd->bqk", q, k) / 2.0;
        einsum!("bqk,bkd->bqd", softmax(scores, 2), v)
    }
}

fn outer<I: Dim, J: Dim>(x: Var<(I,)>, y: Var<(J,)>) -> Call<Einsum<(I, J)>, (Var<(I,)>, Var<(J,)>)> {
    cotangent::einsum!("i, j -> ij", x, y)
}

fn main() {
    let g = attention::<f64, N<2>, 8>();
    let zeros = tlist![Tensor::zeros(), Tensor::zeros(), Tensor::ones()];
    let y: Tensor<f64, shape![2, 5, 8]> = g.value(&zeros, ());
    assert!(y.as_slice().iter().all(|y| (y - 1.0).abs() < 1e-12));

    let g = graph!(|x: [2, 3], w: [3, 4], b: [4]| einsum!("ij,jk->ik", x * 2.0, -w) + b);
    let y = g.value(&tlist![Tensor::ones(), Tensor::ones(), Tensor::ones()], ());
    assert_eq!(y, Tensor::<f64, shape![2, 4]>::from([[-5.0; 4]; 2]));

    let g = graph!(|x: [2], y: [3]| sum(cotangent::einsum!["ij->ji", outer(x, y)]));
    let y = g.value(&tlist![Tensor::<f64, _>::ones(), Tensor::ones()], ());
    assert_eq!(y.item(), 6.0);
}
