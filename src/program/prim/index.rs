//! Primitives that take or make indices.

pub(crate) mod entries;
mod rows;
#[cfg(test)]
mod tests;

use super::scalars::scalar_value;
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::linear::constant;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{Iota, OneHot, ToScalar};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Literal, Semiring};
use crate::tensor::{AnyTensor, Dims, Indices, Type, Value};

/// The indices of an argument. `types` has let nothing else through.
pub(super) fn indices<'v, A>(x: &[&'v Value<A>], i: usize) -> &'v Indices {
    match x[i] {
        Value::Index(x) => x,
        Value::Scalar(_) | Value::Key(_) => unreachable!("the types of arguments are checked"),
    }
}

/// A value with the new axis of a batch.
pub(super) fn with_axis(b: &mut Builder, x: Batched, size: usize) -> Result<usize, ProgramError> {
    match x.batched {
        true => Ok(x.id),
        false => b.repeated(x.id, size),
    }
}

/// The dims and the bound of indices.
fn index_type(ty: &Type) -> Option<(&Dims, usize)> {
    match ty {
        Type::Index { dims, below } => Some((dims, *below)),
        Type::Scalar(..) | Type::Key(_) => None,
    }
}

/// The indices must be below the dim of the axis that they are along.
fn check_bound(below: usize, rows: usize) -> Result<(), String> {
    match below <= rows {
        true => Ok(()),
        false => Err(format!("indices below {rows}")),
    }
}

/// How many elements: in the batch, before the axis, and after it.
fn around(dims: &[usize], batch: usize, axis: usize) -> [usize; 3] {
    [&dims[..batch], &dims[batch..axis], &dims[axis + 1..]].map(|dims| dims.iter().product())
}

impl Primitive for OneHot {
    fn name(&self) -> String {
        "one_hot".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![self.0.into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("one_hot", [classes]) => classes.number().map(OneHot),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let [x] = x else {
            return Err("indices".to_owned());
        };
        let (dims, below) = index_type(x).ok_or("indices")?;
        check_bound(below, self.0)?;
        let dims = dims.iter().copied().chain([self.0]);
        Ok(vec![Type::scalar(dims.collect())])
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
        let mut data = vec![A::zero(); y[0].dims().count()];
        for (row, &index) in indices(x, 0).as_slice().iter().enumerate() {
            data[row * self.0 + index] = A::one();
        }
        Ok(scalar_value(y, data))
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
        Ok(vec![Batched {
            id: b.push(self.clone(), &[x[0].id])?,
            ..x[0]
        }])
    }
    fn degrees(&self, _x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(Degree::CONSTANT)
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        AtZeros::Computed
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        Vec::new()
    }
}

impl Primitive for Iota {
    fn name(&self) -> String {
        "iota".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![(&self.0).into(), self.1.into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("iota", [dims, axis]) => Some(Iota(Dims::new(dims.list()?), axis.number()?)),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        if !x.is_empty() {
            return Err("no argument".to_owned());
        }
        let dims = self.0.clone();
        match dims.get(self.1) {
            Some(&below) => Ok(vec![Type::Index { dims, below }]),
            None => Err(format!("dims with an axis {}", self.1)),
        }
    }
    fn level(&self) -> Level {
        Level::Semiring
    }
    fn run<A: Semiring>(
        &self,
        _x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let Iota(dims, axis) = self;
        let [_, outer, inner] = around(dims, 0, *axis);
        let row = (0..dims[*axis]).flat_map(|i| core::iter::repeat_n(i, inner));
        let data = (0..outer).flat_map(|_| row.clone()).collect();
        let tensor = AnyTensor::from_parts(y[0].dims().clone(), data);
        Ok(vec![Value::Index(Indices::from_parts(dims[*axis], tensor))])
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
        Ok(Vec::new())
    }
    fn batch(
        &self,
        b: &mut Builder,
        _x: &[Batched],
        _size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        let id = b.push(self.clone(), &[])?;
        Ok(vec![Batched { id, batched: false }])
    }
    fn degrees(&self, _x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(Degree::CONSTANT)
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        AtZeros::Computed
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        let others = (0..self.0.len()).filter(|&axis| axis != self.1);
        others
            .map(|axis| ("index".to_owned(), Iota(self.0.clone(), axis).into()))
            .collect()
    }
}

impl Primitive for ToScalar {
    fn name(&self) -> String {
        "to_scalar".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        (name == "to_scalar" && parameters.is_empty()).then_some(ToScalar)
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let [x] = x else {
            return Err("indices".to_owned());
        };
        let (dims, _) = index_type(x).ok_or("indices")?;
        Ok(vec![Type::scalar(dims.clone())])
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
        let kernels = A::kernels();
        let number = |&index: &usize| match i64::try_from(index) {
            // 0 exists in every semiring, whatever its table says.
            Ok(0) => Ok(A::zero()),
            Ok(index) => kernels
                .literal(Literal::Ratio(index, 1))
                .ok_or(Fault::Undefined),
            Err(_) => Err(Fault::Undefined),
        };
        let data = indices(x, 0)
            .as_slice()
            .iter()
            .map(number)
            .collect::<Result<_, _>>()?;
        Ok(scalar_value(y, data))
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
        Ok(vec![Batched {
            id: b.push(ToScalar, &[x[0].id])?,
            ..x[0]
        }])
    }
    fn degrees(&self, _x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(Degree::CONSTANT)
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        AtZeros::Computed
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        Vec::new()
    }
}
