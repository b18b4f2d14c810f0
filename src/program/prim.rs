//! The primitives.

use super::Window;
use crate::scalar::{Binary, Level, Literal, Unary};
use crate::tensor::Dims;
use core::fmt;

/// How a reduction joins the elements along its axes.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Prim, Program, Reduction};
/// use cotangent::tensor::Dims;
/// let reduced = |how| {
///     let mut program = Program::new(&[Dims::of::<shape![2, 2]>()]);
///     let y = program.push(Prim::Reduce(how, vec![1]), &[0]).unwrap();
///     program.set_outputs(&[y]).unwrap();
///     program.run(&[Tensor::from([[1.0, 2.0], [3.0, 4.0]]).to_any()], &[]).unwrap().swap_remove(0)
/// };
/// assert_eq!(reduced(Reduction::Sum).as_slice(), [3.0, 7.0]);
/// assert_eq!(reduced(Reduction::Max).as_slice(), [2.0, 4.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reduction {
    /// Their sum.
    Sum,
    /// The largest; NaN if any is.
    Max,
}

/// A primitive: what a program is made of.
///
/// Each is run here on values of the dims written before it; indices are 1 and 0, of 3.
/// ```
/// use cotangent::env::EnvEntry;
/// use cotangent::prelude::*;
/// use cotangent::program::{Prim, Program, Reduction, Window};
/// use cotangent::scalar::{Binary, Literal, Unary};
/// use cotangent::tensor::Dims;
///
/// /// What a primitive makes of 1, 2, 3, … in these dims.
/// fn run(prim: Prim, arguments: &[&[usize]]) -> (String, Vec<f64>) {
///     let dims: Vec<_> = arguments.iter().map(|dims| Dims::new(dims)).collect();
///     let count = |dims: &&[usize]| {
///         let n = dims.iter().product::<usize>();
///         AnyTensor::new(dims, (1..=n).map(|i| i as f64).collect()).unwrap()
///     };
///     let mut program = Program::new(&dims);
///     let y = program.push(prim, &(0..dims.len()).collect::<Vec<_>>()).unwrap();
///     program.set_outputs(&[y]).unwrap();
///     let environment = [Labels::<3, shape![2]>::new([1, 0]).unwrap().indices(), Seed::new(7).indices()];
///     let inputs: Vec<_> = arguments.iter().map(count).collect();
///     let y = program.run(&inputs, &environment).unwrap().swap_remove(0);
///     (y.dims().to_string(), y.as_slice().to_vec())
/// }
/// let is = |dims: &str, elements: &[f64]| (dims.to_owned(), elements.to_vec());
///
/// // Element by element.
/// assert_eq!(run(Prim::Unary(Unary::Neg), &[&[2]]), is("[2]", &[-1.0, -2.0]));
/// assert_eq!(run(Prim::Binary(Binary::Mul), &[&[2], &[2]]), is("[2]", &[1.0, 4.0]));
/// assert_eq!(run(Prim::Scale(Literal::from(10)), &[&[2]]), is("[2]", &[10.0, 20.0]));
/// assert_eq!(run(Prim::Offset(Literal::from(10)), &[&[2]]), is("[2]", &[11.0, 12.0]));
/// assert_eq!(run(Prim::Full(Dims::of::<shape![2]>(), Literal::from(7)), &[]), is("[2]", &[7.0, 7.0]));
/// assert_eq!(run(Prim::Select, &[&[2], &[2], &[2]]), is("[2]", &[1.0, 2.0]));
/// // Products and reductions.
/// assert_eq!(run(Prim::MatMul { ta: false, tb: true }, &[&[1, 2], &[2, 2]]), is("[1, 2]", &[5.0, 11.0]));
/// assert_eq!(run(Prim::Reduce(Reduction::Sum, vec![0]), &[&[2, 2]]), is("[2]", &[4.0, 6.0]));
/// assert_eq!(run(Prim::CumSum { axis: 0, reverse: false }, &[&[3]]), is("[3]", &[1.0, 3.0, 6.0]));
/// // The same elements elsewhere.
/// let matrix: &[usize] = &[2, 2];
/// assert_eq!(run(Prim::Reshape(Dims::of::<shape![4]>()), &[matrix]), is("[4]", &[1.0, 2.0, 3.0, 4.0]));
/// assert_eq!(run(Prim::Permute(vec![1, 0]), &[matrix]), is("[2, 2]", &[1.0, 3.0, 2.0, 4.0]));
/// let rows = Prim::Broadcast(Dims::of::<shape![2, 2]>(), vec![1]);
/// assert_eq!(run(rows, &[&[2]]), is("[2, 2]", &[1.0, 2.0, 1.0, 2.0]));
/// assert_eq!(run(Prim::Concat(0), &[&[2], &[1]]), is("[3]", &[1.0, 2.0, 1.0]));
/// assert_eq!(run(Prim::Slice { axis: 0, start: 1, len: 2 }, &[&[4]]), is("[2]", &[2.0, 3.0]));
/// assert_eq!(run(Prim::Pad { axis: 0, start: 1, len: 4 }, &[&[2]]), is("[4]", &[0.0, 1.0, 2.0, 0.0]));
/// // Windows of an image.
/// let window = Window::of([1, 2]);
/// assert_eq!(run(Prim::Unfold(window), &[&[1, 3]]), is("[2, 2]", &[1.0, 2.0, 2.0, 3.0]));
/// assert_eq!(run(Prim::Fold(window, [1, 3]), &[&[2, 2]]), is("[1, 3]", &[1.0, 5.0, 4.0]));
/// // By the environment: rows 1 and 0, entries 1 and 0, a mask.
/// let index = || Dims::of::<shape![2]>();
/// assert_eq!(run(Prim::Gather { slot: 0, index: index() }, &[&[3, 1]]), is("[2, 1]", &[2.0, 1.0]));
/// assert_eq!(run(Prim::ScatterAdd { slot: 0, index: index(), rows: 3 }, &[&[2, 1]]), is("[3, 1]", &[2.0, 1.0, 0.0]));
/// assert_eq!(run(Prim::Pick { slot: 0 }, &[&[2, 3]]), is("[2]", &[2.0, 4.0]));
/// assert_eq!(run(Prim::Place { slot: 0, classes: 3 }, &[&[2]]), is("[2, 3]", &[0.0, 1.0, 0.0, 2.0, 0.0, 0.0]));
/// assert_eq!(run(Prim::Mask { slot: 1, dims: index(), keep: 1.0 }, &[]), is("[2]", &[1.0, 1.0]));
/// ```
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
    ///
    /// ```
    /// use cotangent::program::Prim;
    /// use cotangent::scalar::{Level, Literal};
    /// assert_eq!(Prim::Scale(Literal::from(2)).level(), Level::Semiring);
    /// assert_eq!(Prim::Scale(Literal::ratio(1, 2)).level(), Level::Field);
    /// assert_eq!(Prim::Select.level(), Level::OrderedField);
    /// ```
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
    ///
    /// ```
    /// use cotangent::program::Prim;
    /// assert_eq!((Prim::Pick { slot: 2 }.slot(), Prim::Select.slot()), (Some(2), None));
    /// ```
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
