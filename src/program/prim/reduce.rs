//! Elements joined along axes: sums, running sums, the largest and where it is.

use super::axes::{are_increasing, other_axes, replaced, shifted};
use super::scalars::{scalar_value, scalars};
use super::single::{batched, pulled, single_scalars};
use super::strided::{Axis, View, around};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::linear::{constant, linear};
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{ArgMax, ArgMin, Broadcast, CumSum, Reduce, Reduction};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Binary, Level, Literal, Semiring, Unary};
use crate::tensor::{AnyTensor, Dims, Indices, Type, Value};

#[cfg(test)]
mod tests;

/// The dims of the axes that stay.
fn kept(dims: &Dims, axes: &[usize]) -> Dims {
    other_axes(dims.len(), axes)
        .into_iter()
        .map(|axis| dims[axis])
        .collect()
}

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

/// Calls `choose` with candidates for the whole result: the entries along some axes, which go.
fn among<A: Clone, R>(
    x: &AnyTensor<A>,
    axes: &[usize],
    choose: impl Fn(&[&[A]]) -> Option<R>,
) -> Result<R, Fault> {
    let (dims, strides) = (x.dims(), x.dims().strides());
    let kept = other_axes(dims.len(), axes);
    let order = || axes.iter().chain(&kept);
    let sizes: Dims = order().map(|&axis| dims[axis]).collect();
    let strides: Vec<_> = order().map(|&axis| strides[axis]).collect();
    let moved = View::of(0, &sizes, &strides).elements(x, &sizes);
    let (candidates, len) = sizes.split_at(axes.len());
    let (candidates, len): (usize, usize) = (candidates.iter().product(), len.iter().product());
    // There may be any number of empty candidates: one says as much.
    let candidates = if len == 0 { 1 } else { candidates };
    let candidate = |i: usize| &moved.as_slice()[i * len..(i + 1) * len];
    choose(&(0..candidates).map(candidate).collect::<Vec<_>>()).ok_or(Fault::Level)
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

/// Running sums along an axis.
fn running<A: Semiring>(x: &AnyTensor<A>, axis: usize, reverse: bool) -> Vec<A> {
    let mut out = x.as_slice().to_vec();
    if out.is_empty() {
        return out;
    }
    let (_, len, inner) = around(x.dims(), axis);
    for row in out.chunks_exact_mut(len * inner) {
        for step in 1..len {
            let (before, here) = match reverse {
                false => {
                    let (before, here) = row.split_at_mut(step * inner);
                    (&before[(step - 1) * inner..], &mut here[..inner])
                }
                true => {
                    let (here, before) = row.split_at_mut((len - step) * inner);
                    (&before[..inner], &mut here[(len - step - 1) * inner..])
                }
            };
            for (sum, place) in before.iter().zip(here) {
                *place = sum.clone() + place.clone();
            }
        }
    }
    out
}

impl Primitive for CumSum {
    fn name(&self) -> String {
        "cumsum".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        let mut all = vec![self.axis.into()];
        if self.reverse {
            all.push("reverse".into());
        }
        all
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        let (axis, reverse) = match (name, parameters) {
            ("cumsum", [axis]) => (axis, false),
            ("cumsum", [axis, Parameter::Word(word)]) if word == "reverse" => (axis, true),
            _ => return None,
        };
        Some(CumSum {
            axis: axis.number()?,
            reverse,
        })
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let fits = |x: &&Type| self.axis < x.dims().len();
        let x = single_scalars(x)
            .filter(fits)
            .ok_or("one value of scalars that has this axis")?;
        Ok(vec![x.clone()])
    }
    fn level(&self) -> Level {
        Level::Semiring
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        Ok(scalar_value(
            y,
            running(scalars(x, 0), self.axis, self.reverse),
        ))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        linear(b, self, x, dx)
    }
    fn vjp(
        &self,
        b: &mut Builder,
        _at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        pulled(
            b,
            dy,
            CumSum {
                reverse: !self.reverse,
                ..*self
            },
        )
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        _size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        batched(
            b,
            x,
            CumSum {
                axis: self.axis + 1,
                ..*self
            },
        )
    }
    fn degrees(&self, x: &[Degree], site: &Site<'_>) -> Degrees {
        Degrees::one(x[0].summed(site.x[0].dims()[self.axis]))
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        // Linear in the argument that is zero.
        AtZeros::Zero
    }

    fn mutants(&self, site: &Site<'_>) -> Vec<(String, Prim)> {
        let opposite = CumSum {
            reverse: !self.reverse,
            ..*self
        };
        let others = other_axes(site.x[0].dims().len(), &[self.axis]).into_iter();
        let others = others.map(|axis| CumSum { axis, ..*self });
        let all = core::iter::once(opposite).chain(others);
        all.map(|other| ("index".to_owned(), other.into()))
            .collect()
    }
}

/// The largest and the smallest are found in the same way, among values of one sign or of the other.
macro_rules! argument_of {
    ($Name:ident $name:literal $which:literal $signed:expr) => {
        impl Primitive for $Name {
            fn name(&self) -> String {
                $name.to_owned()
            }
            fn parameters(&self) -> Vec<Parameter> {
                vec![self.0.into()]
            }
            fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
                match parameters {
                    [axis] if name == $name => axis.number().map($Name),
                    _ => None,
                }
            }
            fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
                let fits = |x: &&Type| self.0 < x.dims().len();
                let x = single_scalars(x)
                    .filter(fits)
                    .ok_or("one value of scalars that has this axis")?;
                match x.dims()[self.0] {
                    0 => Err(concat!("an element to be the ", $which).to_owned()),
                    below => Ok(vec![Type::Index {
                        dims: kept(x.dims(), &[self.0]),
                        below,
                    }]),
                }
            }
            fn level(&self) -> Level {
                Level::OrderedField
            }
            fn run<A: Semiring>(
                &self,
                x: &[&Value<A>],
                y: &[Type],
                _interpreter: &impl Interpreter<A>,
            ) -> Result<Vec<Value<A>>, Fault> {
                let x = $signed(scalars(x, 0))?;
                let found = among(&x, &[self.0], |candidates| A::kernels().argmax(candidates))?;
                let decided = found.into_iter().enumerate();
                let decided =
                    decided.map(|(element, found)| found.ok_or(Fault::Undecided { element }));
                let data = decided.collect::<Result<_, _>>()?;
                let tensor = AnyTensor::from_parts(y[0].dims().clone(), data);
                Ok(vec![Value::Index(Indices::from_parts(
                    x.dims()[self.0],
                    tensor,
                ))])
            }
            fn jvp(
                &self,
                b: &mut Builder,
                x: &[usize],
                _dx: &[Change],
            ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
                constant(b, self, x)
            }
            fn vjp(
                &self,
                _b: &mut Builder,
                _at: &Pullback<'_>,
                _dy: &[Change],
            ) -> Result<Vec<Change>, ProgramError> {
                Ok(vec![None])
            }
            fn batch(
                &self,
                b: &mut Builder,
                x: &[Batched],
                _size: usize,
            ) -> Result<Vec<Batched>, ProgramError> {
                batched(b, x, $Name(self.0 + 1))
            }
            fn degrees(&self, _x: &[Degree], site: &Site<'_>) -> Degrees {
                Degrees {
                    results: vec![Degree::CONSTANT],
                    ..Degrees::oracle(site)
                }
            }
            fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
                0
            }
            fn is_drawn(&self) -> bool {
                true
            }

            fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
                AtZeros::Computed
            }

            fn mutants(&self, site: &Site<'_>) -> Vec<(String, Prim)> {
                let others = other_axes(site.x[0].dims().len(), &[self.0]).into_iter();
                others
                    .map(|axis| ("index".to_owned(), $Name(axis).into()))
                    .collect()
            }
        }
    };
}

argument_of!(ArgMax "argmax" "largest" as_it_is);
argument_of!(ArgMin "argmin" "smallest" negated);

/// The value itself.
fn as_it_is<A: Semiring>(x: &AnyTensor<A>) -> Result<AnyTensor<A>, Fault> {
    Ok(x.clone())
}

/// The value times -1: of numbers the smallest becomes the largest, and a NaN stays one.
fn negated<A: Semiring>(x: &AnyTensor<A>) -> Result<AnyTensor<A>, Fault> {
    let data = A::kernels().unary(Unary::Neg, x.as_slice());
    Ok(AnyTensor::from_parts(
        x.dims().clone(),
        data.ok_or(Fault::Level)?,
    ))
}
