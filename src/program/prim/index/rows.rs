//! Entries of an axis by their indices: gathered, and added back.

use super::entries::Entries;
use super::{check_bound, index_type, indices, with_axis};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::prim::linear::linear;
use crate::program::prim::scalars::{scalar_value, scalars};
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::{Gather, ScatterAdd};
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{AnyTensor, Dims, Indices, Type, Value};

/// The axes of the indices that a table does not share, if it shares the first `batch`.
fn own_axes<'d>(
    table: &[usize],
    indices: &'d [usize],
    batch: usize,
) -> Result<&'d [usize], String> {
    let shared = |dims: &'d [usize]| dims.split_at_checked(batch);
    match (table.get(..batch), shared(indices)) {
        (Some(here), Some((there, own))) if here == there => Ok(own),
        _ => {
            let axes = if batch == 1 { "axis" } else { "axes" };
            let first = if batch == 1 {
                String::new()
            } else {
                format!("{batch} ")
            };
            Err(format!("two values that agree on the first {first}{axes}"))
        }
    }
}

impl Gather {
    /// The dims of the result.
    fn dims(&self, table: &[usize], indices: &[usize]) -> Dims {
        let parts = [
            &table[..self.axis],
            &indices[self.batch..],
            &table[self.axis + 1..],
        ];
        parts.concat().into_iter().collect()
    }

    fn gather<T: Clone>(&self, table: &AnyTensor<T>, indices: &Indices, y: &Type) -> AnyTensor<T> {
        let dims = table.dims();
        let entries = Entries::of(dims, self.batch, self.axis);
        let mut out = Vec::with_capacity(y.dims().count());
        entries.each(indices.as_slice(), |from, _| {
            out.extend_from_slice(&table.as_slice()[from..from + entries.len]);
        });
        AnyTensor::from_parts(y.dims().clone(), out)
    }
}

impl Primitive for Gather {
    fn name(&self) -> String {
        "gather".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![self.batch.into(), self.axis.into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("gather", [batch, axis]) => Some(Gather {
                batch: batch.number()?,
                axis: axis.number()?,
            }),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let &Gather { batch, axis } = self;
        let [table, indices] = x else {
            return Err("a table and indices".to_owned());
        };
        let (indices, below) = index_type(indices).ok_or("a table and indices")?;
        if batch > axis {
            return Err(format!("an axis after the shared ones: {batch} or later"));
        }
        own_axes(table.dims(), indices, batch)?;
        let rows = table
            .dims()
            .get(axis)
            .ok_or_else(|| format!("a table with an axis {axis}"))?;
        check_bound(below, *rows)?;
        Ok(vec![table.with_dims(self.dims(table.dims(), indices))])
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
        let at = indices(x, 1);
        Ok(vec![match x[0] {
            Value::Scalar(table) => Value::Scalar(self.gather(table, at, &y[0])),
            Value::Key(table) => Value::Key(self.gather(table, at, &y[0])),
            Value::Index(table) => {
                let gathered = self.gather(table.tensor(), at, &y[0]);
                Value::Index(Indices::from_parts(table.below(), gathered))
            }
        }])
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
        let (Some(dy), true) = (dy[0], at.wanted[0]) else {
            return Ok(vec![None; 2]);
        };
        let &Gather { batch, axis } = self;
        let rows = b.ty(at.x[0])?.dims()[axis];
        let dx = b.push(ScatterAdd { batch, axis, rows }, &[dy, at.x[1]])?;
        Ok(vec![Some(dx), None])
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        let &Gather { batch, axis } = self;
        let one = match (x[0].batched, x[1].batched) {
            (true, false) if batch == 0 => Some(Gather {
                batch,
                axis: axis + 1,
            }),
            (false, true) if batch == 0 && axis == 0 => Some(self.clone()),
            (true | false, true | false) => None,
        };
        let id = match one {
            Some(prim) => b.push(prim, &[x[0].id, x[1].id])?,
            None => {
                let arguments = [with_axis(b, x[0], size)?, with_axis(b, x[1], size)?];
                b.push(
                    Gather {
                        batch: batch + 1,
                        axis: axis + 1,
                    },
                    &arguments,
                )?
            }
        };
        Ok(vec![Batched::yes(id)])
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

    fn mutants(&self, site: &Site<'_>) -> Vec<(String, Prim)> {
        let axes = self.batch..site.x[0].dims().len();
        let others = axes.filter(|&axis| axis != self.axis);
        let mutant = |axis| {
            Gather {
                batch: self.batch,
                axis,
            }
            .into()
        };
        others
            .map(|axis| ("index".to_owned(), mutant(axis)))
            .collect()
    }
}

impl ScatterAdd {
    /// The dims of the result. `axes` of the argument are those of the indices.
    fn dims(&self, x: &[usize], axes: usize) -> Dims {
        [&x[..self.axis], &[self.rows], &x[self.axis + axes..]]
            .concat()
            .into_iter()
            .collect()
    }
}

impl Primitive for ScatterAdd {
    fn name(&self) -> String {
        "scatter_add".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![self.batch.into(), self.axis.into(), self.rows.into()]
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("scatter_add", [batch, axis, rows]) => Some(ScatterAdd {
                batch: batch.number()?,
                axis: axis.number()?,
                rows: rows.number()?,
            }),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let &ScatterAdd { batch, axis, rows } = self;
        let expected = "scalars and indices";
        let (dims, indices) = match x {
            [Type::Scalar(dims, _), indices] => (dims, indices),
            _ => return Err(expected.to_owned()),
        };
        let (indices, below) = index_type(indices).ok_or(expected)?;
        if batch > axis {
            return Err(format!("an axis after the shared ones: {batch} or later"));
        }
        let own = own_axes(dims, indices, batch)?;
        if !dims.get(axis..).is_some_and(|rest| rest.starts_with(own)) {
            return Err(format!("scalars with the dims {own:?} from axis {axis} on"));
        }
        check_bound(below, rows)?;
        Ok(vec![x[0].with_dims(self.dims(dims, own.len()))])
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
        let (x, at) = (scalars(x, 0), indices(x, 1));
        let entries = Entries::of(y[0].dims(), self.batch, self.axis);
        let mut out = vec![A::zero(); y[0].dims().count()];
        entries.each(at.as_slice(), |to, from| {
            let from = &x.as_slice()[from..from + entries.len];
            for (place, x) in out[to..to + entries.len].iter_mut().zip(from) {
                let sum = core::mem::replace(place, A::zero());
                *place = sum + x.clone();
            }
        });
        Ok(scalar_value(y, out))
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
        let (Some(dy), true) = (dy[0], at.wanted[0]) else {
            return Ok(vec![None; 2]);
        };
        let &ScatterAdd { batch, axis, .. } = self;
        let dx = b.push(Gather { batch, axis }, &[dy, at.x[1]])?;
        Ok(vec![Some(dx), None])
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        let &ScatterAdd { batch, axis, rows } = self;
        let axis = axis + 1;
        let id = match x[0].batched && !x[1].batched && batch == 0 {
            true => b.push(ScatterAdd { batch, axis, rows }, &[x[0].id, x[1].id])?,
            false => {
                let arguments = [with_axis(b, x[0], size)?, with_axis(b, x[1], size)?];
                b.push(
                    ScatterAdd {
                        batch: batch + 1,
                        axis,
                        rows,
                    },
                    &arguments,
                )?
            }
        };
        Ok(vec![Batched::yes(id)])
    }
    fn degrees(&self, x: &[Degree], site: &Site<'_>) -> Degrees {
        // All entries may come to one place.
        let entries = site.x[1].dims()[self.batch..].iter().product();
        Degrees::one(x[0].summed(entries))
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
        let own = site.x[1].dims().len() - self.batch;
        let axes = self.batch..=site.x[0].dims().len() - own;
        let others = axes.filter(|&axis| axis != self.axis);
        let mutant = |axis| {
            ScatterAdd {
                axis,
                ..self.clone()
            }
            .into()
        };
        others
            .map(|axis| ("index".to_owned(), mutant(axis)))
            .collect()
    }
}
