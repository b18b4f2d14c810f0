//! Comparisons, and one of two values at each element.

use super::scalars::{batch_each, same_scalars, scalar_value, scalars};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::linear::constant;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{Compare, Select};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Comparison, Level, Semiring};
use crate::tensor::{AnyTensor, Indices, Type, Value};

impl Primitive for Compare {
    fn name(&self) -> String {
        self.0.name().to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        let found = Comparison::ALL.iter().find(|f| f.name() == name);
        found.filter(|_| parameters.is_empty()).map(|&f| Compare(f))
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let ty = same_scalars(x, 2).ok_or("two values of scalars of the same dims")?;
        Ok(vec![Type::Index {
            dims: ty.dims().clone(),
            below: 2,
        }])
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
        let (a, c) = (scalars(x, 0).as_slice(), scalars(x, 1).as_slice());
        let holds = A::kernels().compare(self.0, a, c).ok_or(Fault::Level)?;
        let decided = holds
            .iter()
            .enumerate()
            .map(|(element, holds)| match holds {
                Some(holds) => Ok(usize::from(*holds)),
                None => Err(Fault::Undecided { element }),
            });
        let data = decided.collect::<Result<_, _>>()?;
        let tensor = AnyTensor::from_parts(y[0].dims().clone(), data);
        Ok(vec![Value::Index(Indices::from_parts(2, tensor))])
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
        at: &Pullback<'_>,
        _dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        Ok(vec![None; at.x.len()])
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        batch_each(b, self, x, size)
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

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        let other = match self.0 {
            Comparison::Less => Comparison::LessEqual,
            Comparison::LessEqual => Comparison::Less,
            Comparison::Equal => Comparison::Less,
        };
        vec![("comparison".to_owned(), Compare(other).into())]
    }
}

impl Primitive for Select {
    fn name(&self) -> String {
        "select".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        (name == "select" && parameters.is_empty()).then_some(Select)
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let ty = same_scalars(x, 3).ok_or("three values of scalars of the same dims")?;
        Ok(vec![ty.clone()])
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
        let [c, a, d] = [0, 1, 2].map(|i| scalars(x, i).as_slice());
        let data = A::kernels().select(c, a, d);
        Ok(scalar_value(y, data.ok_or(Fault::Level)?))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        let y = b.push(Select, x)?;
        if dx[1].is_none() && dx[2].is_none() {
            return Ok((vec![y], vec![None]));
        }
        let one = b.change_or_zeros(dx[1], y)?;
        let other = b.change_or_zeros(dx[2], y)?;
        Ok((vec![y], vec![Some(b.push(Select, &[x[0], one, other])?)]))
    }
    fn vjp(
        &self,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let Some(dy) = dy[0] else {
            return Ok(vec![None; 3]);
        };
        let zero = b.change_or_zeros(None, dy)?;
        let mut part = |wanted: bool, arguments: [usize; 3]| match wanted {
            true => b.push(Select, &arguments).map(Some),
            false => Ok(None),
        };
        let chosen = part(at.wanted[1], [at.x[0], dy, zero])?;
        let other = part(at.wanted[2], [at.x[0], zero, dy])?;
        Ok(vec![None, chosen, other])
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        batch_each(b, self, x, size)
    }
    fn degrees(&self, x: &[Degree], site: &Site<'_>) -> Degrees {
        // y + step(c) (x - y)
        let degree = x[2].plus(Degree::VARIABLE.times(x[1].plus(x[2])));
        Degrees {
            results: vec![degree],
            ..Degrees::oracle(site)
        }
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        0
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, zero: &[bool]) -> AtZeros {
        // Whichever of the two is chosen.
        AtZeros::zero_if(zero[1] && zero[2])
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        Vec::new()
    }
}
