//! An op of your own: the Gram matrix `y = x xᵀ`. Its judgement, its rules, and the check that they are adjoint.

use cotangent::prelude::*;

type R = Recorder<needs::Semiring>;
type X<M, K> = (Var<(M, K)>,);
#[derive(Clone)]
struct Gram;

fn gram<M: Dim, K: Dim>(x: Var<(M, K)>) -> Call<Gram, X<M, K>> {
    Call::new(Gram, (x,)) // the judgement is the signature: a matrix
}

/// The rules. With the shapes in the types, a transposition forgotten here does not compile.
impl<M: Dim, K: Dim> Op<((M, K),)> for Gram {
    type Out = (M, M);
    type Need = needs::Semiring;
    const NAME: &'static str = "gram";
    fn forward(&self, r: &R, (x,): X<M, K>) -> Var<(M, M)> {
        r.matmul_nt(x, x)
    }
    fn jvp(&self, r: &R, (x,): X<M, K>, _y: Var<(M, M)>, (dx,): X<M, K>) -> Var<(M, M)> {
        r.add_same(r.matmul_nt(dx, x), r.matmul_nt(x, dx))
    }
    fn vjp(&self, r: &R, (x,): X<M, K>, _y: Var<(M, M)>, dy: Var<(M, M)>) -> X<M, K> {
        (r.add_same(r.matmul(dy, x), r.matmul_tn(dy, x)),)
    }
}

fn main() {
    let g = graph!(|x: [2, 3]| gram(x));
    let x = tlist![Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])];
    let dx = tlist![Tensor::from([[0.0, 1.0, -2.0], [3.0, -1.0, 5.0]])];
    let dy = Tensor::from([[2.0, 7.0], [-1.0, 4.0]]);
    let left = g.jvp(&x, &dx, &tlist![]).get::<1>().dot(&dy);
    let right = dx.dot(&g.vjp(&x, &tlist![], &dy).1);
    println!("⟨J dx, dy⟩ = {left}, ⟨dx, Jᵀ dy⟩ = {right}");
    assert_eq!(left, right); // to the letter: the numbers are small integers
}
