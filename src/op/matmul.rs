//! Matrix products, plain and with one side transposed. The three are each other's rules.

use super::{Call, Op, Recorder, Var};
use crate::dim::Dim;
use crate::program::Prim;
use crate::scalar::{Includes, Need, needs};

/// The op of [`matmul`].
///
/// ```
/// use cotangent::prelude::*;
/// laws::prove_op::<(shape![2, 3], shape![3, 2])>(MatMul)?; // its rules, for every input of these shapes
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MatMul;

/// The op of [`matmul_nt`].
///
/// ```
/// use cotangent::prelude::*;
/// laws::prove_op::<(shape![2, 3], shape![2, 3])>(MatMulNt)?; // its rules, for every input of these shapes
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MatMulNt;

/// The op of [`matmul_tn`].
///
/// ```
/// use cotangent::prelude::*;
/// laws::prove_op::<(shape![3, 2], shape![3, 2])>(MatMulTn)?; // its rules, for every input of these shapes
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MatMulTn;

/// `y = a b`, for `a: (M, K)` and `b: (K, P)`.
///
/// JVP `da b + a db`; VJP `(dy bᵀ, aᵀ dy)`.
/// Source: Giles, *Collected matrix derivative results for forward and reverse mode AD* (2008), 2.2.2.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [1, 2], b: [2, 2]| matmul(a, b));
/// let y = g.value(&tlist![Tensor::from([[1.0, 2.0]]), Tensor::from([[3.0, 4.0], [5.0, 6.0]])], &tlist![]);
/// assert_eq!(y, Tensor::from([[13.0, 16.0]]));
/// ```
pub fn matmul<M: Dim, K: Dim, P: Dim>(
    a: Var<(M, K)>,
    b: Var<(K, P)>,
) -> Call<MatMul, (Var<(M, K)>, Var<(K, P)>)> {
    Call::new(MatMul, (a, b))
}

/// `y = a bᵀ`, for `a: (M, K)` and `b: (P, K)`.
///
/// JVP `da bᵀ + a dbᵀ`; VJP `(dy b, dyᵀ a)`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [1, 2], b: [3, 2]| matmul_nt(a, b));
/// let b = Tensor::from([[3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]);
/// let y = g.value(&tlist![Tensor::from([[1.0, 2.0]]), b], &tlist![]);
/// assert_eq!(y, Tensor::from([[11.0, 17.0, 23.0]]));
/// ```
pub fn matmul_nt<M: Dim, K: Dim, P: Dim>(
    a: Var<(M, K)>,
    b: Var<(P, K)>,
) -> Call<MatMulNt, (Var<(M, K)>, Var<(P, K)>)> {
    Call::new(MatMulNt, (a, b))
}

/// `y = aᵀ b`, for `a: (K, M)` and `b: (K, P)`.
///
/// JVP `daᵀ b + aᵀ db`; VJP `(b dyᵀ, a dy)`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2, 1], b: [2, 2]| matmul_tn(a, b));
/// let y = g.value(&tlist![Tensor::from([[1.0], [2.0]]), Tensor::from([[3.0, 4.0], [5.0, 6.0]])], &tlist![]);
/// assert_eq!(y, Tensor::from([[13.0, 16.0]]));
/// ```
pub fn matmul_tn<M: Dim, K: Dim, P: Dim>(
    a: Var<(K, M)>,
    b: Var<(K, P)>,
) -> Call<MatMulTn, (Var<(K, M)>, Var<(K, P)>)> {
    Call::new(MatMulTn, (a, b))
}

impl<M: Dim, K: Dim, P: Dim> Op<((M, K), (K, P))> for MatMul {
    type Out = (M, P);
    type Need = needs::Semiring;
    const NAME: &'static str = "matmul";

    fn forward(&self, r: &Recorder<needs::Semiring>, x: (Var<(M, K)>, Var<(K, P)>)) -> Var<(M, P)> {
        r.prim(
            Prim::MatMul {
                ta: false,
                tb: false,
            },
            x,
        )
    }
    fn jvp(
        &self,
        r: &Recorder<needs::Semiring>,
        (a, b): (Var<(M, K)>, Var<(K, P)>),
        _y: Var<(M, P)>,
        (da, db): (Var<(M, K)>, Var<(K, P)>),
    ) -> Var<(M, P)> {
        r.add_same(r.matmul(da, b), r.matmul(a, db))
    }
    fn vjp(
        &self,
        r: &Recorder<needs::Semiring>,
        (a, b): (Var<(M, K)>, Var<(K, P)>),
        _y: Var<(M, P)>,
        dy: Var<(M, P)>,
    ) -> (Var<(M, K)>, Var<(K, P)>) {
        (r.matmul_nt(dy, b), r.matmul_tn(a, dy))
    }
}

impl<M: Dim, K: Dim, P: Dim> Op<((M, K), (P, K))> for MatMulNt {
    type Out = (M, P);
    type Need = needs::Semiring;
    const NAME: &'static str = "matmul_nt";

    fn forward(&self, r: &Recorder<needs::Semiring>, x: (Var<(M, K)>, Var<(P, K)>)) -> Var<(M, P)> {
        r.prim(
            Prim::MatMul {
                ta: false,
                tb: true,
            },
            x,
        )
    }
    fn jvp(
        &self,
        r: &Recorder<needs::Semiring>,
        (a, b): (Var<(M, K)>, Var<(P, K)>),
        _y: Var<(M, P)>,
        (da, db): (Var<(M, K)>, Var<(P, K)>),
    ) -> Var<(M, P)> {
        r.add_same(r.matmul_nt(da, b), r.matmul_nt(a, db))
    }
    fn vjp(
        &self,
        r: &Recorder<needs::Semiring>,
        (a, b): (Var<(M, K)>, Var<(P, K)>),
        _y: Var<(M, P)>,
        dy: Var<(M, P)>,
    ) -> (Var<(M, K)>, Var<(P, K)>) {
        (r.matmul(dy, b), r.matmul_tn(dy, a))
    }
}

impl<M: Dim, K: Dim, P: Dim> Op<((K, M), (K, P))> for MatMulTn {
    type Out = (M, P);
    type Need = needs::Semiring;
    const NAME: &'static str = "matmul_tn";

    fn forward(&self, r: &Recorder<needs::Semiring>, x: (Var<(K, M)>, Var<(K, P)>)) -> Var<(M, P)> {
        r.prim(
            Prim::MatMul {
                ta: true,
                tb: false,
            },
            x,
        )
    }
    fn jvp(
        &self,
        r: &Recorder<needs::Semiring>,
        (a, b): (Var<(K, M)>, Var<(K, P)>),
        _y: Var<(M, P)>,
        (da, db): (Var<(K, M)>, Var<(K, P)>),
    ) -> Var<(M, P)> {
        r.add_same(r.matmul_tn(da, b), r.matmul_tn(a, db))
    }
    fn vjp(
        &self,
        r: &Recorder<needs::Semiring>,
        (a, b): (Var<(K, M)>, Var<(K, P)>),
        _y: Var<(M, P)>,
        dy: Var<(M, P)>,
    ) -> (Var<(K, M)>, Var<(K, P)>) {
        (r.matmul_nt(b, dy), r.matmul(a, dy))
    }
}

/// ```
/// use cotangent::prelude::*;
/// fn layer<B: Dim, I: Dim, O: Dim>(r: &Recorder<needs::Semiring>, x: Var<(B, I)>, w: Var<(I, O)>) -> Var<(B, O)> {
///     r.matmul(x, w)
/// }
/// // Its cotangents: `matmul_nt` takes its second operand transposed, `matmul_tn` its first.
/// fn pull_back<B: Dim, I: Dim, O: Dim>(
///     r: &Recorder<needs::Semiring>, x: Var<(B, I)>, w: Var<(I, O)>, dy: Var<(B, O)>,
/// ) -> (Var<(B, I)>, Var<(I, O)>) {
///     (r.matmul_nt(dy, w), r.matmul_tn(x, dy))
/// }
/// # #[derive(Clone)]
/// # struct Rule;
/// # impl Op<(shape![1, 2], shape![2, 1])> for Rule {
/// #     type Out = shape![1, 1];
/// #     type Need = needs::Semiring;
/// #     const NAME: &'static str = "rule";
/// #     fn forward(&self, r: &Recorder<needs::Semiring>, (a, b): (Var<shape![1, 2]>, Var<shape![2, 1]>)) -> Var<Self::Out> { let y = layer(r, a, b); pull_back(r, a, b, y); y }
/// # }
/// # fn op(a: Var<shape![1, 2]>, b: Var<shape![2, 1]>) -> Call<Rule, (Var<shape![1, 2]>, Var<shape![2, 1]>)> { Call::new(Rule, (a, b)) }
/// let g = graph!(|a: [1, 2], b: [2, 1]| op(a, b)); // `op` has it as its rule
/// let x = tlist![Tensor::from([[1.0, 2.0]]), Tensor::from([[3.0], [4.0]])];
/// assert_eq!(g.value(&x, &tlist![]), Tensor::from([[11.0]]));
/// ```
impl<N: Need> Recorder<N> {
    /// Records [`matmul`].
    #[track_caller]
    pub fn matmul<M: Dim, K: Dim, P: Dim>(&self, a: Var<(M, K)>, b: Var<(K, P)>) -> Var<(M, P)>
    where
        N: Includes<needs::Semiring>,
    {
        self.record(matmul(a, b))
    }

    /// Records [`matmul_nt`].
    #[track_caller]
    pub fn matmul_nt<M: Dim, K: Dim, P: Dim>(&self, a: Var<(M, K)>, b: Var<(P, K)>) -> Var<(M, P)>
    where
        N: Includes<needs::Semiring>,
    {
        self.record(matmul_nt(a, b))
    }

    /// Records [`matmul_tn`].
    #[track_caller]
    pub fn matmul_tn<M: Dim, K: Dim, P: Dim>(&self, a: Var<(K, M)>, b: Var<(K, P)>) -> Var<(M, P)>
    where
        N: Includes<needs::Semiring>,
    {
        self.record(matmul_tn(a, b))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        matmul:
        small(|a: [1, 2], b: [2, 2]| matmul(a, b));
        small(|a: [2, 2], b: [2, 2]| matmul(a, b));
        middle(|a: [4, 6], b: [6, 5]| matmul(a, b));
    }

    law_tests! {
        matmul_nt:
        small(|a: [1, 2], b: [2, 2]| matmul_nt(a, b));
        small(|a: [2, 2], b: [2, 2]| matmul_nt(a, b));
        middle(|a: [4, 6], b: [5, 6]| matmul_nt(a, b));
    }

    law_tests! {
        matmul_tn:
        small(|a: [2, 1], b: [2, 2]| matmul_tn(a, b));
        small(|a: [2, 2], b: [2, 2]| matmul_tn(a, b));
        middle(|a: [6, 4], b: [6, 5]| matmul_tn(a, b));
    }
}
