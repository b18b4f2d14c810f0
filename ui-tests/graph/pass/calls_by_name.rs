//! Graphs called by their names: of the same invocation, of a `use`, in loops, with parameters that no value has.
use cotangent::prelude::*;

mod layers {
    use cotangent::prelude::*;

    graph! {
        pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O] }

        pub fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
            matmul(x, p.weight)
        }

        pub fn attention<T: Dim, D: SplitHeads<N<H>>, const H: usize>(x: [T, D]) -> [T, D] {
            causal_attention(x, x, x, { Heads::<H> })
        }
    }
}

graph! {
    fn double(x: [2, 4]) -> [2, 4] { x * 2 }
}

graph! {
    use layers::{Linear, attention as attend, linear};
    use double;

    fn network<const L: usize>(x: [2, 4], layers: [Linear<4, 4>; L], last: Linear<4, 1>) -> [2, 1] {
        let h = repeat(checkpoint(block({ N::<2> })))(double(x), layers);
        linear(h, last)
    }

    fn block<const H: usize, D: SplitHeads<N<H>>>(x: [2, D], p: Linear<D, D>) -> [2, D] {
        attend(linear(x, p), { N::<H> })
    }

    fn sums(x: [3, 2]) -> [3, 2] {
        let (_, all) = scan(step)(constant([0.0, 0.0]), x);
        all
    }

    fn step(sum: [2], x: [2]) -> ([2], [2]) {
        let next = sum + x;
        (next, next)
    }
}

fn main() {
    let p = || Linear::of(Tensor::<f64, shape![4, 4]>::full(0.5));
    let x = tlist![Tensor::one(), [p(), p(), p()], Linear::of(Tensor::one())];
    assert_eq!(network().value(&x, ()), Tensor::from([[64.0], [64.0]]));

    // A parameter that no value has is all that a caller writes.
    let g = attend(N::<2>);
    let y: Tensor<f64, shape![3, 4]> = g.value(&Tensor::one(), ());
    assert_eq!(y, Tensor::one());

    let y = sums().value(&Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), ());
    assert_eq!(y, Tensor::from([[1.0, 2.0], [4.0, 6.0], [9.0, 12.0]]));
}
