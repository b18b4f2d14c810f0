//! How many multiplications a program does.

use super::{Prim, Program};
use crate::scalar::{Binary, Unary};

impl Program {
    /// How many multiply-adds a run takes: products and quotients of elements, each with the addition that may follow.
    ///
    /// A matrix product of `[.., m, k]` and `[.., k, n]` counts `m·k·n` for each of its leading entries. An elementwise
    /// product, quotient, reciprocal or scaling counts one for each element of its result. Sums, comparisons, copies
    /// and functions such as `exp` count nothing. The numbers are those of the primitives as they are recorded: an
    /// executor may do with fewer. `u64::MAX` where they do not fit.
    ///
    /// ```
    /// use cotangent::program::{Prim, Program};
    /// use cotangent::tensor::Dims;
    /// let mut program = Program::new(&[Dims::new(&[2, 3]), Dims::new(&[3, 5])]);
    /// program.push(Prim::MatMul { ta: false, tb: false }, &[0, 1])?;
    /// assert_eq!(program.multiply_adds(), 2 * 3 * 5);
    /// # Ok::<(), cotangent::program::ProgramError>(())
    /// ```
    pub fn multiply_adds(&self) -> u64 {
        let inputs = self.inputs().iter();
        let results = self.instructions().iter().map(|i| &i.dims);
        let dims: Vec<_> = inputs.chain(results).collect();
        let each = self.instructions().iter().map(|instruction| {
            let elements = instruction.dims.count() as u64;
            match &instruction.prim {
                Prim::MatMul { ta, .. } => {
                    // `Program::push` takes no product of values of rank below 2.
                    let a = dims[instruction.arguments[0]];
                    let k = a[a.len() - if *ta { 2 } else { 1 }];
                    elements.saturating_mul(k as u64)
                }
                Prim::Binary(Binary::Mul | Binary::Div)
                | Prim::Unary(Unary::Recip)
                | Prim::Scale(_) => elements,
                _ => 0,
            }
        });
        each.fold(0, u64::saturating_add)
    }
}
