//! Tensors as a person reads them: nested brackets, one row a line, elided when large.

use super::{AnyTensor, Dims, Tensor};
use crate::shape::Shape;
use core::fmt::{self, Display, Formatter};

/// Past this many elements, only the ends of each axis are shown.
const WHOLE: usize = 200;
/// How many entries are shown at each end of an axis that is elided.
const ENDS: usize = 3;

/// Where the printing stands: the dims that are left, the elements, and the column of the opening bracket.
fn write_axis<A: Display>(
    f: &mut Formatter<'_>,
    dims: &[usize],
    data: &[A],
    elide: bool,
    indent: usize,
) -> fmt::Result {
    let Some((&len, inner)) = dims.split_first() else {
        return match data.first() {
            Some(x) => x.fmt(f),
            None => Ok(()),
        };
    };
    let step = inner.iter().product::<usize>();
    let elide_here = elide && len > 2 * ENDS;
    let separator = |f: &mut Formatter<'_>| match inner.len() {
        0 => write!(f, ", "),
        _ => write!(f, ",\n{:indent$}", ""),
    };
    write!(f, "[")?;
    for i in 0..len {
        if elide_here && (ENDS..len - ENDS).contains(&i) {
            if i == ENDS {
                separator(f)?;
                write!(f, "…")?;
            }
            continue;
        }
        if i > 0 {
            separator(f)?;
        }
        write_axis(f, inner, &data[i * step..(i + 1) * step], elide, indent + 1)?;
    }
    write!(f, "]")
}

fn write_tensor<A: Display>(f: &mut Formatter<'_>, dims: &[usize], data: &[A]) -> fmt::Result {
    write_axis(f, dims, data, data.len() > WHOLE, 1)
}

/// The elements in nested brackets; `{:.2}` sets the digits of each.
///
/// ```
/// use cotangent::prelude::*;
/// let t = Tensor::from([[1.0, 2.5], [3.0, 4.25]]);
/// assert_eq!(format!("{t:.2}"), "[[1.00, 2.50],\n [3.00, 4.25]]");
/// ```
impl<A: Display, S: Shape> Display for Tensor<A, S> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_tensor(f, S::DIMS, self.as_slice())
    }
}

impl<A: Display, S: Shape> fmt::Debug for Tensor<A, S> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "Tensor{} ", Dims::of::<S>())?;
        Display::fmt(self, f)
    }
}

impl<A: Display> Display for AnyTensor<A> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_tensor(f, self.dims(), self.as_slice())
    }
}

impl<A: Display> fmt::Debug for AnyTensor<A> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "AnyTensor{} ", self.dims())?;
        Display::fmt(self, f)
    }
}
