//! Matrix products, plain and with one side transposed. The three are each other's rules.

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

/// `y = a b`, for `a: (M, K)` and `b: (K, P)`.
///
/// JVP `da b + a db`; VJP `(dy bᵀ, aᵀ dy)`.
/// Source: Giles, *Collected matrix derivative results for forward and reverse mode AD* (2008), 2.2.2.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [1, 2], b: [2, 2]| matmul(a, b));
/// let y = g.value(&tlist![Tensor::from([[1.0, 2.0]]), Tensor::from([[3.0, 4.0], [5.0, 6.0]])], ());
/// assert_eq!(y, Tensor::from([[13.0, 16.0]]));
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

/// A product of matrices: which shapes it takes, and their handles as handles of matrices.
///
/// The impl is for all shapes, with its one case in a trait of its own. A shape that is not that case fails inside this
/// impl, and rustc says the sentence and no more.
macro_rules! judgement {
    (
        $(#[$doc:meta])* $By:ident by $Case:ident: ($L0:ident, $L1:ident) ($R0:ident, $R1:ident)
        $message:literal, $label:literal
    ) => {
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = $message,
            label = $label,
            note = "docs/errors.md#p01, #p02, #d14"
        )]
        pub trait $By<T: Shape>: Shape {
            /// The rows of the result.
            type Rows: Dim;
            /// What is summed over.
            type Inner: Dim;
            /// The columns of the result.
            type Columns: Dim;
            /// The handles, as those of matrices.
            fn matrices(
                x: (Var<Self>, Var<T>),
            ) -> (Var<(Self::$L0, Self::$L1)>, Var<(Self::$R0, Self::$R1)>);
            /// And back.
            fn back(
                x: (Var<(Self::$L0, Self::$L1)>, Var<(Self::$R0, Self::$R1)>),
            ) -> (Var<Self>, Var<T>);
        }

        #[diagnostic::do_not_recommend]
        impl<S: $Case<T>, T: Shape> $By<T> for S {
            type Rows = S::Rows;
            type Inner = S::Inner;
            type Columns = S::Columns;
            fn matrices(x: (Var<S>, Var<T>)) -> (Var<(S::$L0, S::$L1)>, Var<(S::$R0, S::$R1)>) {
                S::matrices(x)
            }
            fn back(x: (Var<(S::$L0, S::$L1)>, Var<(S::$R0, S::$R1)>)) -> (Var<S>, Var<T>) {
                S::back(x)
            }
        }

        #[doc = concat!("The case of [`", stringify!($By), "`].")]
        pub trait $Case<T: Shape>: Shape {
            /// The rows of the result.
            type Rows: Dim;
            /// What is summed over.
            type Inner: Dim;
            /// The columns of the result.
            type Columns: Dim;
            /// The handles, as those of matrices.
            fn matrices(
                x: (Var<Self>, Var<T>),
            ) -> (Var<(Self::$L0, Self::$L1)>, Var<(Self::$R0, Self::$R1)>);
            /// And back.
            fn back(
                x: (Var<(Self::$L0, Self::$L1)>, Var<(Self::$R0, Self::$R1)>),
            ) -> (Var<Self>, Var<T>);
        }

        impl<Rows: Dim, Inner: Dim, Columns: Dim> $Case<($R0, $R1)> for ($L0, $L1) {
            type Rows = Rows;
            type Inner = Inner;
            type Columns = Columns;
            fn matrices(x: (Var<Self>, Var<($R0, $R1)>)) -> (Var<Self>, Var<($R0, $R1)>) {
                x
            }
            fn back(x: (Var<Self>, Var<($R0, $R1)>)) -> (Var<Self>, Var<($R0, $R1)>) {
                x
            }
        }
    };
}

judgement! {
    /// A matrix of this shape times one of shape `T`: `(M, K)` and `(K, P)`.
    MatMulBy by MatMulCase: (Rows, Inner) (Inner, Columns)
    "cannot multiply `{Self}` by `{T}`", "`matmul` takes `(M, K)` and `(K, P)`: the inner dims must be equal"
}

judgement! {
    /// A matrix of this shape times the transpose of one of shape `T`: `(M, K)` and `(P, K)`.
    MatMulNtBy by MatMulNtCase: (Rows, Inner) (Columns, Inner)
    "cannot multiply `{Self}` by the transpose of `{T}`",
    "`matmul_nt` takes `(M, K)` and `(P, K)`: the last dims must be equal"
}

judgement! {
    /// The transpose of a matrix of this shape times one of shape `T`: `(K, M)` and `(K, P)`.
    MatMulTnBy by MatMulTnCase: (Inner, Rows) (Inner, Columns)
    "cannot multiply the transpose of `{Self}` by `{T}`",
    "`matmul_tn` takes `(K, M)` and `(K, P)`: the first dims must be equal"
}

impl<S: MatMulBy<T>, T: Shape> Op<(S, T)> for MatMul {
    type Out = (S::Rows, S::Columns);
    type Level = levels::Semiring;
    const NAME: &'static str = "matmul";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<T>)) -> Var<Self::Out> {
        r.prim(Contract::matmul(0, false, false), x)
    }
}

impl<S: MatMulNtBy<T>, T: Shape> Op<(S, T)> for MatMulNt {
    type Out = (S::Rows, S::Columns);
    type Level = levels::Semiring;
    const NAME: &'static str = "matmul_nt";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<T>)) -> Var<Self::Out> {
        r.prim(Contract::matmul(0, false, true), x)
    }
}

impl<S: MatMulTnBy<T>, T: Shape> Op<(S, T)> for MatMulTn {
    type Out = (S::Rows, S::Columns);
    type Level = levels::Semiring;
    const NAME: &'static str = "matmul_tn";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<T>)) -> Var<Self::Out> {
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
