//! Graphs called by their names: of the same invocation, of a `use`, in loops, with parameters that no value has.
use cotangent::prelude::*;

mod layers {
    use cotangent::prelude::*;

    graph! {
        pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O] }

        pub fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
            matmul(x, p.weight)
        }

        /// Each row, by the squares of what its heads sum to.
        pub fn scaled<T: Dim, D: Dim, const H: usize>(x: [T, D]) -> [T, D] {
            let heads: [T, H, D / H] = split_axis(x, 1);
            let sums = sum_axis(heads, 2);
            x * broadcast_axis(sum_axis(sums * sums, 1), 1, { D })
        }
    }
}

graph! {
    fn double(x: [2, 4]) -> [2, 4] { x * 2 }
}

graph! {
    use layers::{Linear, linear, scaled as by_head};
    use double;

    fn network<const L: usize>(x: [2, 4], layers: [Linear<4, 4>; L], last: Linear<4, 1>) -> [2, 1] {
        let h = repeat(checkpoint(block(2)))(double(x), layers);
        linear(h, last)
    }

    fn block<const H: usize, D: Dim>(x: [2, D], p: Linear<D, D>) -> [2, D]
    where
        D / H: Dim,
    {
        by_head(linear(x, p), { N::<H> })
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
    let p = || Linear::of(Tensor::<f64, shape![4, 4]>::full(0.25));
    let x = tlist![Tensor::full(0.25), [p(), p()], Linear::of(Tensor::ones())];
    // The layers leave a row as it is. By its heads one of 0.5 is one of 1, and one of 1 is one of 8.
    assert_eq!(network().value(&x, ()), Tensor::from([[32.0], [32.0]]));

    // A parameter that no value has is all that a caller writes.
    let g = by_head(N::<2>);
    let y: Tensor<f64, shape![3, 4]> = g.value(&Tensor::ones(), ());
    assert_eq!(y, Tensor::full(8.0));

    let y = sums().value(&Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), ());
    assert_eq!(y, Tensor::from([[1.0, 2.0], [4.0, 6.0], [9.0, 12.0]]));
}
