//! Values without arguments.

use super::scalars::{level_of, literal, scalar_value};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::linear::constant;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{Constant, Elements, Full};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{AnyTensor, Dims, Indices, Type, Value};

impl Primitive for Full {
    fn name(&self) -> String {
        "full".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![(&self.0).into(), Parameter::Literal(self.1)]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("full", [dims, c]) => Some(Full(Dims::new(dims.list()?), c.literal()?)),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        match x {
            [] => Ok(vec![Type::scalar(self.0.clone())]),
            _ => Err("no argument".to_owned()),
        }
    }
    fn level(&self) -> Level {
        level_of(self.1)
    }
    fn run<A: Semiring>(
        &self,
        _x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        Ok(scalar_value(y, vec![literal::<A>(self.1)?; self.0.count()]))
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
        Vec::new()
    }
}

impl Primitive for Constant {
    fn name(&self) -> String {
        "constant".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        let dims = (&self.dims).into();
        match &self.elements {
            Elements::Scalars(all) => vec![dims, Parameter::Literals(all.clone())],
            Elements::Indices { below, elements } => {
                vec![dims, (*below).into(), elements.as_slice().into()]
            }
            Elements::Keys(all) => vec![dims, Parameter::Keys(all.clone())],
        }
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        let elements = match (name, parameters) {
            ("constant", [_, Parameter::Literals(all)]) => Elements::Scalars(all.clone()),
            ("constant", [_, Parameter::Keys(all)]) => Elements::Keys(all.clone()),
            ("constant", [_, below, Parameter::List(all)]) => Elements::Indices {
                below: below.number()?,
                elements: all.clone(),
            },
            _ => return None,
        };
        let dims = Dims::new(parameters[0].list()?);
        Some(Constant { dims, elements })
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let dims = self.dims.clone();
        let (count, ty) = match &self.elements {
            Elements::Scalars(all) => (all.len(), Type::scalar(dims)),
            Elements::Indices { below, elements } => {
                if elements.iter().any(|index| index >= below) {
                    return Err(format!("indices below {below}"));
                }
                (
                    elements.len(),
                    Type::Index {
                        dims,
                        below: *below,
                    },
                )
            }
            Elements::Keys(all) => (all.len(), Type::Key(dims)),
        };
        match x {
            [] if count == self.dims.count() => Ok(vec![ty]),
            [] => Err(format!(
                "{} elements, and it has {count}",
                self.dims.count()
            )),
            _ => Err("no argument".to_owned()),
        }
    }
    fn level(&self) -> Level {
        match &self.elements {
            Elements::Scalars(all) => all
                .iter()
                .map(|&c| level_of(c))
                .max()
                .unwrap_or(Level::Semiring),
            Elements::Indices { .. } | Elements::Keys(_) => Level::Semiring,
        }
    }
    fn run<A: Semiring>(
        &self,
        _x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let dims = self.dims.clone();
        match &self.elements {
            Elements::Scalars(all) => {
                let all: Result<Vec<A>, _> = all.iter().map(|&c| literal(c)).collect();
                Ok(scalar_value(y, all?))
            }
            Elements::Indices { below, elements } => {
                let tensor = AnyTensor::from_parts(dims, elements.clone());
                Ok(vec![Value::Index(Indices::from_parts(*below, tensor))])
            }
            Elements::Keys(all) => Ok(vec![Value::Key(AnyTensor::from_parts(dims, all.clone()))]),
        }
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
        Vec::new()
    }
}
