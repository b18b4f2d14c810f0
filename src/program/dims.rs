//! The dims of a primitive's result, from the dims of its arguments.
//!
//! Typed graphs cannot get these wrong. Programs from elsewhere can, so each rule is checked here, once, and the
//! kernels rely on it.

use super::{Prim, ProgramError, Reduction};
use crate::tensor::Dims;

impl Prim {
    /// The dims of the result.
    pub(super) fn result_dims(&self, arguments: &[Dims]) -> Result<Dims, ProgramError> {
        // The arguments first: they may be inputs, and no other rule has to think of sums that overflow.
        if arguments.iter().all(Dims::is_possible) {
            let dims = self.dims_by_rule(arguments)?;
            if dims.is_possible() {
                return Ok(dims);
            }
        }
        Err(self.refusal(arguments, "a number of elements that fits into memory"))
    }

    fn refusal(&self, arguments: &[Dims], expected: &str) -> ProgramError {
        ProgramError::Dims {
            prim: self.to_string(),
            expected: expected.to_owned(),
            got: match arguments {
                [] => "no argument".to_owned(),
                _ => join(arguments),
            },
        }
    }

    fn dims_by_rule(&self, arguments: &[Dims]) -> Result<Dims, ProgramError> {
        let wrong = |expected: &str| self.refusal(arguments, expected);
        let with_axis = |x: &Dims, axis: usize, len: usize| {
            let mut sizes = x.to_vec();
            sizes[axis] = len;
            Ok(Dims::new(&sizes))
        };
        match (self, arguments) {
            (Prim::Unary(_) | Prim::Scale(_) | Prim::Offset(_), [x]) => Ok(x.clone()),
            (Prim::Binary(_), [x, y]) if x == y => Ok(x.clone()),
            (Prim::Full(dims, _), []) => Ok(dims.clone()),
            (Prim::Select, [c, x, y]) if c == x && x == y => Ok(x.clone()),
            (Prim::MatMul { ta, tb }, [a, b]) => match (split_matrix(a), split_matrix(b)) {
                (Some((batch, [a0, a1])), Some((other, [b0, b1]))) => {
                    let (m, k) = if *ta { (a1, a0) } else { (a0, a1) };
                    let (l, n) = if *tb { (b1, b0) } else { (b0, b1) };
                    if k != l {
                        return Err(wrong("equal inner dims"));
                    }
                    if batch != other {
                        return Err(wrong("equal dims before the last two"));
                    }
                    let dims = [batch, &[m, n]].concat();
                    Ok(Dims::new(&dims))
                }
                _ => Err(wrong("two matrices")),
            },
            (Prim::Reduce(how, axes), [x]) if increasing_below(axes, x.len()) => {
                if *how == Reduction::Max && axes.iter().any(|&axis| x[axis] == 0) {
                    return Err(wrong("an element to be the largest"));
                }
                let kept: Vec<_> = (0..x.len()).filter(|axis| !axes.contains(axis)).collect();
                let sizes: Vec<_> = kept.iter().map(|&axis| x[axis]).collect();
                Ok(Dims::new(&sizes))
            }
            (Prim::Reshape(dims), [x]) if dims.count() == x.count() => Ok(dims.clone()),
            (Prim::Permute(axes), [x]) if is_permutation(axes, x.len()) => {
                let sizes: Vec<_> = axes.iter().map(|&axis| x[axis]).collect();
                Ok(Dims::new(&sizes))
            }
            (Prim::Broadcast(dims, axes), [x])
                if axes.len() == x.len()
                    && increasing_below(axes, dims.len())
                    && axes.iter().zip(x.iter()).all(|(&to, &dim)| dims[to] == dim) =>
            {
                Ok(dims.clone())
            }
            (Prim::Concat(axis), [x, y]) => {
                let equal = |i: usize| i == *axis || x[i] == y[i];
                if x.len() == y.len() && *axis < x.len() && (0..x.len()).all(equal) {
                    with_axis(x, *axis, x[*axis] + y[*axis])
                } else {
                    Err(wrong("two values that are equal on every other axis"))
                }
            }
            (Prim::Slice { axis, start, len }, [x])
                if *axis < x.len() && start.saturating_add(*len) <= x[*axis] =>
            {
                with_axis(x, *axis, *len)
            }
            (Prim::Pad { axis, start, len }, [x])
                if *axis < x.len() && start.saturating_add(x[*axis]) <= *len =>
            {
                with_axis(x, *axis, *len)
            }
            (Prim::CumSum { axis, .. }, [x]) if *axis < x.len() => Ok(x.clone()),
            (Prim::Unfold(window), [x]) => {
                let Some((batch, image)) = split_matrix(x) else {
                    return Err(wrong("an image: at least two axes"));
                };
                let Some(unfolded) = window.unfolded(image) else {
                    return Err(wrong("an image that the window fits in"));
                };
                let dims = [batch, &unfolded].concat();
                Ok(Dims::new(&dims))
            }
            (Prim::Fold(window, image), [x]) => match split_matrix(x) {
                Some((batch, unfolded)) if Some(unfolded) == window.unfolded(*image) => {
                    let dims = [batch, image].concat();
                    Ok(Dims::new(&dims))
                }
                _ => Err(wrong("what the window makes of the image")),
            },
            (Prim::Gather { index, .. }, [x]) => match x.split_first() {
                Some((_, rest)) => Ok(Dims::new(&[index, rest].concat())),
                None => Err(wrong("at least one axis")),
            },
            (Prim::ScatterAdd { index, rows, .. }, [x]) if x.starts_with(index) => {
                let dims = [&[*rows], &x[index.len()..]].concat();
                Ok(Dims::new(&dims))
            }
            (Prim::Mask { dims, keep, .. }, []) if (0.0..=1.0).contains(keep) => Ok(dims.clone()),
            (Prim::Pick { .. }, [x]) => match x.split_last() {
                Some((_, rows)) => Ok(Dims::new(rows)),
                None => Err(wrong("at least one axis")),
            },
            (Prim::Place { classes, .. }, [x]) => {
                let mut sizes = x.to_vec();
                sizes.push(*classes);
                Ok(Dims::new(&sizes))
            }
            _ => Err(wrong(self.takes())),
        }
    }

    /// What the primitive takes, in words.
    fn takes(&self) -> &'static str {
        match self {
            Prim::Unary(_) | Prim::Scale(_) | Prim::Offset(_) => "one value",
            Prim::Binary(_) => "two values of the same dims",
            Prim::Full(..) => "no argument",
            Prim::Mask { .. } => "no argument, and a probability from 0 to 1",
            Prim::Select => "three values of the same dims",
            Prim::CumSum { .. } => "one value that has this axis",
            Prim::Unfold(_) | Prim::Fold(..) | Prim::Gather { .. } => "one value",
            Prim::ScatterAdd { .. } => "one value whose dims begin with those of the indices",
            Prim::MatMul { .. } => "two matrices",
            Prim::Reduce(..) => "one value that has these axes, in increasing order",
            Prim::Reshape(_) => "one value with as many elements",
            Prim::Permute(_) => "one value, and each of its axes once",
            Prim::Broadcast(..) => "one value whose axes keep their dims and their order",
            Prim::Concat(_) => "two values",
            Prim::Slice { .. } => "one value that has this part",
            Prim::Pad { .. } => "one value that fits",
            Prim::Pick { .. } | Prim::Place { .. } => "one value",
        }
    }
}

fn join(arguments: &[Dims]) -> String {
    let all: Vec<_> = arguments.iter().map(ToString::to_string).collect();
    all.join(" and ")
}

/// The dims before the last two, and the last two.
fn split_matrix(dims: &[usize]) -> Option<(&[usize], [usize; 2])> {
    match dims {
        [batch @ .., rows, columns] => Some((batch, [*rows, *columns])),
        _ => None,
    }
}

fn increasing_below(axes: &[usize], rank: usize) -> bool {
    axes.is_sorted_by(|a, b| a < b) && axes.last().is_none_or(|&axis| axis < rank)
}

fn is_permutation(axes: &[usize], rank: usize) -> bool {
    axes.len() == rank && (0..rank).all(|axis| axes.contains(&axis))
}
