use cotangent::prelude::*;

graph! {
    struct Norm<D: Dim> { gain: [D], shift: [D] }
    struct Block<D: Dim, H: Dim, K: Dim> {
        norm1: Norm<D>, query: [D, H, K], key: [D, H, K], value: [D, H, K], out: [H, K, D],
        norm2: Norm<D>, up: [D, 4 * D], down: [3 * D, D],
    }

    fn norm<B: Dim, T: Dim, D: Dim>(x: [B, T, D], p: Norm<D>) -> [B, T, D] {
        layer_norm(x, p.gain, p.shift, 1e-5)
    }
    fn block<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim>(x: [B, T, D], p: Block<D, H, K>) -> [B, T, D] {
        let h = norm(x, p.norm1);
        let q = einsum!("btd,dhk->bthk", h, p.query);
        let k = einsum!("btd,dhk->bthk", h, p.key);
        let v = einsum!("btd,dhk->bthk", h, p.value);
        let x = x + einsum!("bthk,hkd->btd", causal_attention(q, k, v), p.out);
        x + matmul(relu(matmul(norm(x, p.norm2), p.up)), p.down)
    }
}

fn main() {
    block::<f32, N<1>, N<5>, N<8>, N<2>, N<4>>();
}
