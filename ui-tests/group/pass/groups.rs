use cotangent::prelude::*;

mod layers {
    use cotangent::prelude::*;

    graph! {
        pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O], pub bias: [O] }

        pub struct FeedForward<D: Dim> { pub up: Linear<D, 4 * D>, pub down: Linear<4 * D, D> }

        pub fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] where A: Semiring {
            matmul(x, p.weight) + p.bias
        }

        pub fn feed_forward<B: Dim, D: Dim>(x: [B, D], p: FeedForward<D>) -> [B, D] where A: Semiring {
            linear(linear(x, p.up), p.down)
        }
    }
}

graph! {
    use layers::feed_forward;

    // A group of another module, in a group, with a dim that is computed there.
    struct Block<D: Dim> { gain: [D], feed_forward: layers::FeedForward<D> }

    fn block<B: Dim, D: Dim>(x: [B, D], p: Block<D>) -> [B, D] where A: Semiring {
        x + feed_forward(x * p.gain, p.feed_forward)
    }
}

fn main() {
    let p: Parameters<f64, Block<N<1>>> = Parameters::<f64, Block<N<1>>>::zeros().map(|_| 1.0);
    let x = tlist![Tensor::from([[2.0]]), p];
    let (y, tlist![dx, dp]) =
        block::<f64, N<1>, N<1>>().vjp(&x, (), &Tensor::ones());
    // 2 + 4 (2 + 1) + 1
    assert_eq!(y, Tensor::from([[15.0]]));
    assert_eq!(dx, Tensor::from([[5.0]]));
    assert_eq!((dp.gain, dp.feed_forward.down.bias), (Tensor::from([8.0]), Tensor::from([1.0])));
}
