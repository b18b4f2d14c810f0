//! The primitives: what each is called, and its parameters. What each does is in the file of its family, in `prim/`. They
//! run in the example of [`Prim`](super::Prim).
//!
//! Functions of one and of two scalars are [`Unary`](super::Unary) and [`Binary`](super::Binary); calls and loops are
//! in `syntax.rs`, since they contain programs.

use super::Window;
use crate::scalar::{Comparison, Literal, Precision};
use crate::tensor::{Dims, Key};

/// Each element times a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scale(pub Literal);

/// Each element plus a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Offset(pub Literal);

/// A value without arguments: the same number everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Full(pub Dims, pub Literal);

/// A value without arguments: these elements.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Constant {
    /// The dims.
    pub dims: Dims,
    /// The elements, row major.
    pub elements: Elements,
}

/// The elements of a constant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Elements {
    /// Numbers: exact, or doubles by their bits.
    Scalars(Vec<Literal>),
    /// Indices below a bound.
    Indices {
        /// The bound.
        below: usize,
        /// The indices.
        elements: Vec<usize>,
    },
    /// Keys.
    Keys(Vec<Key>),
}

/// From three values of the same dims: the second where the first is positive, else the third.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Select;

/// The same numbers in another precision.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cast(pub Precision);

/// From two values of the same dims: 1 where the comparison holds, else 0, as indices below 2.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Compare(pub Comparison);

/// A sum of products of two values: an einsum of two operands.
///
/// Each axis of an operand and of the result has a label, a number. Axes of one label have one dim. A label of both
/// operands is a batch axis if the result has it, and is summed over if not; a label of one operand is in the result.
/// No label is twice in one place.
///
/// It is what XLA calls `dot_general`, with the order of the result's axes; so it is closed under differentiation.
///
/// The product of matrices of `[i, j]` and `[j, k]`, and many of them at once:
///
/// ```
/// use cotangent::program::{Contract, Program};
/// use cotangent::tensor::Dims;
/// let mut program = Program::new(&[Dims::new(&[2, 3]), Dims::new(&[3, 4]), Dims::new(&[5, 4, 6])]);
/// let product = program.push(Contract::new([0, 1], [1, 2], [0, 2]), &[0, 1])?;
/// assert_eq!(*program.dims(product)?, [2, 4]);
/// let many = Contract { left: [0, 1].into(), right: [2, 1, 3].into(), result: [2, 0, 3].into() };
/// let products = program.push(many, &[product, 2])?;
/// assert_eq!(*program.dims(products)?, [5, 2, 6]);
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contract {
    /// The labels of the first operand.
    pub left: Box<[usize]>,
    /// The labels of the second.
    pub right: Box<[usize]>,
    /// The labels of the result.
    pub result: Box<[usize]>,
}

/// How a reduction joins the elements along its axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reduction {
    /// Their sum.
    Sum,
    /// The largest; NaN if any is.
    Max,
}

/// Elements joined along some axes, in increasing order, which go.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reduce(pub Reduction, pub Vec<usize>);

/// Along an axis, the sum of the entries up to each; from each on, if `reverse`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CumSum {
    /// The axis.
    pub axis: usize,
    /// Whether the sums begin at the end.
    pub reverse: bool,
}

/// Along an axis, which goes, the index of the first largest element; of a NaN, if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArgMax(pub usize);

/// Along an axis, which goes, the index of the first smallest element; of a NaN, if there is one. As [`ArgMax`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArgMin(pub usize);

/// The indices of the largest entries along an axis, of which so many stay: the largest first, of equal ones the first, and a NaN
/// before all. As [`ArgMax`], of those that are left.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TopK {
    /// The axis.
    pub axis: usize,
    /// How many entries stay.
    pub count: usize,
}

/// The same elements, in the same order, under other dims.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reshape(pub Dims);

/// Axis `i` of the result is axis `axes[i]` of the argument.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Permute(pub Vec<usize>);

/// A value of these dims; axis `i` of the argument becomes axis `axes[i]`, in increasing order, the others repeat.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Broadcast(pub Dims, pub Vec<usize>);

/// Values joined along an axis: one or more.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Concat(pub usize);

/// The part of an axis that begins at `start` and has `len` entries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slice {
    /// The axis.
    pub axis: usize,
    /// The first entry.
    pub start: usize,
    /// How many entries.
    pub len: usize,
}

/// The adjoint of a slice: zeros before and after, along an axis, up to `len` entries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pad {
    /// The axis.
    pub axis: usize,
    /// Where the argument begins.
    pub start: usize,
    /// How many entries the result has.
    pub len: usize,
}

/// From `[.., H, W]` to `[.., kernel, places]`: the elements under a window at each of its places.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unfold(pub Window);

/// The adjoint of [`Unfold`]: each element goes back to its pixel of an `[.., H, W]`, where they are summed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fold(pub Window, pub [usize; 2]);

/// The entries of an axis of a table that some indices name: from `[batch.., before.., V, after..]` and indices
/// `[batch.., index..]` to `[batch.., before.., index.., after..]`.
///
/// `Gather { batch: 0, axis: 0 }` looks up rows. With `batch` = `axis` = all axes but the last, it picks one entry of each row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Gather {
    /// How many leading axes the table and the indices share.
    pub batch: usize,
    /// The axis that goes; `V` is its dim, and no index is larger.
    pub axis: usize,
}

/// The adjoint of [`Gather`]: from `[batch.., before.., index.., after..]` and indices `[batch.., index..]` to
/// `[batch.., before.., rows, after..]`, each entry added where its index says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScatterAdd {
    /// How many leading axes the argument and the indices share.
    pub batch: usize,
    /// Where the axis of the result is.
    pub axis: usize,
    /// Its dim.
    pub rows: usize,
}

/// From indices `[..]` to scalars `[.., classes]`: 1 at the index, else 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OneHot(pub usize);

/// Indices without arguments: at each place its position along an axis.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Iota(pub Dims, pub usize);

/// Indices as scalars.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ToScalar;

/// Other keys: each folded with a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FoldIn(pub u32);

/// Other keys: each folded with the index at its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FoldInIndex;

/// From keys `[..]` to scalars `[.., dims..]`: each is 1 with probability `keep / 2^32`, else 0. Element `i` is drawn
/// from random bits that are a function of its key and of `i`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mask {
    /// The dims drawn from each key.
    pub dims: Dims,
    /// The threshold: at most 2^32.
    pub keep: u64,
}

/// From keys `[..]` to scalars `[.., dims..]`: random numbers from 0 up to 1, which is none of them, each as likely. Element `i` is
/// the leading 52 of the random 64 bits that are a function of its key and of `i`, over 2^52, or as many of these bits as the
/// scalar has room for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Uniform(pub Dims);
