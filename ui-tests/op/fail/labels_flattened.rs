use cotangent::prelude::*;

graph! {
    fn loss<B: Dim, T: Dim, V: Dim>(scores: [B, T, V]; next: [B * T] < V) -> [] {
        cross_entropy(scores, next)
    }
}

fn main() {}
