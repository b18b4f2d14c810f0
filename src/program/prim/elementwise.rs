//! Functions of one and of two scalars, element by element.

use super::scalars::{batch_each, same_scalars, scalar_value, scalars};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::Select;
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Binary, Derivative, Expressions, Level, Literal, Semiring, Unary};
use crate::tensor::{AnyTensor, Type, Value};

/// A program writes the expressions of the derivative table. None of these is ever `None`: the dims are equal.
impl Expressions for Builder {
    type Value = usize;
    fn literal(&mut self, c: Literal, like: &usize) -> Option<usize> {
        self.full_like(*like, c).ok()
    }
    fn unary(&mut self, f: Unary, x: &usize) -> Option<usize> {
        self.push(f, &[*x]).ok()
    }
    fn binary(&mut self, f: Binary, x: &usize, y: &usize) -> Option<usize> {
        self.push(f, &[*x, *y]).ok()
    }
    fn select(&mut self, c: &usize, x: &usize, y: &usize) -> Option<usize> {
        self.push(Select, &[*c, *x, *y]).ok()
    }
}

/// A tangent or cotangent times a derivative of the table.
fn times(
    b: &mut Builder,
    derivative: &Derivative<usize>,
    change: usize,
) -> Result<Change, ProgramError> {
    Ok(match derivative {
        Derivative::Zero => None,
        Derivative::One => Some(change),
        Derivative::Minus => Some(b.push(Unary::Neg, &[change])?),
        Derivative::Times(slope) => Some(b.push(Binary::Mul, &[*slope, change])?),
    })
}

fn in_table<T>(derivative: Option<T>) -> T {
    match derivative {
        Some(derivative) => derivative,
        None => unreachable!("a program can write every expression of the table"),
    }
}

/// Some exact scalars panic on a division by zero: a program says where it is.
fn check_divisor<A: Semiring>(divisor: &AnyTensor<A>) -> Result<(), Fault> {
    match A::kernels().no_divisor(divisor.as_slice()) {
        None => Ok(()),
        Some(element) => Err(Fault::Division {
            element,
            divisor: divisor.as_slice()[element].to_string(),
        }),
    }
}

/// Why a table has no kernel: the scalar is too low, or it lacks this one function.
fn missing<A: Semiring>(needs: Level) -> Fault {
    match A::kernels().level() < needs {
        true => Fault::Level,
        false => Fault::Undefined,
    }
}

impl Primitive for Unary {
    fn name(&self) -> String {
        Unary::name(*self).to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        let found = Unary::ALL.iter().find(|f| f.name() == name);
        found.copied().filter(|_| parameters.is_empty())
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let ty = same_scalars(x, 1).ok_or("one value of scalars")?;
        Ok(vec![ty.clone()])
    }
    fn level(&self) -> Level {
        Unary::level(*self)
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let x = scalars(x, 0);
        if *self == Unary::Recip {
            check_divisor(x)?;
        }
        let data = A::kernels().unary(*self, x.as_slice());
        Ok(scalar_value(
            y,
            data.ok_or(missing::<A>(Unary::level(*self)))?,
        ))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        let y = b.push(*self, x)?;
        let dy = match dx[0] {
            Some(dx) => {
                let slope = in_table(self.derivative(b, &x[0], &y));
                times(b, &slope, dx)?
            }
            None => None,
        };
        Ok((vec![y], vec![dy]))
    }
    fn vjp(
        &self,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let Some(dy) = dy[0] else {
            return Ok(vec![None]);
        };
        let slope = in_table(self.derivative(b, &at.x[0], &at.y[0]));
        Ok(vec![times(b, &slope, dy)?])
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
        match self {
            Unary::Neg | Unary::Stop => Degrees::one(x[0]),
            Unary::Recip => Degrees::one(x[0].recip()),
            // All others are random oracles, whatever they are.
            _ => Degrees::oracle(site),
        }
    }
    fn multiply_adds(&self, site: &Site<'_>) -> u64 {
        match self {
            Unary::Recip => site.y[0].dims().count() as u64,
            _ => 0, // a match over functions, not over primitives
        }
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        // The others are not zero at zero, or not by their bits.
        AtZeros::zero_if(matches!(self, Unary::Neg | Unary::Stop))
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        Vec::new()
    }
}

impl Primitive for Binary {
    fn name(&self) -> String {
        Binary::name(*self).to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        let found = Binary::ALL.iter().find(|f| f.name() == name);
        found.copied().filter(|_| parameters.is_empty())
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let ty = same_scalars(x, 2).ok_or("two values of scalars of the same dims")?;
        Ok(vec![ty.clone()])
    }
    fn level(&self) -> Level {
        Binary::level(*self)
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let (a, c) = (scalars(x, 0), scalars(x, 1));
        if *self == Binary::Div {
            check_divisor(c)?;
        }
        let data = A::kernels().binary(*self, a.as_slice(), c.as_slice());
        Ok(scalar_value(
            y,
            data.ok_or(missing::<A>(Binary::level(*self)))?,
        ))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        let y = b.push(*self, x)?;
        if dx.iter().all(Option::is_none) {
            return Ok((vec![y], vec![None]));
        }
        let slopes = in_table(self.derivatives(b, &x[0], &x[1], &y));
        let mut total = None;
        for (slope, change) in slopes.iter().zip(dx) {
            if let Some(change) = *change {
                let part = times(b, slope, change)?;
                total = b.sum(total, part)?;
            }
        }
        Ok((vec![y], vec![total]))
    }
    fn vjp(
        &self,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let Some(dy) = dy[0] else {
            return Ok(vec![None; 2]);
        };
        let slopes = in_table(self.derivatives(b, &at.x[0], &at.x[1], &at.y[0]));
        let pairs = slopes.iter().zip(at.wanted);
        pairs
            .map(|(slope, wanted)| match wanted {
                true => times(b, slope, dy),
                false => Ok(None),
            })
            .collect()
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
        match self {
            Binary::Add | Binary::Sub => Degrees::one(x[0].plus(x[1])),
            Binary::Mul => Degrees::one(x[0].times(x[1])),
            Binary::Div => Degrees::one(x[0].times(x[1].recip())),
            Binary::Max | Binary::Pow => Degrees::oracle(site),
        }
    }
    fn multiply_adds(&self, site: &Site<'_>) -> u64 {
        match self {
            Binary::Mul | Binary::Div => site.y[0].dims().count() as u64,
            Binary::Add | Binary::Sub | Binary::Max | Binary::Pow => 0,
        }
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, zero: &[bool]) -> AtZeros {
        match (self, zero[0], zero[1]) {
            (Binary::Mul, _, _) => AtZeros::Zero,
            (Binary::Div, first, _) => AtZeros::zero_if(first),
            (Binary::Add | Binary::Sub, true, true) => AtZeros::Zero,
            (Binary::Add | Binary::Sub, false, _) => AtZeros::Argument(0),
            (Binary::Add, true, false) => AtZeros::Argument(1),
            (Binary::Sub, true, false) => AtZeros::Negative(1),
            (Binary::Max | Binary::Pow, _, _) => AtZeros::Computed,
        }
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        let other = match self {
            Binary::Add => Binary::Sub,
            Binary::Sub => Binary::Add,
            Binary::Mul | Binary::Div | Binary::Max | Binary::Pow => return Vec::new(),
        };
        vec![("sign".to_owned(), other.into())]
    }
}
