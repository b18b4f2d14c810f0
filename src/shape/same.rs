//! Equal shapes, for ops that do not broadcast.

use super::Shape;
use super::judged::Is;

/// A shape that is `Other`.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::shape::SameShape;
/// fn same<S: SameShape<T>, T>() {}
/// same::<shape![3], shape![3]>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` and `{Other}` are not one shape",
    label = "takes tensors of one shape: this op repeats nothing",
    note = "docs/errors.md#b03, #b04, #d04"
)]
pub trait SameShape<Other>: Shape {
    /// `Self`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::shape::SameShape;
    /// let _: <shape![3] as SameShape<shape![3]>>::Checked = (N::<3>,);
    /// ```
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: Shape + Is<Other>, Other> SameShape<Other> for S {
    type Checked = S;
}
