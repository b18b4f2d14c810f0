//! Parts of axes: joined, cut out, padded.

use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::axes::{other_axes, with_axis};
use crate::program::prim::linear::linear;
use crate::program::prim::scalars::scalars;
use crate::program::prim::single::{batched, pulled, single, single_scalars};
use crate::program::prim::strided::{View, around};
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{Concat, Pad, Slice};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{AnyTensor, Dims, Indices, Type, Value};

/// The type of values of one kind: indices have the largest of their bounds.
fn common(x: &[Type]) -> Option<Type> {
    let (first, rest) = x.split_first()?;
    rest.iter()
        .try_fold(first.clone(), |common, x| match (common, x) {
            (Type::Scalar(dims, precision), Type::Scalar(_, other)) if precision == *other => {
                Some(Type::Scalar(dims, precision))
            }
            (Type::Index { dims, below }, Type::Index { below: other, .. }) => Some(Type::Index {
                dims,
                below: below.max(*other),
            }),
            (Type::Key(dims), Type::Key(_)) => Some(Type::Key(dims)),
            (Type::Scalar(..) | Type::Index { .. } | Type::Key(_), _) => None,
        })
}

/// Tensors joined along an axis.
fn joined<E: Clone>(parts: &[&AnyTensor<E>], axis: usize, dims: &Dims) -> AnyTensor<E> {
    if let [only] = parts {
        return AnyTensor::clone(only);
    }
    let mut out = Vec::with_capacity(dims.count());
    if dims.count() == 0 {
        return AnyTensor::from_parts(dims.clone(), out); // of any number of empty rows
    }
    let (rows, _, inner) = around(dims, axis);
    for row in 0..rows {
        for part in parts {
            let len = part.dims()[axis] * inner;
            out.extend_from_slice(&part.as_slice()[row * len..(row + 1) * len]);
        }
    }
    AnyTensor::from_parts(dims.clone(), out)
}

impl Primitive for Concat {
    fn name(&self) -> String {
        "concat".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![self.0.into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("concat", [axis]) => axis.number().map(Concat),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let axis = self.0;
        let ty = common(x).ok_or("one or more values of one kind")?;
        let (rank, first) = (ty.dims().len(), ty.dims());
        let fits = |x: &Type| {
            let equal = |i: usize| i == axis || x.dims()[i] == first[i];
            x.dims().len() == rank && (0..rank).all(equal)
        };
        if axis >= rank || !x.iter().all(fits) {
            return Err("values that are equal on every other axis".to_owned());
        }
        let len = x
            .iter()
            .fold(0, |len: usize, x| len.saturating_add(x.dims()[axis]));
        Ok(vec![ty.with_dims(with_axis(first, axis, len))])
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
        let (axis, dims) = (self.0, y[0].dims());
        // `types` lets values of one kind through: each of these finds all arguments or none.
        let result = match &y[0] {
            Type::Scalar(..) => {
                let parts: Vec<_> = x.iter().filter_map(|x| x.tensor()).collect();
                Value::Scalar(joined(&parts, axis, dims))
            }
            Type::Index { below, .. } => {
                let parts = x.iter().filter_map(|x| match x {
                    Value::Index(x) => Some(x.tensor()),
                    Value::Scalar(_) | Value::Key(_) => None,
                });
                let elements = joined(&parts.collect::<Vec<_>>(), axis, dims);
                Value::Index(Indices::from_parts(*below, elements))
            }
            Type::Key(_) => {
                let parts = x.iter().filter_map(|x| match x {
                    Value::Key(x) => Some(x),
                    Value::Scalar(_) | Value::Index(_) => None,
                });
                Value::Key(joined(&parts.collect::<Vec<_>>(), axis, dims))
            }
        };
        Ok(vec![result])
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
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let axis = self.0;
        let (mut start, mut all) = (0, Vec::with_capacity(at.x.len()));
        for (&x, &wanted) in at.x.iter().zip(at.wanted) {
            let len = b.dims(x)?[axis];
            all.push(match dy[0] {
                Some(dy) if wanted && at.x.len() > 1 => {
                    Some(b.push(Slice { axis, start, len }, &[dy])?)
                }
                same if wanted => same,
                _ => None,
            });
            start += len;
        }
        Ok(all)
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        let mut arguments = Vec::with_capacity(x.len());
        for x in x {
            arguments.push(match x.batched {
                true => x.id,
                false => b.repeated(x.id, size)?,
            });
        }
        Ok(vec![Batched::yes(b.push(Concat(self.0 + 1), &arguments)?)])
    }
    fn degrees(&self, x: &[Degree], _site: &Site<'_>) -> Degrees {
        let all = x.iter().copied();
        Degrees::one(all.reduce(Degree::either).unwrap_or(Degree::CONSTANT))
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, zero: &[bool]) -> AtZeros {
        AtZeros::zero_if(!zero.contains(&false))
    }

    fn mutants(&self, site: &Site<'_>) -> Vec<(String, Prim)> {
        let others = other_axes(site.y[0].dims().len(), &[self.0]).into_iter();
        others
            .map(|axis| ("index".to_owned(), Concat(axis).into()))
            .collect()
    }
}

/// The places next to one.
fn neighbours(start: usize) -> impl Iterator<Item = usize> {
    [start.checked_sub(1), start.checked_add(1)]
        .into_iter()
        .flatten()
}

impl Primitive for Slice {
    fn name(&self) -> String {
        "slice".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        [self.axis, self.start, self.len]
            .map(Parameter::from)
            .to_vec()
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("slice", [axis, start, len]) => {
                let (axis, start, len) = (axis.number()?, start.number()?, len.number()?);
                Some(Slice { axis, start, len })
            }
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let &Slice { axis, start, len } = self;
        let fits = |x: &&Type| {
            let end = start.checked_add(len);
            x.dims()
                .get(axis)
                .is_some_and(|&dim| end.is_some_and(|end| end <= dim))
        };
        let x = single(x)
            .filter(fits)
            .ok_or("one value that has this part")?;
        Ok(vec![x.with_dims(with_axis(x.dims(), axis, len))])
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
        let strides = x[0].dims().strides();
        let first = self.start * strides[self.axis];
        Ok(vec![
            View::of(first, y[0].dims(), &strides).value(x[0], &y[0]),
        ])
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
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let &Slice { axis, start, .. } = self;
        let len = b.dims(at.x[0])?[axis];
        pulled(b, dy, Pad { axis, start, len })
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
            Slice {
                axis: self.axis + 1,
                ..*self
            },
        )
    }
    fn degrees(&self, x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(x[0])
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

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        let others = neighbours(self.start);
        others
            .map(|start| ("index".to_owned(), Slice { start, ..*self }.into()))
            .collect()
    }
}

impl Primitive for Pad {
    fn name(&self) -> String {
        "pad".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        [self.axis, self.start, self.len]
            .map(Parameter::from)
            .to_vec()
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("pad", [axis, start, len]) => {
                let (axis, start, len) = (axis.number()?, start.number()?, len.number()?);
                Some(Pad { axis, start, len })
            }
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let &Pad { axis, start, len } = self;
        let fits = |x: &&Type| {
            let end = |&dim: &usize| start.checked_add(dim);
            x.dims()
                .get(axis)
                .and_then(end)
                .is_some_and(|end| end <= len)
        };
        let x = single_scalars(x)
            .filter(fits)
            .ok_or("one value of scalars that fits")?;
        Ok(vec![x.with_dims(with_axis(x.dims(), axis, len))])
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
        let x = scalars(x, 0);
        let (rows, part, inner) = around(x.dims(), self.axis);
        let dims = y[0].dims();
        let mut out = Vec::with_capacity(dims.count());
        // There may be any number of empty rows.
        for row in 0..rows.min(dims.count()) {
            out.resize((row * self.len + self.start) * inner, A::zero());
            out.extend_from_slice(&x.as_slice()[row * part * inner..(row + 1) * part * inner]);
        }
        out.resize(dims.count(), A::zero());
        Ok(vec![Value::Scalar(AnyTensor::from_parts(
            dims.clone(),
            out,
        ))])
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
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let &Pad { axis, start, .. } = self;
        let len = b.dims(at.x[0])?[axis];
        pulled(b, dy, Slice { axis, start, len })
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
            Pad {
                axis: self.axis + 1,
                ..*self
            },
        )
    }
    fn degrees(&self, x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(x[0])
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

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        let others = neighbours(self.start);
        others
            .map(|start| ("index".to_owned(), Pad { start, ..*self }.into()))
            .collect()
    }
}
