use cotangent::prelude::*;
use cotangent::shape::SplitHeads;

fn attention<H: Dim, T: Dim, M: SplitHeads<H>>(_: Tensor<f32, (T, M)>, _heads: H) {}

fn main() {
    attention(Tensor::<f32, shape![7, 10]>::zero(), N::<4>);
}
