//! Derivatives of programs: a rule for each primitive, in primitives, so that derivatives have derivatives.
//!
//! Rules that an op does not write come from here. That they are right is shown by the same laws that judge the rules
//! which ops do write.

use super::{Prim, Program, ProgramError, Reduction};
use crate::scalar::{Binary, Derivative, Expressions, Literal, Unary};
use crate::tensor::Dims;

impl Program {
    /// From `x… -> y`, the program `x… y dx… -> dy` of its tangent. Only the first output counts.
    ///
    /// # Errors
    /// [`ProgramError::NoValue`] if there is no output.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::program::{Prim, Program};
    /// use cotangent::scalar::Binary;
    /// use cotangent::tensor::Dims;
    /// let mut square = Program::new(&[Dims::of::<shape![]>()]);
    /// let y = square.push(Prim::Binary(Binary::Mul), &[0, 0])?;
    /// square.set_outputs(&[y])?;
    /// // x, y and dx: at 3, in direction 1.
    /// let tangent = square.jvp()?.run(&[3.0, 9.0, 1.0].map(AnyTensor::scalar), &[])?;
    /// assert_eq!(tangent, [AnyTensor::scalar(6.0)]);
    /// # Ok::<(), cotangent::program::ProgramError>(())
    /// ```
    pub fn jvp(&self) -> Result<Program, ProgramError> {
        let (mut b, y) = Builder::over(self, true)?;
        let first = self.inputs().len() + 1;
        let mut tangents: Vec<_> = (0..self.inputs().len()).map(|i| Some(first + i)).collect();
        for (i, instruction) in self.instructions().iter().enumerate() {
            let dx: Vec<_> = instruction
                .arguments
                .iter()
                .map(|&id| tangents[id])
                .collect();
            let value = b.here[self.inputs().len() + i];
            let x: Vec<_> = instruction.arguments.iter().map(|&id| b.here[id]).collect();
            tangents.push(b.tangent(&instruction.prim, &x, value, &dx)?);
        }
        let output = match tangents[y] {
            Some(id) => id,
            None => b.zeros(self.dims(y)?)?,
        };
        b.program.set_outputs(&[output])?;
        Ok(b.program.pruned())
    }

    /// From `x… -> y`, the program `x… y dy -> dx…` of its cotangents. Only the first output counts.
    ///
    /// # Errors
    /// [`ProgramError::NoValue`] if there is no output.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::program::{Prim, Program};
    /// use cotangent::scalar::Binary;
    /// use cotangent::tensor::Dims;
    /// let mut product = Program::new(&vec![Dims::of::<shape![]>(); 2]);
    /// let z = product.push(Prim::Binary(Binary::Mul), &[0, 1])?;
    /// product.set_outputs(&[z])?;
    /// // x, y, z and dz.
    /// let cotangents = product.vjp()?.run(&[3.0, 4.0, 12.0, 1.0].map(AnyTensor::scalar), &[])?;
    /// assert_eq!(cotangents, [4.0, 3.0].map(AnyTensor::scalar));
    /// # Ok::<(), cotangent::program::ProgramError>(())
    /// ```
    pub fn vjp(&self) -> Result<Program, ProgramError> {
        let (mut b, y) = Builder::over(self, false)?;
        let inputs = self.inputs().len();
        let mut cotangents: Vec<Option<usize>> = vec![None; self.size()];
        cotangents[y] = Some(inputs + 1);
        for (i, instruction) in self.instructions().iter().enumerate().rev() {
            let id = inputs + i;
            let Some(dy) = cotangents[id] else { continue };
            let x: Vec<_> = instruction.arguments.iter().map(|&id| b.here[id]).collect();
            let contributions = b.cotangents(&instruction.prim, &x, b.here[id], dy)?;
            for (&parent, contribution) in instruction.arguments.iter().zip(contributions) {
                cotangents[parent] = b.sum(cotangents[parent], contribution)?;
            }
        }
        let mut outputs = Vec::with_capacity(inputs);
        for (dims, cotangent) in self.inputs().iter().zip(&cotangents) {
            outputs.push(match *cotangent {
                Some(id) => id,
                None => b.zeros(dims.clone())?,
            });
        }
        b.program.set_outputs(&outputs)?;
        Ok(b.program.pruned())
    }
}

/// A program that begins with all the values of another.
struct Builder {
    program: Program,
    /// The values of the other program, by id.
    here: Vec<usize>,
}

/// A tangent or a cotangent; `None` is zero.
type Change = Option<usize>;

impl Builder {
    /// The values of `forward`, its output `y` being an input of the new program; and the id of `y` in `forward`.
    fn over(forward: &Program, tangents: bool) -> Result<(Self, usize), ProgramError> {
        let size = forward.size();
        let y = *forward
            .outputs()
            .first()
            .ok_or(ProgramError::NoValue { size, id: size })?;
        let x = forward.inputs();
        let dims = forward.dims(y)?;
        let dims = std::slice::from_ref(&dims);
        let changes = if tangents { x } else { dims };
        let mut b = Builder {
            program: Program::new(&[x, dims, changes].concat()),
            here: (0..x.len()).collect(),
        };
        for (i, instruction) in forward.instructions().iter().enumerate() {
            let id = match x.len() + i == y {
                true => x.len(),
                false => {
                    let arguments: Vec<_> =
                        instruction.arguments.iter().map(|&id| b.here[id]).collect();
                    b.program.push(instruction.prim.clone(), &arguments)?
                }
            };
            b.here.push(id);
        }
        Ok((b, y))
    }

    fn push(&mut self, prim: Prim, arguments: &[usize]) -> Result<usize, ProgramError> {
        self.program.push(prim, arguments)
    }

    fn zeros(&mut self, dims: Dims) -> Result<usize, ProgramError> {
        self.push(Prim::Full(dims, Literal::ratio(0, 1)), &[])
    }

    fn sum(&mut self, x: Change, y: Change) -> Result<Change, ProgramError> {
        Ok(match (x, y) {
            (Some(x), Some(y)) => Some(self.push(Prim::Binary(Binary::Add), &[x, y])?),
            (one, None) | (None, one) => one,
        })
    }

    fn times(
        &mut self,
        derivative: &Derivative<usize>,
        change: usize,
    ) -> Result<Change, ProgramError> {
        Ok(match derivative {
            Derivative::Zero => None,
            Derivative::One => Some(change),
            Derivative::Minus => Some(self.push(Prim::Unary(Unary::Neg), &[change])?),
            Derivative::Times(slope) => {
                Some(self.push(Prim::Binary(Binary::Mul), &[*slope, change])?)
            }
        })
    }

    /// The partial derivatives of an elementwise primitive, from the table.
    fn partials(&mut self, prim: &Prim, x: &[usize], y: usize) -> Option<Vec<Derivative<usize>>> {
        match (prim, x) {
            (Prim::Unary(f), &[x]) => Some(vec![f.derivative(self, &x, &y)?]),
            (Prim::Binary(f), &[a, b]) => Some(f.derivatives(self, &a, &b, &y)?.to_vec()),
            _ => None,
        }
    }

    /// For a maximum over axes: where the argument is as large as its maximum, divided by how often it is.
    fn largest(&mut self, x: usize, y: usize, axes: &[usize]) -> Result<usize, ProgramError> {
        let dims = self.program.dims(x)?;
        let along = Prim::Broadcast(dims.clone(), kept(&dims, axes));
        let largest = self.push(along.clone(), &[y])?;
        let below = self.push(Prim::Binary(Binary::Sub), &[largest, x])?;
        let below = self.push(Prim::Unary(Unary::Step), &[below])?;
        let one = self.push(Prim::Full(dims, Literal::ratio(1, 1)), &[])?;
        let share = self.push(Prim::Binary(Binary::Sub), &[one, below])?;
        let total = self.push(Prim::Reduce(Reduction::Sum, axes.to_vec()), &[share])?;
        let total = self.push(along, &[total])?;
        self.push(Prim::Binary(Binary::Div), &[share, total])
    }

    /// The tangent of a value, from the tangents of its arguments.
    fn tangent(
        &mut self,
        prim: &Prim,
        x: &[usize],
        y: usize,
        dx: &[Change],
    ) -> Result<Change, ProgramError> {
        if dx.iter().all(Option::is_none) {
            return Ok(None);
        }
        if let Some(partials) = self.partials(prim, x, y) {
            let mut total = None;
            for (derivative, change) in partials.iter().zip(dx) {
                if let Some(change) = *change {
                    let part = self.times(derivative, change)?;
                    total = self.sum(total, part)?;
                }
            }
            return Ok(total);
        }
        match prim {
            Prim::Offset(_) => Ok(dx[0]),
            Prim::Select => {
                let (dims, mut changes) = (self.program.dims(y)?, [x[0], 0, 0]);
                for (i, place) in changes.iter_mut().enumerate().skip(1) {
                    *place = match dx[i] {
                        Some(id) => id,
                        None => self.zeros(dims.clone())?,
                    };
                }
                match dx[1..] {
                    [None, None] => Ok(None),
                    _ => Ok(Some(self.push(Prim::Select, &changes)?)),
                }
            }
            Prim::MatMul { .. } => {
                let mut total = None;
                if let Some(da) = dx[0] {
                    let part = self.push(prim.clone(), &[da, x[1]])?;
                    total = Some(part);
                }
                if let Some(db) = dx[1] {
                    let part = self.push(prim.clone(), &[x[0], db])?;
                    total = self.sum(total, Some(part))?;
                }
                Ok(total)
            }
            Prim::Reduce(Reduction::Max, axes) => {
                let share = self.largest(x[0], y, axes)?;
                let part =
                    self.push(Prim::Binary(Binary::Mul), &[share, dx[0].unwrap_or(share)])?;
                Ok(Some(self.push(
                    Prim::Reduce(Reduction::Sum, axes.clone()),
                    &[part],
                )?))
            }
            // The others are linear in all their arguments together.
            _ => {
                let mut arguments = Vec::with_capacity(dx.len());
                for (&x, change) in x.iter().zip(dx) {
                    arguments.push(match *change {
                        Some(id) => id,
                        None => {
                            let dims = self.program.dims(x)?;
                            self.zeros(dims)?
                        }
                    });
                }
                Ok(Some(self.push(prim.clone(), &arguments)?))
            }
        }
    }

    /// The cotangents of the arguments of a value, from its own.
    fn cotangents(
        &mut self,
        prim: &Prim,
        x: &[usize],
        y: usize,
        dy: usize,
    ) -> Result<Vec<Change>, ProgramError> {
        if let Some(partials) = self.partials(prim, x, y) {
            return partials
                .iter()
                .map(|derivative| self.times(derivative, dy))
                .collect();
        }
        let dims: Vec<Dims> = x
            .iter()
            .map(|&id| self.program.dims(id))
            .collect::<Result<_, _>>()?;
        let one = |id: usize| Ok(vec![Some(id)]);
        match prim {
            Prim::Full(..) | Prim::Mask { .. } => Ok(vec![]),
            Prim::Unary(_) | Prim::Binary(_) => {
                unreachable!(
                    "elementwise functions are in the table, which programs can always write"
                )
            }
            Prim::Offset(_) => one(dy),
            Prim::Scale(_) => one(self.push(prim.clone(), &[dy])?),
            Prim::Select => {
                let zero = self.zeros(dims[0].clone())?;
                let chosen = self.push(Prim::Select, &[x[0], dy, zero])?;
                let other = self.push(Prim::Select, &[x[0], zero, dy])?;
                Ok(vec![None, Some(chosen), Some(other)])
            }
            &Prim::MatMul { ta, tb } => {
                let (a, b) = (x[0], x[1]);
                // y = A B, where A is a or its transpose: dA = dy Bᵀ, dB = Aᵀ dy.
                let da = match ta {
                    false => self.push(Prim::MatMul { ta: false, tb: !tb }, &[dy, b])?,
                    true => self.push(Prim::MatMul { ta: tb, tb: true }, &[b, dy])?,
                };
                let db = match tb {
                    false => self.push(Prim::MatMul { ta: !ta, tb: false }, &[a, dy])?,
                    true => self.push(Prim::MatMul { ta: true, tb: ta }, &[dy, a])?,
                };
                Ok(vec![Some(da), Some(db)])
            }
            Prim::Reduce(Reduction::Sum, axes) => one(self.push(
                Prim::Broadcast(dims[0].clone(), kept(&dims[0], axes)),
                &[dy],
            )?),
            Prim::Reduce(Reduction::Max, axes) => {
                let share = self.largest(x[0], y, axes)?;
                let along = Prim::Broadcast(dims[0].clone(), kept(&dims[0], axes));
                let dy = self.push(along, &[dy])?;
                one(self.push(Prim::Binary(Binary::Mul), &[share, dy])?)
            }
            Prim::Reshape(_) => one(self.push(Prim::Reshape(dims[0].clone()), &[dy])?),
            Prim::Permute(axes) => {
                let mut inverse = vec![0; axes.len()];
                for (to, &from) in axes.iter().enumerate() {
                    inverse[from] = to;
                }
                one(self.push(Prim::Permute(inverse), &[dy])?)
            }
            Prim::Broadcast(large, axes) => {
                let repeated = kept(large, axes);
                one(self.push(Prim::Reduce(Reduction::Sum, repeated), &[dy])?)
            }
            &Prim::Concat(axis) => {
                let (first, second) = (dims[0][axis], dims[1][axis]);
                let a = self.push(
                    Prim::Slice {
                        axis,
                        start: 0,
                        len: first,
                    },
                    &[dy],
                )?;
                let b = self.push(
                    Prim::Slice {
                        axis,
                        start: first,
                        len: second,
                    },
                    &[dy],
                )?;
                Ok(vec![Some(a), Some(b)])
            }
            &Prim::Slice { axis, start, .. } => {
                let len = dims[0][axis];
                one(self.push(Prim::Pad { axis, start, len }, &[dy])?)
            }
            &Prim::Pad { axis, start, .. } => {
                let len = dims[0][axis];
                one(self.push(Prim::Slice { axis, start, len }, &[dy])?)
            }
            &Prim::CumSum { axis, reverse } => one(self.push(
                Prim::CumSum {
                    axis,
                    reverse: !reverse,
                },
                &[dy],
            )?),
            Prim::Unfold(window) => {
                let image = [dims[0][dims[0].len() - 2], dims[0][dims[0].len() - 1]];
                one(self.push(Prim::Fold(*window, image), &[dy])?)
            }
            Prim::Fold(window, _) => one(self.push(Prim::Unfold(*window), &[dy])?),
            Prim::Gather { slot, index } => {
                let (slot, index) = (*slot, index.clone());
                let rows = dims[0][0];
                one(self.push(Prim::ScatterAdd { slot, index, rows }, &[dy])?)
            }
            Prim::ScatterAdd { slot, index, .. } => {
                let (slot, index) = (*slot, index.clone());
                one(self.push(Prim::Gather { slot, index }, &[dy])?)
            }
            &Prim::Pick { slot } => {
                let classes = dims[0].last().copied().unwrap_or(0);
                one(self.push(Prim::Place { slot, classes }, &[dy])?)
            }
            &Prim::Place { slot, .. } => one(self.push(Prim::Pick { slot }, &[dy])?),
        }
    }
}

/// The axes of `dims` that are not among `axes`.
fn kept(dims: &[usize], axes: &[usize]) -> Vec<usize> {
    (0..dims.len())
        .filter(|axis| !axes.contains(axis))
        .collect()
}

/// A program can write every expression of the table, so none of these is ever `None`: the dims are equal.
impl Expressions for Builder {
    type Value = usize;
    fn literal(&mut self, c: Literal, like: &usize) -> Option<usize> {
        let dims = self.program.dims(*like).ok()?;
        self.push(Prim::Full(dims, c), &[]).ok()
    }
    fn unary(&mut self, f: Unary, x: &usize) -> Option<usize> {
        self.push(Prim::Unary(f), &[*x]).ok()
    }
    fn binary(&mut self, f: Binary, x: &usize, y: &usize) -> Option<usize> {
        self.push(Prim::Binary(f), &[*x, *y]).ok()
    }
    fn select(&mut self, c: &usize, x: &usize, y: &usize) -> Option<usize> {
        self.push(Prim::Select, &[*c, *x, *y]).ok()
    }
}
