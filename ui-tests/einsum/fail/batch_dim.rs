use cotangent::prelude::*;

fn main() {
    graph!(|q: [2, 5, 8], k: [3, 5, 8]| einsum!("bqd,bkd->bqk", q, tanh(k)));
}
