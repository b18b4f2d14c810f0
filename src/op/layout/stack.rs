//! Tensors of one shape joined along a new axis.

use crate::dim::N;
use crate::op::{Call, Inputs, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{AxisDim, InsertAxis, SameShape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// Two to eight shapes in a tuple, all the same, that take a new axis `I` to be stacked along.
#[diagnostic::on_unimplemented(
    message = "cannot stack `{Self}` along a new `{I}`",
    label = "`stack((x, y), …)` takes two to eight tensors of one shape",
    note = "a shape of rank 2 takes a new `Axis<0>`, `Axis<1>` or `Axis<2>`, up to rank 6",
    note = "docs/errors.md#j06"
)]
pub trait Stacks<I> {
    /// The shape with an entry along the axis for each.
    type Out: AxisDim<I>;
}

// The cases are in a table of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<All: StackAll<I>, I> Stacks<I> for All {
    type Out = All::Stacked;
}

/// The cases of [`Stacks`]. They have bounds, and rustc names the case.
#[diagnostic::on_unimplemented(
    message = "cannot stack `{Self}` along a new `{I}`",
    label = "`stack((x, y), …)` takes two to eight tensors of one shape",
    note = "a shape of rank 2 takes a new `Axis<0>`, `Axis<1>` or `Axis<2>`, up to rank 6",
    note = "docs/errors.md#j06"
)]
pub trait StackAll<I> {
    /// The shape with an entry along the axis for each.
    type Stacked: AxisDim<I>;
}

macro_rules! stack_all {
    ($count:literal: $($More:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<I, S: $(SameShape<$More> +)+ InsertAxis<I, N<$count>>, $($More),+> StackAll<I> for (S, $($More),+) {
            type Stacked = S::Out;
        }
    };
}

stack_all!(2: A);
stack_all!(3: A B);
stack_all!(4: A B C);
stack_all!(5: A B C D);
stack_all!(6: A B C D E);
stack_all!(7: A B C D E F);
stack_all!(8: A B C D E F G);

/// The op of [`stack`]: along the new axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct Stack<I>(PhantomData<I>);

/// `y` has an entry along a new axis for each tensor, in order: `[.., 3, ..]` for three. They have one shape. Any semiring.
///
/// The tensors are a tuple of two to eight. JVP: the tangents stacked; VJP: the entries of `dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2], b: [2]| stack((a, b, a), 1));
/// let y = g.value(&tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])], ());
/// assert_eq!(y, Tensor::from([[1.0, 3.0, 1.0], [2.0, 4.0, 2.0]]));
/// ```
pub fn stack<I, V>(tensors: V, _axis: I) -> Call<Stack<I>, V> {
    Call::new(Stack(PhantomData), tensors)
}

impl<I, All> Op<All> for Stack<I>
where
    I: Send + Sync + Clone + 'static,
    All: Inputs + Stacks<I>,
{
    type Out = All::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "stack";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: All::Vars) -> Var<All::Out> {
        let axis = <All::Out as AxisDim<I>>::AXIS;
        let mut one = Dims::of::<All::Out>().to_vec();
        one[axis] = 1;
        let one = primitives::Reshape(Dims::new(&one));
        let entries = r.record_of().ids_of(&x);
        let entries = entries.iter().map(|&x| r.untyped(one.clone(), &[x]));
        r.typed(r.untyped(primitives::Concat(axis), &entries.collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        stack:
        small(|a: [4], b: [4], c: [4]| stack((a, b, c), 0));
        small(|a: [6, 5], b: [6, 5]| stack((a, b), 2));
        middle(|a: [3, 4, 5], b: [3, 4, 5]| stack((a, b), 1));
    }

    #[test]
    fn scalars() {
        let g = graph!(|a: [], b: []| stack((a, b), 0));
        let x = tlist![Tensor::scalar(1.0), Tensor::scalar(2.0)];
        let (y, tlist![da, db]) = g.vjp(&x, (), &Tensor::from([3.0, 4.0]));
        assert_eq!(
            (y, da.item(), db.item()),
            (Tensor::from([1.0, 2.0]), 3.0, 4.0)
        );
    }
}
