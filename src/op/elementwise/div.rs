//! Quotient, element by element.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Binary, Includes, ScalarLevel, levels};
use crate::shape::{BroadcastsWith, Combined, Shape};

/// `a / b`, element by element; the smaller shape is repeated.
#[derive(Clone, Copy, Debug)]
pub struct Div;

/// `y = a / b`. Shapes: equal, or one a suffix of the other. Any field.
///
/// JVP `(da - y db) / b`; VJP `(dy / b, -y dy / b)`, summed over the axes that were repeated.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2], b: [2]| div(x, b)); // or `x / b`
/// let x = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
/// let y = g.value(&tlist![x, Tensor::from([2.0, 4.0])], ());
/// assert_eq!(y, Tensor::from([[0.5, 0.5], [1.5, 1.0]]));
/// ```
pub fn div<S: Shape, R: Shape>(a: Var<S>, b: Var<R>) -> Call<Div, (Var<S>, Var<R>)> {
    Call::new(Div, (a, b))
}

impl<S: Shape + BroadcastsWith<R>, R: Shape> Op<(S, R)> for Div {
    type Out = Combined<S, R>;
    type Level = levels::Field;
    const NAME: &'static str = "div";

    fn forward(
        &self,
        r: &Recorder<levels::Field>,
        (a, b): (Var<S>, Var<R>),
    ) -> Var<Combined<S, R>> {
        let (a, b) = r.combined(a, b);
        r.div_same(a, b)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`div`].
    #[track_caller]
    pub fn div<S: Shape + BroadcastsWith<R>, R: Shape>(
        &self,
        a: Var<S>,
        b: Var<R>,
    ) -> Var<Combined<S, R>>
    where
        N: Includes<levels::Field>,
    {
        self.record(div(a, b))
    }

    /// `a / b` for rules that know the shapes are equal.
    #[track_caller]
    pub fn div_same<S: Shape>(&self, a: Var<S>, b: Var<S>) -> Var<S>
    where
        N: Includes<levels::Field>,
    {
        self.prim(Binary::Div, (a, b))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        div:
        small(|a: [2, 3], b: [3]| a / b);
        small(|a: [4], b: [4]| a / b);
        middle(|a: [3, 4, 5], b: [5]| a / b);
    }

    /// The smaller shape on the left: its cotangent is summed over the rows.
    #[test]
    fn a_row_over_a_matrix() {
        let g = graph!(|a: [2], b: [2, 2]| a / b);
        let x = tlist![
            Tensor::from([4.0, 8.0]),
            Tensor::from([[1.0, 2.0], [4.0, 8.0]])
        ];
        let (y, tlist![da, db]) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, Tensor::from([[4.0, 4.0], [1.0, 1.0]]));
        assert_eq!(da, Tensor::from([1.25, 0.625]));
        assert_eq!(db, Tensor::from([[-4.0, -2.0], [-0.25, -0.125]]));
    }
}
