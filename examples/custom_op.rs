//! An op of your own: the Gram matrix `y = x xᵀ`. Its judgement, its rules, and the proof that they are right.
//! `custom_op/wrong_shape.rs` forgets a transposition, and does not compile; `custom_op/wrong_value.rs` forgets a term.

use cotangent::prelude::*;

type R = Recorder<levels::Semiring>;
type X<M, K> = (Var<(M, K)>,);
#[derive(Clone)]
pub struct Gram;

pub fn gram<M: Dim, K: Dim>(x: Var<(M, K)>) -> Call<Gram, X<M, K>> {
    Call::new(Gram, (x,)) // the judgement is the signature: a matrix
}

/// `forward` would do, and the other two would follow from it. These say how.
impl<M: Dim, K: Dim> Op<((M, K),)> for Gram {
    type Out = (M, M);
    type Level = levels::Semiring;
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

fn main() -> Result<(), Counterexample> {
    println!("{}", cotangent::prove::prove_op::<(shape![2, 3],)>(Gram)?);
    println!(
        "{}",
        cotangent::prove::prove::<f64, _, _, _>(&graph!(|x: [2, 3]| sum(relu(gram(x)))))?
    );
    Ok(())
}
