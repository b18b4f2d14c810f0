//! Masks of attention: which go with which queries and keys.

use crate::dim::{Dim, N};
use crate::env::LabelsOf;
use crate::op::{Discrete, Recorder};
use crate::program::primitives;
use crate::shape::Shape;
use core::fmt::Debug;

/// Beside a mask of [`masked_attention`](fn@crate::op::masked_attention): no time attends to a later one either, as in
/// [`causal_attention`](fn@crate::op::causal_attention).
///
/// ```
/// use cotangent::prelude::*;
/// // A bias for each distance.
/// let g = graph!(|q: [2, 1, 1], k: [2, 1, 1], v: [2, 1, 1], bias: [2, 2]| masked_attention(q, k, v, (Causal, bias)));
/// let x = tlist![Tensor::zeros(), Tensor::zeros(), Tensor::from([[[1.0]], [[5.0]]]), Tensor::zeros()];
/// assert_eq!(g.value(&x, ()), Tensor::from([[[1.0]], [[3.0]]]));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Causal;

/// Labels for the scores: 1 where a query attends to a key.
pub(super) type Allows<M> = Discrete<LabelsOf<N<2>, M>>;

/// What of a mask is no tensor, for these queries and keys.
pub trait AllowedOf<Q, K>: Copy + Debug + Send + Sync + 'static {
    /// `()`, or the shape of the mask. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type Checked;
    /// Whether no time attends to a later one.
    const CAUSAL: bool = false;
    /// Numbers that are positive where a query attends to a key, and how many axes they have.
    #[doc(hidden)]
    fn mask(self, _r: &Recorder) -> Option<(usize, usize)> {
        None
    }
}

impl<Q, K> AllowedOf<Q, K> for () {
    type Checked = ();
}

impl<Q, K> AllowedOf<Q, K> for Causal {
    type Checked = ();
    const CAUSAL: bool = true;
}

impl<Q, K, M: MaskOf<Q, K>> AllowedOf<Q, K> for Allows<M> {
    type Checked = M::Checked;
    fn mask(self, r: &Recorder) -> Option<(usize, usize)> {
        let mask = r.prim_reading::<M, _>(primitives::ToScalar, (), self);
        Some((mask.id(), M::RANK))
    }
}

impl<Q, K, M: MaskOf<Q, K>> AllowedOf<Q, K> for (Causal, Allows<M>) {
    type Checked = M::Checked;
    const CAUSAL: bool = true;
    fn mask(self, r: &Recorder) -> Option<(usize, usize)> {
        AllowedOf::<Q, K>::mask(self.1, r)
    }
}

/// Labels that say for these queries and keys which may be attended to.
#[diagnostic::on_unimplemented(
    message = "a mask `{Self}` does not go with queries `{Queries}` and keys `{Keys}`",
    label = "for queries `(T, H, K)` and keys `(U, H, K)` expected `(U,)`, `(T, U)` or `(H, T, U)`, after the batch if there is one",
    note = "docs/errors.md#h07"
)]
pub trait MaskOf<Queries, Keys>: Shape {
    /// The same shape.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<M: Masks<Q, K>, Q, K> MaskOf<Q, K> for M {
    type Checked = M;
}

/// The cases of [`MaskOf`].
pub trait Masks<Queries, Keys>: Shape {}

/// A tensor that can be added to the scores of these queries and keys.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be added to the scores of queries `{Queries}` and keys `{Keys}`",
    label = "for queries `(T, H, K)` and keys `(U, H, K)` expected `(T, U)` or `(H, T, U)`, or for a batch `(B, H, T, U)`",
    note = "docs/errors.md#h07"
)]
pub trait ScoresOf<Queries, Keys>: Shape {
    /// The same shape.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: Scores<Q, K>, Q, K> ScoresOf<Q, K> for S {
    type Checked = S;
}

/// The cases of [`ScoresOf`].
pub trait Scores<Queries, Keys>: Shape {}

/// Of queries and keys the masks, then what can be added to their scores.
macro_rules! shapes {
    (@each [$($D:ident)*] $Queries:ty, $Keys:ty, $Case:ident $Mask:ty) => {
        impl<$($D: Dim),*> $Case<$Queries, $Keys> for $Mask {}
    };
    ($dims:tt $Queries:ty, $Keys:ty: $($Mask:ty),*; $($Score:ty),*;) => {
        $(shapes!(@each $dims $Queries, $Keys, Masks $Mask);)*
        $(shapes!(@each $dims $Queries, $Keys, Scores $Score);)*
    };
}

shapes! { [T U H K] (T, H, K), (U, H, K):
    (U,), (T, U), (H, T, U);
    (T, U), (H, T, U);
}
shapes! { [T U H G K] (T, H, G, K), (U, H, K):
    (U,), (T, U), (H, G, T, U);
    (T, U), (H, G, T, U);
}
shapes! { [B T U H K] (B, T, H, K), (B, U, H, K):
    (B, U), (B, T, U), (B, H, T, U);
    (T, U), (H, T, U), (B, H, T, U);
}
shapes! { [B T U H G K] (B, T, H, G, K), (B, U, H, K):
    (B, U), (B, T, U), (B, H, G, T, U);
    (T, U), (H, G, T, U), (B, H, G, T, U);
}
