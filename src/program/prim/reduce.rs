//! Elements joined along axes: their sum, or the largest.

use self::along::{among, kept};
use super::axes::{are_increasing, other_axes, replaced, shifted};
use super::scalars::{scalar_value, scalars};
use super::single::{batched, single_scalars};
use super::strided::{Axis, View};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::linear::linear;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{Broadcast, Reduce, Reduction};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Binary, Level, Literal, Semiring, Unary};
use crate::tensor::{AnyTensor, Dims, Type, Value};

mod along;
mod cumsum;
mod place;
#[cfg(test)]
mod tests;
mod top;

/// The sum over some axes. Each element of the result adds its terms in their order, to zero.
fn sum<A: Semiring>(x: &AnyTensor<A>, axes: &[usize], y: &Dims) -> Vec<A> {
    let mut out = vec![A::zero(); y.count()];
    if x.as_slice().is_empty() {
        return out;
    }
    // How far one step along each axis of the argument moves in the result.
    let mut strides = vec![0; x.dims().len()];
    for (axis, stride) in other_axes(x.dims().len(), axes)
        .into_iter()
        .zip(y.strides())
    {
        strides[axis] = stride;
    }
    let view = View::of(0, x.dims(), &strides);
    let Axis { dim, stride } = view.inner();
    let add = |place: &mut A, x: &A| {
        let sum = core::mem::replace(place, A::zero());
        *place = sum + x.clone();
    };
    for (row, start) in x.as_slice().chunks_exact(dim).zip(view.starts()) {
        match stride {
            0 => row.iter().for_each(|x| add(&mut out[start], x)),
            // The innermost axis that stays is dense in the result.
            _ => out[start..]
                .iter_mut()
                .zip(row)
                .for_each(|(place, x)| add(place, x)),
        }
    }
    out
}

/// Where the argument of a maximum is as large as its result, divided by how often it is: so ties share evenly.
fn share(b: &mut Builder, x: usize, y: usize, axes: &[usize]) -> Result<usize, ProgramError> {
    let along = along(b, x, axes)?;
    let largest = b.push(along.clone(), &[y])?;
    let below = b.push(Binary::Sub, &[largest, x])?;
    let below = b.push(Unary::Step, &[below])?;
    let one = b.full_like(x, Literal::ratio(1, 1))?;
    let share = b.push(Binary::Sub, &[one, below])?;
    let total = b.sum_over(share, axes.to_vec())?;
    let total = b.push(along, &[total])?;
    b.push(Binary::Div, &[share, total])
}

/// What repeats a value along the axes of `x` that were reduced.
fn along(b: &Builder, x: usize, axes: &[usize]) -> Result<Broadcast, ProgramError> {
    let dims = b.dims(x)?;
    let kept = other_axes(dims.len(), axes);
    Ok(Broadcast(dims, kept))
}

impl Primitive for Reduce {
    fn name(&self) -> String {
        match self.0 {
            Reduction::Sum => "reduce_sum".to_owned(),
            Reduction::Max => "reduce_max".to_owned(),
        }
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![self.1.as_slice().into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        let how = match name {
            "reduce_sum" => Reduction::Sum,
            "reduce_max" => Reduction::Max,
            _ => return None,
        };
        match parameters {
            [axes] => Some(Reduce(how, axes.list()?.to_vec())),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let Reduce(how, axes) = self;
        let fits = |x: &&Type| are_increasing(axes, x.dims().len());
        let expected = "one value of scalars that has these axes, in increasing order";
        let x = single_scalars(x).filter(fits).ok_or(expected)?;
        if *how == Reduction::Max && axes.iter().any(|&axis| x.dims()[axis] == 0) {
            return Err("an element to be the largest".to_owned());
        }
        Ok(vec![x.with_dims(kept(x.dims(), axes))])
    }
    fn level(&self) -> Level {
        match self.0 {
            Reduction::Sum => Level::Semiring,
            Reduction::Max => Level::OrderedField,
        }
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let Reduce(how, axes) = self;
        let x = scalars(x, 0);
        let data = match how {
            Reduction::Sum => sum(x, axes, y[0].dims()),
            Reduction::Max => among(x, axes, |candidates| A::kernels().largest(candidates))?,
        };
        Ok(scalar_value(y, data))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        let Reduce(how, axes) = self;
        match (how, dx[0]) {
            (Reduction::Max, Some(change)) => {
                let y = b.push(self.clone(), x)?;
                let share = share(b, x[0], y, axes)?;
                let part = b.push(Binary::Mul, &[share, change])?;
                Ok((vec![y], vec![Some(b.sum_over(part, axes.clone())?)]))
            }
            (Reduction::Sum, _) | (Reduction::Max, None) => linear(b, self, x, dx),
        }
    }
    fn vjp(
        &self,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let Reduce(how, axes) = self;
        let Some(dy) = dy[0] else {
            return Ok(vec![None]);
        };
        let along = along(b, at.x[0], axes)?;
        let dy = b.push(along, &[dy])?;
        match how {
            Reduction::Sum => Ok(vec![Some(dy)]),
            Reduction::Max => {
                let share = share(b, at.x[0], at.y[0], axes)?;
                Ok(vec![Some(b.push(Binary::Mul, &[share, dy])?)])
            }
        }
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        _size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        batched(b, x, Reduce(self.0, shifted(&self.1)))
    }
    fn degrees(&self, x: &[Degree], site: &Site<'_>) -> Degrees {
        let Reduce(how, axes) = self;
        match how {
            Reduction::Sum => {
                let terms = axes.iter().map(|&axis| site.x[0].dims()[axis]).product();
                Degrees::one(x[0].summed(terms))
            }
            Reduction::Max => Degrees::oracle(site),
        }
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        AtZeros::zero_if(match self.0 {
            Reduction::Sum => true,
            Reduction::Max => false,
        })
    }

    fn mutants(&self, site: &Site<'_>) -> Vec<(String, Prim)> {
        let others = replaced(&self.1, site.x[0].dims().len()).into_iter();
        others
            .map(|axes| ("index".to_owned(), Reduce(self.0, axes).into()))
            .collect()
    }
}
