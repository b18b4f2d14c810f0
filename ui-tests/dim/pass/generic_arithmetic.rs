//! Sums, differences, products and quotients of generic dims. No bound but `Dim` is written by hand.
use cotangent::dim::N as Size;
use cotangent::prelude::*;

graph! {
    fn joined<B: Dim, N: Dim, M: Dim>(x: [B, N], y: [B, M]) -> [B, N + M] {
        concat(x, y, 1)
    }

    // Written in the order of the axes.
    fn swapped<B: Dim, N: Dim, M: Dim>(x: [B, N], y: [B, M]) -> [B, M + N] {
        concat(y, x, 1)
    }

    // Numbers have no order.
    fn widened<B: Dim, D: Dim>(x: [B, D], up: [D, 4 * D], down: [D * 4, 2 + D + 1]) -> [B, D + 3] {
        matmul(matmul(x, up), down)
    }

    // Of all axes after the first.
    fn pixels<B: Dim, H: Dim, W: Dim>(x: [B, 3, H, W]) -> [B, 3 * H * W] {
        flatten_rows(x)
    }

    // A product without a shape that names it.
    fn total<H: Dim, K: Dim>(x: [H, K]) -> [] {
        sum(merge_axes(x, 0))
    }

    // A dim is also a value.
    fn repeated<D: Dim>(x: [2]) -> [D, 2, 4 * D] {
        broadcast_axis(broadcast_axis(x, 1, { 4 * D }), 0, { D })
    }

    fn completed<B: Dim, D: Dim, const H: usize>(x: [B, H], y: [B, D - H]) -> [B, D] {
        concat(x, y, 1)
    }

    fn flat<const B: usize, H: Dim, const K: usize>(x: [B, H, K], w: [H * K, 3 * 2]) -> [B, 6] {
        matmul(flatten_rows(x), w)
    }

    fn flat_twice<const B: usize, H: Dim, const K: usize>(x: [B, H, K], w: [H * K, 6]) -> [B, 6] {
        flat(x, w) + flat(x, w)
    }

    fn flat_of_ones<const B: usize, const K: usize>(x: [B, 2, K]) -> [B, 2 * K] {
        let y: [B, 2 * K] = flatten_rows(x);
        y + 1
    }

    fn there_and_back<B: Dim, const H: usize, K: Dim>(x: [B, H * K]) -> [B, H * K] {
        let y: [B, H, K] = split_axis(x, 1);
        merge_axes(y, 1) + x
    }

    // `H * (D / H)` is `D`.
    fn heads<T: Dim, D: Dim, const H: usize>(x: [T, D], wo: [D, D]) -> [T, D] {
        let q: [T, H, D / H] = split_axis(x, 1);
        let q = permute(q, (1, 0, 2));
        let y = permute(q, (1, 0, 2));
        matmul(merge_axes(y, 1), wo)
    }

    // A const generic may have the name of the struct `N`.
    fn padded<const N: usize>(x: [N]; labels: [N + 1] < 2 * (N + 1)) -> [N + 1] {
        let p: [N + 1] = pad(x, 0, { Size::<1> }, { Size::<0> });
        let p: [2 * (N + 1)] = twice(p);
        gather(p, labels)
    }

    fn twice<N: Dim>(x: [N]) -> [2 * N] {
        let y: [2, N] = stack(x, x, 0);
        merge_axes(y, 0)
    }

    // Of concrete sizes nothing has to be said.
    fn network(x: [2, 3], y: [2, 4]) -> [2, 7] {
        joined(x, y)
    }
}

fn ones<S: Shape>() -> Tensor<f64, S> {
    Tensor::ones()
}

fn main() {
    let (a, b) = (Tensor::from([[1.0]]), Tensor::from([[2.0, 3.0]]));
    let y = joined::<f64, N<1>, N<1>, N<2>>().value(&tlist![a.clone(), b.clone()], ());
    assert_eq!(y, Tensor::from([[1.0, 2.0, 3.0]]));
    let y = swapped::<f64, N<1>, N<1>, N<2>>().value(&tlist![a.clone(), b.clone()], ());
    assert_eq!(y, Tensor::from([[2.0, 3.0, 1.0]]));
    let y = widened::<f64, N<1>, N<1>>().value(&tlist![a.clone(), ones(), ones()], ());
    assert_eq!(y, Tensor::from([[4.0; 4]]));
    let y = pixels::<f64, N<1>, N<2>, N<2>>().value(&ones(), ());
    assert_eq!(y, Tensor::from([[1.0; 12]]));
    assert_eq!(total::<f64, N<3>, N<2>>().value(&ones(), ()).item(), 6.0);
    let y = repeated::<f64, N<2>>().value(&Tensor::from([1.0, 2.0]), ());
    assert_eq!(y, Tensor::from([[[1.0; 8], [2.0; 8]]; 2]));
    let y = completed::<f64, N<1>, N<3>, 1>().value(&tlist![a, b], ());
    assert_eq!(y, Tensor::from([[1.0, 2.0, 3.0]]));
    // Past 1,000.
    let y: Tensor<f64, shape![1, 600 * 2]> = joined::<f64, N<1>, N<600>, N<600>>().value(&tlist![ones(), ones()], ());
    assert_eq!(y, ones::<shape![1, 1200]>());

    let y = flat_twice::<f64, 1, N<2>, 2>().value(&tlist![ones(), ones()], ());
    assert_eq!(y, Tensor::from([[8.0; 6]]));
    let y = flat_of_ones::<f64, 1, 1>().value(&Tensor::from([[[1.0], [2.0]]]), ());
    assert_eq!(y, Tensor::from([[2.0, 3.0]]));

    let x = Tensor::from([[1.0, 2.0, 3.0, 4.0]]);
    let y = there_and_back::<f64, N<1>, 2, N<2>>(N, N).value(&x.clone(), ());
    assert_eq!(y, Tensor::from([[2.0, 4.0, 6.0, 8.0]]));
    let y = heads::<f64, N<1>, N<4>, 2>(N).value(&tlist![x, ones()], ());
    assert_eq!(y, Tensor::from([[10.0; 4]]));

    let labels = Labels::<6, shape![3]>::new([0, 3, 1]).unwrap();
    let y = padded::<f64, 2>().value(&Tensor::from([5.0, 6.0]), &tlist![labels]);
    assert_eq!(y, Tensor::from([0.0, 0.0, 5.0]));
    assert_eq!(network::<f64>().value(&tlist![ones(), ones()], ()), ones());
}
