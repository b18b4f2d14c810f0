//! Running sums.

use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::axes::other_axes;
use crate::program::prim::linear::linear;
use crate::program::prim::scalars::{scalar_value, scalars};
use crate::program::prim::single::{batched, pulled, single_scalars};
use crate::program::prim::strided::around;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::CumSum;
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{AnyTensor, Type, Value};

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
