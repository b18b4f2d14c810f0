use cotangent::prelude::*;

graph! {
    fn attention<T: Dim, D: SplitHeads<N<H>>, const H: usize>(x: [T, D]) -> [T, D] {
        causal_attention(x, x, x, { Heads::<H> })
    }

    fn network(x: [4, 8]) -> [4, 8] {
        attention(x)
    }
}

fn main() {
    network::<f32>();
}
