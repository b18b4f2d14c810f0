//! The primitives.

use super::Window;
use crate::scalar::{Binary, Level, Literal, Unary};
use crate::tensor::Dims;
use core::fmt;

/// How a reduction joins the elements along its axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reduction {
    /// Their sum.
    Sum,
    /// The largest; NaN if any is.
    Max,
}

/// A primitive: what a program is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Prim {
    /// A function of each element.
    Unary(Unary),
    /// A function of each pair of elements of two values of the same dims.
    Binary(Binary),
    /// Each element times a number.
    Scale(Literal),
    /// Each element plus a number.
    Offset(Literal),
    /// A value without arguments: the same number everywhere.
    Full(Dims, Literal),
    /// From three values of the same dims: the second where the first is positive, else the third.
    Select,
    /// The products of matrices along the last two axes, the first and the second possibly stored transposed. Axes
    /// before them are equal in both, and one product is made for each of their entries.
    MatMul {
        /// Whether the first is stored `k` by `m`.
        ta: bool,
        /// Whether the second is stored `n` by `k`.
        tb: bool,
    },
    /// Elements joined along some axes, which go.
    Reduce(Reduction, Vec<usize>),
    /// The same elements, in the same order, under other dims.
    Reshape(Dims),
    /// Axis `i` of the result is axis `axes[i]` of the argument.
    Permute(Vec<usize>),
    /// A value of these dims; axis `i` of the argument becomes axis `axes[i]`, the others repeat.
    Broadcast(Dims, Vec<usize>),
    /// Two values joined along an axis.
    Concat(usize),
    /// The part of an axis that begins at `start` and has `len` entries.
    Slice {
        /// The axis.
        axis: usize,
        /// The first entry.
        start: usize,
        /// How many entries.
        len: usize,
    },
    /// The adjoint of a slice: zeros before and after, along an axis, up to `len` entries.
    Pad {
        /// The axis.
        axis: usize,
        /// Where the argument begins.
        start: usize,
        /// How many entries the result has.
        len: usize,
    },
    /// Along an axis, the sum of the entries up to each; from each on, if `reverse`.
    CumSum {
        /// The axis.
        axis: usize,
        /// Whether the sums begin at the end.
        reverse: bool,
    },
    /// From `[.., H, W]` to `[.., kernel, places]`: the elements under a window at each of its places.
    Unfold(Window),
    /// The adjoint of [`Prim::Unfold`]: each element goes back to its pixel of an `[.., H, W]`, where they are summed.
    Fold(Window, [usize; 2]),
    /// From `[V, ..]` to `[index.., ..]`: the rows that the indices in the environment name.
    Gather {
        /// Which entry of the environment has the indices.
        slot: usize,
        /// The dims of the indices.
        index: Dims,
    },
    /// The adjoint of [`Prim::Gather`]: from `[index.., ..]` to `[rows, ..]`, each row added where its index says.
    ScatterAdd {
        /// Which entry of the environment has the indices.
        slot: usize,
        /// The dims of the indices.
        index: Dims,
        /// The number of rows of the result.
        rows: usize,
    },
    /// A value without arguments: each element is 1 with probability `keep` and else 0, drawn from the seed in the
    /// environment.
    Mask {
        /// Which entry of the environment has the seed.
        slot: usize,
        /// The dims of the value.
        dims: Dims,
        /// The probability of a 1.
        keep: f64,
    },
    /// From dims `[.., C]` to `[..]`: the entry that the index in the environment names. One index for each row.
    Pick {
        /// Which entry of the environment has the indices.
        slot: usize,
    },
    /// The adjoint of [`Prim::Pick`]: from `[..]` to `[.., classes]`, zeros everywhere else.
    Place {
        /// Which entry of the environment has the indices.
        slot: usize,
        /// The dim of the new last axis.
        classes: usize,
    },
}

impl Prim {
    /// The lowest level of the algebra tower that has this primitive.
    pub fn level(&self) -> Level {
        match self {
            Prim::Unary(f) => f.level(),
            Prim::Binary(f) => f.level(),
            Prim::Scale(c) | Prim::Offset(c) | Prim::Full(_, c) => match c {
                Literal::Ratio(0.., 1) => Level::Semiring,
                Literal::Ratio(_, 1) => Level::Ring,
                _ => Level::Field,
            },
            Prim::Reduce(Reduction::Max, _) | Prim::Select => Level::OrderedField,
            _ => Level::Semiring,
        }
    }

    /// The entry of the environment that this primitive reads.
    pub fn slot(&self) -> Option<usize> {
        match self {
            Prim::Pick { slot }
            | Prim::Place { slot, .. }
            | Prim::Gather { slot, .. }
            | Prim::ScatterAdd { slot, .. }
            | Prim::Mask { slot, .. } => Some(*slot),
            _ => None,
        }
    }

    /// The same primitive with its environment entry renumbered: entry `i` becomes `slots[i]`.
    pub(super) fn with_slots(&self, slots: &[usize]) -> Prim {
        let mut prim = self.clone();
        if let Prim::Pick { slot }
        | Prim::Place { slot, .. }
        | Prim::Gather { slot, .. }
        | Prim::ScatterAdd { slot, .. }
        | Prim::Mask { slot, .. } = &mut prim
        {
            *slot = slots.get(*slot).copied().unwrap_or(*slot);
        }
        prim
    }
}

impl fmt::Display for Prim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lower = |name: &dyn fmt::Debug| format!("{name:?}").to_lowercase();
        match self {
            Prim::Unary(function) => f.write_str(&lower(function)),
            Prim::Binary(function) => f.write_str(&lower(function)),
            Prim::Scale(c) => write!(f, "scale({c})"),
            Prim::Offset(c) => write!(f, "offset({c})"),
            Prim::Full(dims, c) => write!(f, "full({dims}, {c})"),
            Prim::Select => f.write_str("select"),
            Prim::MatMul { ta, tb } => {
                let mark = |t: &bool| if *t { "t" } else { "n" };
                match (ta, tb) {
                    (false, false) => f.write_str("matmul"),
                    _ => write!(f, "matmul_{}{}", mark(ta), mark(tb)),
                }
            }
            Prim::Reduce(how, axes) => write!(f, "reduce_{}({axes:?})", lower(how)),
            Prim::Reshape(dims) => write!(f, "reshape({dims})"),
            Prim::Permute(axes) => write!(f, "permute({axes:?})"),
            Prim::Broadcast(dims, axes) => write!(f, "broadcast({dims}, {axes:?})"),
            Prim::Concat(axis) => write!(f, "concat({axis})"),
            Prim::Slice { axis, start, len } => {
                write!(f, "slice({axis}, {start}..{})", start.saturating_add(*len))
            }
            Prim::Pad { axis, start, len } => write!(f, "pad({axis}, {start}, {len})"),
            Prim::CumSum { axis, reverse } => {
                let direction = if *reverse { ", reverse" } else { "" };
                write!(f, "cumsum({axis}{direction})")
            }
            Prim::Unfold(window) => write!(f, "unfold({window})"),
            Prim::Fold(window, [h, w]) => write!(f, "fold({window}, [{h}, {w}])"),
            Prim::Gather { slot, index } => write!(f, "gather(env {slot}, {index})"),
            Prim::ScatterAdd { slot, index, rows } => {
                write!(f, "scatter_add(env {slot}, {index}, {rows})")
            }
            Prim::Mask { slot, dims, keep } => write!(f, "mask(env {slot}, {dims}, {keep})"),
            Prim::Pick { slot } => write!(f, "pick(env {slot})"),
            Prim::Place { slot, classes } => write!(f, "place(env {slot}, {classes})"),
        }
    }
}
