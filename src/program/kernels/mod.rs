//! What each primitive does to elements. No kernel is generic over a shape; dims have been checked by `dims.rs`.

mod layout;
mod mask;
mod pick;
mod rows;
mod window;

use super::{Prim, ProgramError, Reduction};
use crate::env::Indices;
use crate::scalar::{Binary, Literal, Semiring, Unary};
use crate::tensor::{AnyTensor, Dims};
use num_traits::Zero;

/// The value of a primitive of dims `dims`; `Ok(None)` where the scalar is too low in the tower.
pub(super) fn run<A: Semiring>(
    prim: &Prim,
    arguments: &[usize],
    values: &[AnyTensor<A>],
    dims: &Dims,
    environment: &[Indices],
) -> Result<Option<AnyTensor<A>>, ProgramError> {
    let x = |i: usize| &values[arguments[i]];
    let table = A::kernels();
    if let Prim::Unary(Unary::Recip) | Prim::Binary(Binary::Div) = prim {
        check_divisor(prim, x(arguments.len() - 1))?;
    }
    let data = match prim {
        Prim::Unary(f) => table.unary(*f, x(0).as_slice()),
        Prim::Binary(f) => table.binary(*f, x(0).as_slice(), x(1).as_slice()),
        Prim::Scale(c) => table.literal(*c).map(|c| each(x(0), |x| x * c.clone())),
        Prim::Offset(c) => table.literal(*c).map(|c| each(x(0), |x| x + c.clone())),
        Prim::Full(dims, c) => literal(*c).map(|c| vec![c; dims.count()]),
        Prim::Select => table.select(x(0).as_slice(), x(1).as_slice(), x(2).as_slice()),
        Prim::MatMul { ta, tb } => Some(matmul(x(0), x(1), dims, *ta, *tb)),
        Prim::Reduce(Reduction::Sum, axes) => Some(layout::sum(x(0), axes)),
        Prim::Reduce(Reduction::Max, axes) => {
            layout::max(x(0), axes, |candidates| table.largest(candidates))
        }
        Prim::Reshape(dims) => return Ok(Some(x(0).with_dims(dims.clone()))),
        Prim::Permute(axes) => Some(layout::permute(x(0), axes, dims)),
        Prim::Broadcast(dims, axes) => Some(layout::broadcast(x(0), axes, dims)),
        Prim::Concat(axis) => Some(layout::concat(x(0), x(1), *axis)),
        Prim::Slice { axis, start, len } => Some(layout::slice(x(0), *axis, *start, *len)),
        Prim::Pad { axis, start, len } => Some(layout::pad(x(0), *axis, *start, *len)),
        Prim::CumSum { axis, reverse } => Some(layout::cumsum(x(0), *axis, *reverse)),
        Prim::Unfold(window) => Some(window::unfold(x(0), window)),
        Prim::Fold(window, image) => Some(window::fold(x(0), window, *image)),
        Prim::Gather { slot, index } => Some(rows::gather(prim, x(0), *slot, index, environment)?),
        Prim::ScatterAdd { slot, index, rows } => Some(rows::scatter_add(
            prim,
            x(0),
            *slot,
            index,
            *rows,
            environment,
        )?),
        Prim::Mask { slot, dims, keep } => {
            Some(mask::mask(prim, *slot, dims.count(), *keep, environment)?)
        }
        Prim::Pick { slot } => Some(pick::pick(prim, x(0), *slot, environment)?),
        Prim::Place { slot, classes } => {
            Some(pick::place(prim, x(0), *slot, *classes, environment)?)
        }
    };
    Ok(data.map(|data| AnyTensor::from_parts(dims.clone(), data)))
}

/// Some exact scalars panic on a division by zero: a program says where it is.
fn check_divisor<A: Semiring>(prim: &Prim, divisor: &AnyTensor<A>) -> Result<(), ProgramError> {
    match A::kernels().no_divisor(divisor.as_slice()) {
        None => Ok(()),
        Some(element) => Err(ProgramError::Division {
            prim: prim.to_string(),
            element,
            divisor: divisor.as_slice()[element].to_string(),
        }),
    }
}

/// The value of a literal. 0 and 1 exist in every semiring, whatever its table says.
fn literal<A: Semiring>(c: Literal) -> Option<A> {
    match c {
        Literal::Ratio(0, _) => Some(A::zero()),
        _ => A::kernels().literal(c),
    }
}

/// One product for each entry of the axes before the last two.
fn matmul<A: Semiring>(
    a: &AnyTensor<A>,
    b: &AnyTensor<A>,
    dims: &Dims,
    ta: bool,
    tb: bool,
) -> Vec<A> {
    let rank = dims.len();
    let k = a.dims()[if ta { rank - 2 } else { rank - 1 }];
    let (m, n) = (dims[rank - 2], dims[rank - 1]);
    let (a, b) = (a.as_slice(), b.as_slice());
    if rank == 2 {
        return A::matmul(a, b, [m, k, n], ta, tb);
    }
    let batch: usize = dims[..rank - 2].iter().product();
    let mut out = Vec::with_capacity(batch * m * n);
    for i in 0..batch {
        let (a, b) = (
            &a[i * m * k..(i + 1) * m * k],
            &b[i * k * n..(i + 1) * k * n],
        );
        out.extend(A::matmul(a, b, [m, k, n], ta, tb));
    }
    out
}

fn each<A: Semiring>(x: &AnyTensor<A>, f: impl Fn(A) -> A) -> Vec<A> {
    x.as_slice().iter().cloned().map(f).collect()
}

/// A vector of zeros.
fn zeros<A: Zero + Clone>(len: usize) -> Vec<A> {
    vec![A::zero(); len]
}
