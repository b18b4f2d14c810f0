//! Layers of a crate that is built on `cotangent`.

use cotangent::prelude::*;

graph! {
    /// A matrix and a bias.
    pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O], pub bias: [O] }

    /// `relu(x w + b)`, of a batch.
    pub fn dense<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        relu(matmul(x, p.weight) + p.bias)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_program_gives_its_value() {
        let p = Linear::of(Tensor::from([[1.0], [2.0]]), Tensor::from([0.5]));
        let g = dense::<f64, N<1>, N<2>, N<1>>();
        assert_eq!(g.value(&tlist![Tensor::from([[3.0, 4.0]]), p], ()), Tensor::from([[11.5]]));
    }
}
