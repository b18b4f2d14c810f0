use cotangent::prelude::*;
mod layers;
use layers::*;
graph! {
    /// All parameters.
    pub struct Model<V: Dim, T: Dim, D: Dim> where 4 * D: Dim {
        embedding: Embedding<V, T, D>,
        blocks: [Block<D>; 12],
        norm: Norm<D>,
        head: Linear<D, V>,
    }
    pub fn scores(p: Model<32, 16, 32>; tokens: [8, 16] < 32) -> [8, 16, 32] {
        let x = embed()(p.embedding, tokens);
        let x = repeat(block::<A, N<8>, N<16>, N<32>, 4>())(x, p.blocks);
        linear()(norm()(x, p.norm), p.head)
    }
    pub fn loss(p: Model<32, 16, 32>; tokens: [8, 16] < 32, next: [128] < 32) -> [] {
        cross_entropy(reshape::<shape![128, 32], _>(scores()(p, tokens)), next)
    }
}
fn main() {
    let t = std::time::Instant::now();
    let g = loss::<f32>();
    println!("built {:?}", t.elapsed());
    let programs = g.programs().unwrap();
    println!(
        "{} {} {} {:?}",
        programs.forward.instructions().len(),
        programs.jvp.instructions().len(),
        programs.vjp.instructions().len(),
        t.elapsed()
    );
    let p: Parameters<f32, Model<N<32>, N<16>, N<32>>> =
        Parameters::<f32, Model<N<32>, N<16>, N<32>>>::zero().map(|_| 0.01);
    let env = tlist![
        Labels::<32, shape![8, 16]>::new(vec![1; 128]).unwrap(),
        Labels::<32, shape![128]>::new(vec![2; 128]).unwrap()
    ];
    let t = std::time::Instant::now();
    let (y, _) = g.value_and_vjp(&tlist![p], &env);
    println!("{y} {:?}", t.elapsed());
}
