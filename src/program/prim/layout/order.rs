//! The same elements in another order, or more than once: reshaped, permuted, repeated.

use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::axes::{are_increasing, other_axes, replaced, shifted, swapped};
use crate::program::prim::linear::linear;
use crate::program::prim::single::{batched, pulled, single};
use crate::program::prim::strided::{Axis, View};
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{Broadcast, Permute, Reshape};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{Dims, Type, Value};

impl Primitive for Reshape {
    fn name(&self) -> String {
        "reshape".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![(&self.0).into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("reshape", [dims]) => Some(Reshape(Dims::new(dims.list()?))),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let fits = |x: &&Type| x.dims().count() == self.0.count();
        let x = single(x)
            .filter(fits)
            .ok_or("one value with as many elements")?;
        Ok(vec![x.with_dims(self.0.clone())])
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
        let all = Axis {
            dim: self.0.count(),
            stride: 1,
        };
        Ok(vec![View::new(0, [all]).value(x[0], &y[0])])
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
        let dims = b.dims(at.x[0])?;
        pulled(b, dy, Reshape(dims))
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        batched(b, x, Reshape(self.0.with_leading(size)))
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
        Vec::new()
    }
}

impl Primitive for Permute {
    fn name(&self) -> String {
        "permute".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![self.0.as_slice().into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("permute", [axes]) => Some(Permute(axes.list()?.to_vec())),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let axes = &self.0;
        let fits = |x: &&Type| {
            let rank = x.dims().len();
            axes.len() == rank && (0..rank).all(|axis| axes.contains(&axis))
        };
        let x = single(x)
            .filter(fits)
            .ok_or("one value, and each of its axes once")?;
        Ok(vec![x.with_dims(
            axes.iter().map(|&axis| x.dims()[axis]).collect(),
        )])
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
        let strides: Vec<_> = self.0.iter().map(|&axis| strides[axis]).collect();
        Ok(vec![View::of(0, y[0].dims(), &strides).value(x[0], &y[0])])
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
        let mut inverse = vec![0; self.0.len()];
        for (to, &from) in self.0.iter().enumerate() {
            inverse[from] = to;
        }
        pulled(b, dy, Permute(inverse))
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        _size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        let axes = core::iter::once(0).chain(shifted(&self.0)).collect();
        batched(b, x, Permute(axes))
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
        let others = swapped(&self.0).into_iter();
        others
            .map(|axes| ("transposition".to_owned(), Permute(axes).into()))
            .collect()
    }
}

impl Primitive for Broadcast {
    fn name(&self) -> String {
        "broadcast".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![(&self.0).into(), self.1.as_slice().into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("broadcast", [dims, axes]) => {
                Some(Broadcast(Dims::new(dims.list()?), axes.list()?.to_vec()))
            }
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let Broadcast(dims, axes) = self;
        let fits = |x: &&Type| {
            axes.len() == x.dims().len()
                && are_increasing(axes, dims.len())
                && axes
                    .iter()
                    .zip(x.dims().iter())
                    .all(|(&to, &dim)| dims[to] == dim)
        };
        let expected = "one value whose axes keep their dims and their order";
        let x = single(x).filter(fits).ok_or(expected)?;
        Ok(vec![x.with_dims(dims.clone())])
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
        let Broadcast(dims, axes) = self;
        let mut strides = vec![0; dims.len()];
        for (&to, stride) in axes.iter().zip(x[0].dims().strides()) {
            strides[to] = stride;
        }
        Ok(vec![View::of(0, dims, &strides).value(x[0], &y[0])])
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
        let repeated = other_axes(self.0.len(), &self.1);
        match dy[0] {
            Some(dy) if !repeated.is_empty() => Ok(vec![Some(b.sum_over(dy, repeated)?)]),
            same => Ok(vec![same]),
        }
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        let axes = core::iter::once(0).chain(shifted(&self.1)).collect();
        batched(b, x, Broadcast(self.0.with_leading(size), axes))
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
        let others = replaced(&self.1, self.0.len()).into_iter();
        let other = |axes| Broadcast(self.0.clone(), axes).into();
        others
            .map(|axes| ("index".to_owned(), other(axes)))
            .collect()
    }
}
