//! Each element times a number, plus a number, or in another precision.

use super::scalars::{batch_each, each, level_of, same_scalars, scalar_value, scalars};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::linear::linear;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{Cast, Offset, Scale};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Precision, Semiring};
use crate::tensor::{Type, Value};

impl Primitive for Scale {
    fn name(&self) -> String {
        "scale".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::Literal(self.0)]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("scale", [c]) => c.literal().map(Scale),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let ty = same_scalars(x, 1).ok_or("one value of scalars")?;
        Ok(vec![ty.clone()])
    }
    fn level(&self) -> Level {
        level_of(self.0)
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let c = A::kernels().literal(self.0).ok_or(Fault::Level)?;
        Ok(scalar_value(y, each(scalars(x, 0), |x| x * c.clone())))
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
        match dy[0] {
            Some(dy) => Ok(vec![Some(b.push(self.clone(), &[dy])?)]),
            None => Ok(vec![None]),
        }
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        batch_each(b, self, x, size)
    }
    fn degrees(&self, x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(x[0])
    }
    fn multiply_adds(&self, site: &Site<'_>) -> u64 {
        site.y[0].dims().count() as u64
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

impl Primitive for Offset {
    fn name(&self) -> String {
        "offset".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::Literal(self.0)]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("offset", [c]) => c.literal().map(Offset),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let ty = same_scalars(x, 1).ok_or("one value of scalars")?;
        Ok(vec![ty.clone()])
    }
    fn level(&self) -> Level {
        level_of(self.0)
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let c = A::kernels().literal(self.0).ok_or(Fault::Level)?;
        Ok(scalar_value(y, each(scalars(x, 0), |x| x + c.clone())))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        Ok((b.push_all(self.clone(), x)?, vec![dx[0]]))
    }
    fn vjp(
        &self,
        _b: &mut Builder,
        _at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        Ok(vec![dy[0]])
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        batch_each(b, self, x, size)
    }
    fn degrees(&self, x: &[Degree], _site: &Site<'_>) -> Degrees {
        Degrees::one(x[0].plus(Degree::CONSTANT))
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

impl Primitive for Cast {
    fn name(&self) -> String {
        "cast".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::Word(self.0.to_string())]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("cast", [Parameter::Word(word)]) => {
                let all = [Precision::Run, Precision::Single, Precision::Double];
                all.into_iter().find(|p| p.to_string() == *word).map(Cast)
            }
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let ty = same_scalars(x, 1).ok_or("one value of scalars")?;
        Ok(vec![Type::Scalar(ty.dims().clone(), self.0)])
    }
    fn level(&self) -> Level {
        Level::Semiring
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        _y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        // The interpreter rounds every result to the precision of its type.
        Ok(vec![x[0].clone()])
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
        match (dy[0], b.ty(at.x[0])?) {
            (Some(dy), &Type::Scalar(_, precision)) => {
                Ok(vec![Some(b.push(Cast(precision), &[dy])?)])
            }
            (_, Type::Scalar(..) | Type::Index { .. } | Type::Key(_)) => Ok(vec![None]),
        }
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        batch_each(b, self, x, size)
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
