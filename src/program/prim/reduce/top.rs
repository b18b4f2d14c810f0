//! Where the largest few are.

use super::along::among;
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::axes::other_axes;
use crate::program::prim::linear::constant;
use crate::program::prim::scalars::scalars;
use crate::program::prim::single::{batched, single_scalars};
use crate::program::prim::strided::around;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::TopK;
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{AnyTensor, Indices, Type, Value};

/// For each element of the candidates, the first `count` of them in order: the largest, then the largest of the others.
fn ranked<A: Semiring>(candidates: &[&[A]], count: usize) -> Option<Vec<Vec<Option<usize>>>> {
    let elements = candidates.first().map_or(0, |candidate| candidate.len());
    let of_element = |element: usize| {
        let mut left: Vec<usize> = (0..candidates.len()).collect();
        let mut ranks = Vec::with_capacity(count);
        for _ in 0..count {
            let others = left.iter().map(|&i| &candidates[i][element..=element]);
            let found = A::kernels().argmax(&others.collect::<Vec<_>>())?;
            // Where it cannot be decided, neither can what comes after it.
            let Some(place) = found.into_iter().next().flatten() else {
                ranks.resize(count, None);
                break;
            };
            ranks.push(Some(left.remove(place)));
        }
        Some(ranks)
    };
    (0..elements).map(of_element).collect()
}

impl Primitive for TopK {
    fn name(&self) -> String {
        "top_k".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![self.axis.into(), self.count.into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("top_k", [axis, count]) => Some(TopK {
                axis: axis.number()?,
                count: count.number()?,
            }),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let fits = |x: &&Type| {
            x.dims()
                .get(self.axis)
                .is_some_and(|&dim| self.count <= dim)
        };
        let x = single_scalars(x)
            .filter(fits)
            .ok_or("one value of scalars that has so many entries along this axis")?;
        let below = x.dims()[self.axis];
        let at = |(axis, &dim)| if axis == self.axis { self.count } else { dim };
        let dims = x.dims().iter().enumerate().map(at).collect();
        Ok(vec![Type::Index { dims, below }])
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
        let x = scalars(x, 0);
        let (outer, below, inner) = around(x.dims(), self.axis);
        let ranked = match y[0].dims().count() {
            0 => Vec::new(),
            _ => among(x, &[self.axis], |all| ranked(all, self.count))?,
        };
        let mut data = Vec::with_capacity(y[0].dims().count());
        for of_rows in ranked.chunks(inner.max(1)).take(outer) {
            for rank in 0..self.count {
                for ranks in of_rows {
                    let element = data.len();
                    data.push(ranks[rank].ok_or(Fault::Undecided { element })?);
                }
            }
        }
        let tensor = AnyTensor::from_parts(y[0].dims().clone(), data);
        Ok(vec![Value::Index(Indices::from_parts(below, tensor))])
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
        let (axis, count) = (self.axis + 1, self.count);
        batched(b, x, TopK { axis, count })
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
        let others = other_axes(site.x[0].dims().len(), &[self.axis]).into_iter();
        let count = self.count;
        others
            .map(|axis| ("index".to_owned(), TopK { axis, count }.into()))
            .collect()
    }
}
