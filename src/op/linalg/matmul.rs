//! Products of matrices and vectors, and products of matrices with one side transposed.

use crate::dim::Dim;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::Contract;
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::Shape;

/// The op of [`matmul`].
#[derive(Clone, Copy, Debug)]
pub struct MatMul;

/// The op of [`matmul_nt`].
#[derive(Clone, Copy, Debug)]
pub struct MatMulNt;

/// The op of [`matmul_tn`].
#[derive(Clone, Copy, Debug)]
pub struct MatMulTn;

/// `y = a b`: the sum of products over the last axis of `a` and the next to last of `b`. Any semiring.
///
/// | `a` | `b` | `y` | |
/// | --- | --- | --- | --- |
/// | `[.., M, K]` | `[K, N]` | `[.., M, N]` | each matrix of `a` times one |
/// | `[.., M, K]` | `[.., K, N]` | `[.., M, N]` | as many of each, in pairs: the leading dims are equal |
/// | `[.., M, K]` | `[K]` | `[.., M]` | each row times a vector |
/// | `[K]` | `[K, N]` | `[N]` | a vector times each column |
/// | `[K]` | `[K]` | `[]` | the dot product |
///
/// It is NumPy's `matmul` for these shapes. What NumPy repeats besides (dims of 1, fewer matrices on the left than on the
/// right) is said by [`broadcast_axis`](crate::op::broadcast_axis) or [`einsum!`](crate::einsum!).
///
/// JVP `da b + a db`; VJP `(dy bᵀ, aᵀ dy)`, summed over the leading axes that the other side has alone.
/// Source: Giles, *Collected matrix derivative results for forward and reverse mode AD* (2008), 2.2.2.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [1, 2], b: [2, 2]| matmul(a, b));
/// let b = Tensor::from([[3.0, 4.0], [5.0, 6.0]]);
/// let y = g.value(&tlist![Tensor::from([[1.0, 2.0]]), b.clone()], ());
/// assert_eq!(y, Tensor::from([[13.0, 16.0]]));
///
/// let in_pairs = graph!(|a: [2, 1, 2], b: [2, 2, 1]| matmul(a, b));
/// let a = Tensor::from([[[1.0, 2.0]], [[3.0, 4.0]]]);
/// let columns = Tensor::from([[[5.0], [6.0]], [[7.0], [8.0]]]);
/// assert_eq!(in_pairs.value(&tlist![a, columns], ()), Tensor::from([[[17.0]], [[53.0]]]));
///
/// let of_a_vector = graph!(|b: [2, 2], x: [2]| matmul(b, x));
/// let x = Tensor::from([1.0, 10.0]);
/// assert_eq!(of_a_vector.value(&tlist![b, x], ()), Tensor::from([43.0, 65.0]));
/// ```
pub fn matmul<S: Shape, T: Shape>(a: Var<S>, b: Var<T>) -> Call<MatMul, (Var<S>, Var<T>)> {
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
/// let y = g.value(&tlist![Tensor::from([[1.0, 2.0]]), b], ());
/// assert_eq!(y, Tensor::from([[11.0, 17.0, 23.0]]));
/// ```
pub fn matmul_nt<S: Shape, T: Shape>(a: Var<S>, b: Var<T>) -> Call<MatMulNt, (Var<S>, Var<T>)> {
    Call::new(MatMulNt, (a, b))
}

/// `y = aᵀ b`, for `a: (K, M)` and `b: (K, P)`.
///
/// JVP `daᵀ b + aᵀ db`; VJP `(b dyᵀ, a dy)`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2, 1], b: [2, 2]| matmul_tn(a, b));
/// let y = g.value(&tlist![Tensor::from([[1.0], [2.0]]), Tensor::from([[3.0, 4.0], [5.0, 6.0]])], ());
/// assert_eq!(y, Tensor::from([[13.0, 16.0]]));
/// ```
pub fn matmul_tn<S: Shape, T: Shape>(a: Var<S>, b: Var<T>) -> Call<MatMulTn, (Var<S>, Var<T>)> {
    Call::new(MatMulTn, (a, b))
}

/// A product: which shapes it takes, and what it gives.
///
/// The impl is for all shapes, with its cases in a trait of their own. A shape that is no case fails inside this impl,
/// and rustc says the sentence and no more.
macro_rules! judgement {
    ($(#[$doc:meta])* $By:ident by $Case:ident, $message:literal, $label:literal) => {
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = $message,
            label = $label,
            note = "docs/errors.md#p01, #p02, #p03, #d14"
        )]
        pub trait $By<T: Shape>: Shape {
            /// The shape of the product.
            type Product: Shape;
        }

        #[diagnostic::do_not_recommend]
        impl<S: $Case<T>, T: Shape> $By<T> for S {
            type Product = S::Out;
        }

        #[doc = concat!("The cases of [`", stringify!($By), "`].")]
        pub trait $Case<T: Shape>: Shape {
            /// The shape of the product.
            type Out: Shape;
        }
    };
}

judgement! {
    /// A tensor of this shape times one of shape `T`: matrices, or a vector.
    MatMulBy by MatMulCase,
    "cannot multiply `{Self}` by `{T}`",
    "`matmul` takes `(.., M, K)` with `(K, P)`, `(.., K, P)` or `(K,)`: inner and leading dims must be equal"
}

judgement! {
    /// A matrix of this shape times the transpose of one of shape `T`: `(M, K)` and `(P, K)`.
    MatMulNtBy by MatMulNtCase,
    "cannot multiply `{Self}` by the transpose of `{T}`",
    "`matmul_nt` takes `(M, K)` and `(P, K)`: the last dims must be equal"
}

judgement! {
    /// The transpose of a matrix of this shape times one of shape `T`: `(K, M)` and `(K, P)`.
    MatMulTnBy by MatMulTnCase,
    "cannot multiply the transpose of `{Self}` by `{T}`",
    "`matmul_tn` takes `(K, M)` and `(K, P)`: the first dims must be equal"
}

/// The products of matrices after these leading dims, by one matrix and by a vector.
macro_rules! by_one {
    ($(($($L:ident)*))*) => {$(
        impl<$($L: Dim,)* M: Dim, K: Dim, P: Dim> MatMulCase<(K, P)> for ($($L,)* M, K) {
            type Out = ($($L,)* M, P);
        }
        impl<$($L: Dim,)* M: Dim, K: Dim> MatMulCase<(K,)> for ($($L,)* M, K) {
            type Out = ($($L,)* M,);
        }
    )*};
}

/// The products of matrices in pairs, after these leading dims.
macro_rules! in_pairs {
    ($(($($L:ident)+))*) => {$(
        impl<$($L: Dim,)+ M: Dim, K: Dim, P: Dim> MatMulCase<($($L,)+ K, P)> for ($($L,)+ M, K) {
            type Out = ($($L,)+ M, P);
        }
    )*};
}

by_one!(() (A) (A B) (A B C) (A B C D));
in_pairs!((A) (A B) (A B C) (A B C D));

impl<K: Dim, P: Dim> MatMulCase<(K, P)> for (K,) {
    type Out = (P,);
}

impl<K: Dim> MatMulCase<(K,)> for (K,) {
    type Out = ();
}

impl<M: Dim, K: Dim, P: Dim> MatMulNtCase<(P, K)> for (M, K) {
    type Out = (M, P);
}

impl<M: Dim, K: Dim, P: Dim> MatMulTnCase<(K, P)> for (K, M) {
    type Out = (M, P);
}

/// The product of tensors of these ranks.
fn product(left: usize, right: usize) -> Contract {
    let (inner, columns) = (left - 1, left);
    let leading = inner.saturating_sub(1);
    let (batch, columns) = match right {
        1 => (0, None),
        2 => (0, Some(columns)),
        _ => (leading, Some(columns)),
    };
    Contract::new(
        (0..left).collect::<Vec<_>>(),
        (0..batch).chain([inner]).chain(columns).collect::<Vec<_>>(),
        (0..inner).chain(columns).collect::<Vec<_>>(),
    )
}

impl<S: MatMulBy<T>, T: Shape> Op<(S, T)> for MatMul {
    type Out = S::Product;
    type Level = levels::Semiring;
    const NAME: &'static str = "matmul";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<T>)) -> Var<S::Product> {
        r.prim(product(S::RANK, T::RANK), x)
    }
}

impl<S: MatMulNtBy<T>, T: Shape> Op<(S, T)> for MatMulNt {
    type Out = S::Product;
    type Level = levels::Semiring;
    const NAME: &'static str = "matmul_nt";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<T>)) -> Var<S::Product> {
        r.prim(Contract::matmul(0, false, true), x)
    }
}

impl<S: MatMulTnBy<T>, T: Shape> Op<(S, T)> for MatMulTn {
    type Out = S::Product;
    type Level = levels::Semiring;
    const NAME: &'static str = "matmul_tn";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<T>)) -> Var<S::Product> {
        r.prim(Contract::matmul(0, true, false), x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`matmul`].
    #[track_caller]
    pub fn matmul<M: Dim, K: Dim, P: Dim>(&self, a: Var<(M, K)>, b: Var<(K, P)>) -> Var<(M, P)>
    where
        N: Includes<levels::Semiring>,
    {
        self.record(matmul(a, b))
    }

    /// Records [`matmul_nt`].
    #[track_caller]
    pub fn matmul_nt<M: Dim, K: Dim, P: Dim>(&self, a: Var<(M, K)>, b: Var<(P, K)>) -> Var<(M, P)>
    where
        N: Includes<levels::Semiring>,
    {
        self.record(matmul_nt(a, b))
    }

    /// Records [`matmul_tn`].
    #[track_caller]
    pub fn matmul_tn<M: Dim, K: Dim, P: Dim>(&self, a: Var<(K, M)>, b: Var<(K, P)>) -> Var<(M, P)>
    where
        N: Includes<levels::Semiring>,
    {
        self.record(matmul_tn(a, b))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        matmul:
        small(|a: [2, 3], b: [3, 4]| matmul(a, b));
        small(|a: [7, 5], b: [5, 9]| matmul(a, b));
        middle(|a: [4, 6], b: [6, 5]| matmul(a, b));
        ranks("of matrices");
    }

    law_tests! {
        matmul_by_one:
        small(|a: [2, 3, 4], b: [4, 5]| matmul(a, b));
        small(|a: [3, 2, 5], b: [5, 6]| matmul(a, b));
        middle(|a: [5, 3, 4, 2], b: [2, 6]| matmul(a, b));
        like_axes("eight different sizes are up to 432 elements a tensor");
        ranks("of stacks of matrices");
    }

    law_tests! {
        matmul_by_a_vector:
        small(|a: [3, 2], x: [2]| matmul(a, x));
        small(|a: [5, 7], x: [7]| matmul(a, x));
        middle(|a: [5, 3, 4], x: [4]| matmul(a, x));
        ranks("the proofs are of matrices");
    }

    law_tests! {
        matmul_in_pairs:
        small(|a: [2, 3, 4], b: [2, 4, 5]| matmul(a, b));
        small(|a: [3, 2, 5], b: [3, 5, 4]| matmul(a, b));
        middle(|a: [3, 2, 4, 5], b: [3, 2, 5, 6]| matmul(a, b));
        like_axes("eight different sizes are up to 432 elements a tensor");
        ranks("of stacks of matrices");
    }

    law_tests! {
        matmul_of_a_vector:
        small(|x: [3], b: [3, 4]| matmul(x, b));
        small(|x: [5], y: [5]| matmul(x, y));
        middle(|x: [6], b: [6, 7]| matmul(x, b));
        ranks("of a vector");
    }

    graph! {
        fn named<B: Dim, H: Dim, M: Dim, K: Dim, P: Dim>(x: [B, H, M, K], w: [K, P], y: [B, H, P, M], v: [M]) -> [B, H, M] {
            matmul(matmul(matmul(x, w), y), v)
        }
        fn by_letters<B: Dim, H: Dim, M: Dim, K: Dim, P: Dim>(x: [B, H, M, K], w: [K, P], y: [B, H, P, M], v: [M]) -> [B, H, M] {
            let xw = einsum!("bhmk,kp->bhmp", x, w);
            let xwy = einsum!("bhmp,bhpn->bhmn", xw, y);
            einsum!("bhmn,n->bhm", xwy, v)
        }
    }

    /// Generic code has no clause, and what is summed over is what einsum's letters say.
    #[test]
    fn the_cases_are_those_of_einsum() {
        fn of<S: Shape>(scale: usize) -> Tensor<f64, S> {
            let numbers = (0..S::SIZE).map(|i| (i * scale % 7) as f64 - 3.0);
            Tensor::from_vec(numbers.collect()).unwrap()
        }
        let named: GraphData<f64, _, _, _> = named::<_, N<2>, N<3>, N<4>, N<5>, N<2>>();
        let by_letters: GraphData<f64, _, _, _> = by_letters::<_, N<2>, N<3>, N<4>, N<5>, N<2>>();
        let x = tlist![of(2), of(3), of(5), of(4)];
        let dy = of(6);
        assert_eq!(named.vjp(&x, (), &dy), by_letters.vjp(&x, (), &dy));
    }

    #[test]
    fn six_axes() {
        let g = graph!(|a: [1, 2, 1, 2, 1, 2], b: [1, 2, 1, 2, 2, 1]| matmul(a, b));
        let x = tlist![Tensor::<f64, _>::ones(), Tensor::ones()];
        let (y, tlist![da, _]) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(
            (y.dims(), y.as_slice()),
            ([1, 2, 1, 2, 1, 1].as_slice(), [2.0; 4].as_slice())
        );
        assert_eq!(da, Tensor::ones());
    }

    /// A batch of one is a plain product, and its cotangents are those of one.
    #[test]
    fn a_batch_of_one() {
        let batch = graph!(|a: [1, 2, 3], b: [1, 3, 2]| matmul(a, b));
        let plain = graph!(|a: [2, 3], b: [3, 2]| matmul(a, b));
        let a = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let b = [[1.0, 0.5], [2.0, 0.25], [4.0, -1.0]];
        let dy = [[1.0, -2.0], [3.0, 0.5]];
        let (y, tlist![da, db]) = batch.vjp(
            &tlist![Tensor::from([a]), Tensor::from([b])],
            (),
            &Tensor::from([dy]),
        );
        let (y1, tlist![da1, db1]) = plain.vjp(
            &tlist![Tensor::from(a), Tensor::from(b)],
            (),
            &Tensor::from(dy),
        );
        assert_eq!(y.as_slice(), y1.as_slice());
        assert_eq!(da.as_slice(), da1.as_slice());
        assert_eq!(db.as_slice(), db1.as_slice());
    }

    #[test]
    fn an_empty_batch() {
        let g = graph!(|a: [0, 2, 3], b: [0, 3, 2]| matmul(a, b));
        let x = tlist![Tensor::<f64, _>::zeros(), Tensor::zeros()];
        assert_eq!(g.value(&x, ()), Tensor::zeros());
    }

    law_tests! {
        matmul_nt:
        small(|a: [2, 3], b: [4, 3]| matmul_nt(a, b));
        small(|a: [7, 5], b: [9, 5]| matmul_nt(a, b));
        middle(|a: [4, 6], b: [5, 6]| matmul_nt(a, b));
        ranks("of matrices");
    }

    law_tests! {
        matmul_tn:
        small(|a: [3, 2], b: [3, 4]| matmul_tn(a, b));
        small(|a: [5, 7], b: [5, 9]| matmul_tn(a, b));
        middle(|a: [6, 4], b: [6, 5]| matmul_tn(a, b));
        ranks("of matrices");
    }
}
