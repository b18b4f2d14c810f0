//! Layers over generic dims, and what they compute for sizes.
use cotangent::prelude::*;

graph! {
    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], w: [I, O], b: [O]) -> [B, O] {
        matmul(x, w) + b
    }

    fn norm<B: Dim, D: Dim>(x: [B, D], gamma: [D], beta: [D]) -> [B, D] {
        layer_norm(x, gamma, beta, 1e-5)
    }

    fn feed_forward<B: Dim, D: Dim>(x: [B, D], w1: [D, 4 * D], b1: [4 * D], w2: [4 * D, D], b2: [D]) -> [B, D] {
        let h = relu(linear(x, w1, b1));
        x + linear(h, w2, b2)
    }

    fn attention<T: Dim, D: Dim, const H: usize>(x: [T, D], wq: [D, D], wk: [D, D], wv: [D, D]) -> [T, D] {
        let q: [T, H, D / H] = split_axis(matmul(x, wq), 1);
        let k: [T, H, D / H] = split_axis(matmul(x, wk), 1);
        let v: [T, H, D / H] = split_axis(matmul(x, wv), 1);
        let q = permute(q, (1, 0, 2));
        let k = permute(k, (1, 2, 0));
        let v = permute(v, (1, 0, 2));
        let y = matmul(softmax(matmul(q, k), 2), v);
        merge_axes(permute(y, (1, 0, 2)), 1)
    }

    fn causal<T: Dim, D: Dim, const H: usize>(x: [T, D]) -> [T, D] {
        let h: [T, H, D / H] = split_axis(x, 1);
        merge_axes(causal_attention(h, h, h), 1)
    }

    fn gates<B: Dim, I: Dim, H: Dim>(x: [B, I], s: [2, B, H], w: [I, 4 * H], u: [H, 4 * H], b: [4 * H]) -> [2, B, H] {
        lstm_cell(x, s, w, u, b)
    }

    fn pooled<B: Dim, T: Dim, D: Dim>(x: [B, T, D], w: [B, T]) -> [B, 2 * D] {
        let m = mean_axis(x, 1);
        let s: [B, D] = einsum!("btd,bt->bd", x, w);
        concat_of(m, s)
    }

    fn concat_of<B: Dim, D: Dim>(x: [B, D], y: [B, D]) -> [B, 2 * D] {
        let z: [2, B, D] = stack(x, y, 0);
        let z = permute(z, (1, 0, 2));
        merge_axes(z, 1)
    }

    fn block(x: [2, 4], wq: [4, 4], w1: [4, 16], b1: [16], w2: [16, 4], b2: [4], g: [4], b: [4]) -> [2, 4] {
        let h = attention(x, wq, wq, wq, 2);
        feed_forward(norm(h, g, b), w1, b1, w2, b2)
    }
}

fn main() {
    let identity = Tensor::<f64, shape![2, 2]>::from([[1.0, 0.0], [0.0, 1.0]]);
    let x = Tensor::from([[1.0, -2.0]]);
    // Of one time, attention is the values.
    let g = attention::<f64, N<1>, N<2>, 2>(N::<2>);
    let y = g.value(&tlist![x.clone(), identity.clone(), identity.clone(), identity], ());
    assert_eq!(y, x);
    let y = causal::<f64, N<1>, N<2>, 2>(N).value(&x, ());
    assert_eq!(y, x);

    let inputs = tlist![x.clone(), Tensor::zeros(), Tensor::ones(), Tensor::ones(), Tensor::zeros()];
    let y = feed_forward::<f64, N<1>, N<2>>().value(&inputs, ());
    assert_eq!(y, Tensor::from([[9.0, 6.0]]));

    let inputs = tlist![x, Tensor::zeros(), Tensor::zeros(), Tensor::zeros(), Tensor::zeros()];
    let y = gates::<f64, N<1>, N<2>, N<3>>().value(&inputs, ());
    assert_eq!(y, Tensor::zeros());

    let x = Tensor::from([[[1.0, 2.0], [3.0, 4.0]]]);
    let y = pooled::<f64, N<1>, N<2>, N<2>>().value(&tlist![x, Tensor::ones()], ());
    assert_eq!(y, Tensor::from([[2.0, 3.0, 4.0, 6.0]]));

    let one = || Tensor::ones();
    let inputs = tlist![Tensor::ones(), one(), Tensor::ones(), Tensor::zeros(), Tensor::zeros(), Tensor::ones(), Tensor::ones(), Tensor::from([1.0, 2.0, 3.0, 4.0])];
    let y = block::<f64>().value(&inputs, ());
    assert_eq!(y, Tensor::from([[2.0, 3.0, 4.0, 5.0]; 2]));
}
