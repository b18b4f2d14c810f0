//! Windows, padding, rows and heads, as ops use them.
use cotangent::prelude::*;
use cotangent::shape::Convolve;

/// Three by three, with a border of one.
type Padded = ConvWindow<(N<1>, N<1>), (N<1>, N<1>)>;

fn shape_of<A: Semiring, D, G: Context, S: Shape>(
    _: &GraphData<A, D, G, Returns<context![S]>>,
) -> &'static [usize] {
    S::DIMS
}

graph! {
    fn stem<B: Dim>(x: [B, 3, 224, 224], w: [64, 3, 7, 7]) -> [B, 64, 56, 56] {
        let h = conv2d(x, w, NoBias, ConvWindow::new().stride::<2, 2>().padding::<3, 3>());
        max_pool2d(h, PoolWindow::of::<3, 3>().stride::<2, 2>().padding::<1, 1>())
    }

    fn same<B: Dim>(x: [B, 8, 28, 28], w: [8, 1, 3, 3]) -> [B, 8, 28, 28] {
        conv2d(x, w, NoBias, ConvWindow::new().padding::<1, 1>().groups::<8>())
    }

    fn embed(table: [50257, 768]; tokens: [8, 128] < 50257) -> [8, 128, 768] {
        gather(table, tokens)
    }

    fn counted(x: [8, 128, 768]; tokens: [8, 128] < 50257) -> [50257, 768] {
        scatter_add(x, tokens)
    }

    fn padded(x: [3, 8]) -> [3, 11] {
        pad(x, 1, 1, 2)
    }

    // A layer over any images: one bound, the convolution itself, which says that the images keep their size.
    fn layer<B: Dim, C: Dim, O: Dim, H: Dim, W: Dim>(x: [B, C, H, W], w: [O, C, 3, 3]) -> [B, O, H, W]
    where
        shape![B, C, H, W]: Convolve<shape![O, C, 3, 3], Padded, Out = shape![B, O, H, W]>,
    {
        relu(conv2d(x, w, NoBias, { Padded::default() }))
    }

    fn heads(q: [128, 12, 64], k: [128, 12, 64], v: [128, 12, 64]) -> [128, 12, 64] {
        causal_attention(q, k, v)
    }
}

fn main() {
    assert_eq!(shape_of(&stem::<f32, N<2>>()), [2, 64, 56, 56]);
    assert_eq!(shape_of(&same::<f32, N<2>>()), [2, 8, 28, 28]);
    assert_eq!(shape_of(&embed::<f32>()), [8, 128, 768]);
    assert_eq!(shape_of(&counted::<f32>()), [50257, 768]);
    assert_eq!(shape_of(&padded::<f32>()), [3, 11]);
    assert_eq!(shape_of(&heads::<f32>()), [128, 12, 64]);
    assert_eq!(shape_of(&layer::<f32, N<2>, N<3>, N<8>, N<28>, N<28>>()), [2, 8, 28, 28]);
}
