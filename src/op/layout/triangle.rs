//! The upper and the lower triangle of a matrix.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, primitives};
use crate::scalar::{Binary, levels};
use crate::shape::{If, LastAxis, Shape};
use crate::tensor::Dims;

/// A matrix `(R, C)`, or several, `(.., R, C)`.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no triangle",
    label = "expected a matrix `(R, C)`, or several, `(.., R, C)`",
    note = "docs/errors.md#a07"
)]
pub trait Matrices: Shape {
    /// `Self`.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: LastAxis<Front: LastAxis>> Matrices for S {
    type Checked = S;
}

/// The op of [`triu`]: the diagonal.
#[derive(Clone, Copy, Debug)]
pub struct Triu(pub i64);

/// The op of [`tril`]: the diagonal.
#[derive(Clone, Copy, Debug)]
pub struct Tril(pub i64);

/// `y[.., i, j] = x[.., i, j]` where `j - i ≥ diagonal`, else 0: what is on a diagonal of a matrix and above it. Any ordered
/// field.
///
/// The matrix is the last two axes. The diagonal 0 is the main one, 1 the one above it and -1 the one below it. What is left out
/// counts for nothing, even where it is infinite or NaN. VJP: the same triangle of `dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| triu(x, 1));
/// let y = g.value(&Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), ());
/// assert_eq!(y, Tensor::from([[0.0, 2.0, 3.0], [0.0, 0.0, 6.0]]));
/// ```
pub fn triu<S: Shape>(x: Var<S>, diagonal: i64) -> Call<Triu, (Var<S>,)> {
    Call::new(Triu(diagonal), (x,))
}

/// `y[.., i, j] = x[.., i, j]` where `j - i ≤ diagonal`, else 0: what is on a diagonal of a matrix and below it, as [`triu`] for
/// what is above it.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| tril(x, 0));
/// let y = g.value(&Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), ());
/// assert_eq!(y, Tensor::from([[1.0, 0.0, 0.0], [4.0, 5.0, 0.0]]));
/// ```
pub fn tril<S: Shape>(x: Var<S>, diagonal: i64) -> Call<Tril, (Var<S>,)> {
    Call::new(Tril(diagonal), (x,))
}

type R = Recorder<levels::OrderedField>;

/// `columns j - rows i`, of each element of the matrices.
fn column_less_row<S: Shape>(r: &R) -> Var<S> {
    let (row, column) = (S::RANK - 2, S::RANK - 1);
    let matrix = Dims::new(&S::DIMS[row..]);
    let place = |axis| {
        let place = r.untyped(primitives::Iota(matrix.clone(), axis), &[]);
        r.untyped(primitives::ToScalar, &[place])
    };
    let difference = r.untyped(Binary::Sub, &[place(1), place(0)]);
    let to_all = primitives::Broadcast(Dims::of::<S>(), vec![row, column]);
    r.typed(r.untyped(to_all, &[difference]))
}

/// `x` where a number is positive, else 0.
fn where_positive<S: Shape>(r: &R, number: Var<S>, x: Var<S>) -> Var<S> {
    r.prim(primitives::Select, (number, x, r.zeros::<S>()))
}

impl<S: Matrices> Op<(S,)> for Triu {
    type Out = If<S::Checked, S>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "triu";

    fn forward(&self, r: &R, (x,): (Var<S>,)) -> Var<S> {
        let Triu(diagonal) = *self;
        let above = column_less_row::<S>(r);
        // Of integers: at least the diagonal, so more than one less.
        let above = r.offset(above, Literal::from(1_i64.saturating_sub(diagonal)));
        where_positive(r, above, x)
    }
}

impl<S: Matrices> Op<(S,)> for Tril {
    type Out = If<S::Checked, S>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "tril";

    fn forward(&self, r: &R, (x,): (Var<S>,)) -> Var<S> {
        let Tril(diagonal) = *self;
        let below = r.neg(column_less_row::<S>(r));
        let below = r.offset(below, Literal::from(diagonal.saturating_add(1)));
        where_positive(r, below, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        triu:
        small(|x: [4, 5]| triu(x, 1));
        small(|x: [2, 3, 7]| triu(x, -1));
        middle(|x: [3, 2, 4, 5]| triu(x, 0));
    }

    law_tests! {
        tril:
        small(|x: [4, 5]| tril(x, 0));
        small(|x: [2, 3, 7]| tril(x, 1));
        middle(|x: [3, 2, 4, 5]| tril(x, -2));
    }

    /// Every diagonal of a wide and of a tall matrix, by the definition, and those that are outside.
    #[test]
    fn each_diagonal() {
        let ones = Tensor::<f64, shape![3, 5]>::ones();
        for diagonal in [i64::MIN, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, i64::MAX] {
            let up = |i: usize, j: usize| (j as i64 - i as i64 >= diagonal) as u8 as f64;
            let low = |i: usize, j: usize| (j as i64 - i as i64 <= diagonal) as u8 as f64;
            let y = graph!(|x: [3, 5]| triu(x, { diagonal })).value(&ones, ());
            assert_eq!(y, Tensor::from_fn(|[i, j]| up(i, j)), "{diagonal}");
            let y = graph!(|x: [3, 5]| tril(x, { diagonal })).value(&ones, ());
            assert_eq!(y, Tensor::from_fn(|[i, j]| low(i, j)), "{diagonal}");
            let y = graph!(|x: [5, 3]| tril(x, { diagonal })).value(&Tensor::ones(), ());
            assert_eq!(
                y,
                Tensor::<f64, _>::from_fn(|[i, j]| low(i, j)),
                "{diagonal}"
            );
        }
    }

    #[test]
    fn what_is_left_out_is_not_read() {
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let g = graph!(|x: [2, 2]| tril(x, 0));
        let x = Tensor::from([[-inf, inf], [2.0, nan]]);
        let (y, dx) = g.vjp(&x, (), &Tensor::full(3.0));
        assert_eq!(y.as_slice()[..3], [-inf, 0.0, 2.0]);
        assert_eq!(dx, Tensor::from([[3.0, 0.0], [3.0, 3.0]]));
    }
}
