//! How high the degree of the values of a program can be, as polynomials in its inputs.
//!
//! A check at random points of a prime field misses a wrong identity with a probability of at most its degree over
//! the prime. Functions such as exp are random oracles there: each result is a variable of its own.

use super::{Prim, Program, Reduction};
use crate::scalar::{Binary, Unary};

/// The degrees of the numerator and the denominator of a fraction, as upper bounds.
///
/// ```
/// use cotangent::program::Degree;
/// // x + 1/x = (x² + 1) / x
/// let recip = Degree { over: 0.0, under: 1.0 };
/// let sum = Degree::VARIABLE.plus(recip);
/// assert_eq!((sum.over, sum.under), (2.0, 1.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Degree {
    /// Of the numerator.
    pub over: f64,
    /// Of the denominator.
    pub under: f64,
}

/// ```
/// use cotangent::program::Degree;
/// let square = Degree::VARIABLE.times(Degree::VARIABLE);
/// assert_eq!(square.plus(Degree::CONSTANT), square);
/// assert_eq!(square.summed(10), square); // ten squares
/// assert_eq!(square.either(Degree::VARIABLE), square);
/// // x² = x has at most two solutions.
/// assert_eq!(square.difference(Degree::VARIABLE), 2.0);
/// ```
impl Degree {
    /// Of a number.
    pub const CONSTANT: Degree = Degree {
        over: 0.0,
        under: 0.0,
    };
    /// Of an indeterminate.
    pub const VARIABLE: Degree = Degree {
        over: 1.0,
        under: 0.0,
    };

    /// Of a sum.
    pub fn plus(self, other: Degree) -> Degree {
        Degree {
            over: (self.over + other.under).max(other.over + self.under),
            under: self.under + other.under,
        }
    }

    /// Of a product.
    pub fn times(self, other: Degree) -> Degree {
        Degree {
            over: self.over + other.over,
            under: self.under + other.under,
        }
    }

    /// Of a sum of `n` values.
    pub fn summed(self, n: usize) -> Degree {
        let n = n as f64;
        match n {
            0.0 => Degree::CONSTANT,
            _ => Degree {
                over: self.over + (n - 1.0) * self.under,
                under: n * self.under,
            },
        }
    }

    fn recip(self) -> Degree {
        Degree {
            over: self.under,
            under: self.over,
        }
    }

    /// Of either of two.
    pub fn either(self, other: Degree) -> Degree {
        Degree {
            over: self.over.max(other.over),
            under: self.under.max(other.under),
        }
    }

    /// Of the polynomial that is zero when two fractions are equal.
    pub fn difference(self, other: Degree) -> f64 {
        self.plus(other).over
    }
}

impl Program {
    /// A bound on the degree of each value, by id, from those of the inputs.
    ///
    /// ```
    /// use cotangent::program::{Degree, Prim, Program};
    /// use cotangent::scalar::Binary;
    /// use cotangent::tensor::Dims;
    /// let mut program = Program::new(&[Dims::new(&[2])]);
    /// let square = program.push(Prim::Binary(Binary::Mul), &[0, 0])?;
    /// assert_eq!(program.degrees(&[Degree::VARIABLE])[square], Degree { over: 2.0, under: 0.0 });
    /// # Ok::<(), cotangent::program::ProgramError>(())
    /// ```
    pub fn degrees(&self, inputs: &[Degree]) -> Vec<Degree> {
        let mut all = inputs.to_vec();
        for instruction in self.instructions() {
            let x = |i: usize| all[instruction.arguments[i]];
            let sizes = |i: usize| {
                let id = instruction.arguments[i];
                match id.checked_sub(self.inputs().len()) {
                    None => &self.inputs()[id],
                    Some(at) => &self.instructions()[at].dims,
                }
            };
            let degree = match &instruction.prim {
                Prim::Unary(Unary::Neg | Unary::Stop) => x(0),
                Prim::Unary(Unary::Recip) => x(0).recip(),
                Prim::Unary(_) | Prim::Binary(Binary::Max | Binary::Pow) => Degree::VARIABLE,
                Prim::Reduce(Reduction::Max, _) => Degree::VARIABLE,
                Prim::Binary(Binary::Add | Binary::Sub) => x(0).plus(x(1)),
                Prim::Binary(Binary::Mul) => x(0).times(x(1)),
                Prim::Binary(Binary::Div) => x(0).times(x(1).recip()),
                Prim::Full(..) | Prim::Mask { .. } => Degree::CONSTANT,
                Prim::Offset(_) => x(0).plus(Degree::CONSTANT),
                // y + step(c) (x - y)
                Prim::Select => x(2).plus(Degree::VARIABLE.times(x(1).plus(x(2)))),
                Prim::MatMul { ta, .. } => {
                    let a = sizes(0);
                    let k = a[if *ta { a.len() - 2 } else { a.len() - 1 }];
                    x(0).times(x(1)).summed(k)
                }
                Prim::Reduce(Reduction::Sum, axes) => {
                    x(0).summed(axes.iter().map(|&axis| sizes(0)[axis]).product())
                }
                Prim::CumSum { axis, .. } => x(0).summed(sizes(0)[*axis]),
                Prim::Fold(window, _) => x(0).summed(window.size()),
                Prim::ScatterAdd { index, .. } => x(0).summed(index.count()),
                Prim::Concat(_) => x(0).either(x(1)),
                Prim::Scale(_)
                | Prim::Reshape(_)
                | Prim::Permute(_)
                | Prim::Broadcast(..)
                | Prim::Slice { .. }
                | Prim::Pad { .. }
                | Prim::Unfold(_)
                | Prim::Gather { .. }
                | Prim::Pick { .. }
                | Prim::Place { .. } => x(0),
            };
            all.push(degree);
        }
        all
    }

    /// How many results of functions that are random oracles the program has.
    pub(crate) fn oracle_calls(&self) -> usize {
        let calls = |prim: &Prim| match prim {
            Prim::Unary(f) => !matches!(f, Unary::Neg | Unary::Stop | Unary::Recip),
            Prim::Binary(f) => matches!(f, Binary::Max | Binary::Pow),
            Prim::Reduce(Reduction::Max, _) | Prim::Select => true,
            _ => false,
        };
        let instructions = self.instructions().iter().filter(|i| calls(&i.prim));
        instructions.map(|i| i.dims.count()).sum()
    }
}
