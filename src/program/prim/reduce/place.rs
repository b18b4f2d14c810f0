//! Where the largest and the smallest are.

use super::along::{among, kept};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::axes::other_axes;
use crate::program::prim::linear::constant;
use crate::program::prim::scalars::scalars;
use crate::program::prim::single::{batched, single_scalars};
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{ArgMax, ArgMin};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring, Unary};
use crate::tensor::{AnyTensor, Indices, Type, Value};

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
