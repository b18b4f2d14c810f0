//! Programs: what a graph does, as data.
//!
//! A program is a list of instructions: a primitive, the values it takes, the types of the values it gives. A value is
//! made of scalars, of indices below a bound, or of keys of random bits ([`Type`]). Dims are known, the scalar is not: one
//! program runs over floats, rationals, terms and intervals. Calls and loops are instructions, whose bodies are programs.
//!
//! All else is a function of that data: it is printed and parsed back, run ([`Program::run`]), differentiated ([`jvp()`],
//! [`vjp()`]), given a batch axis ([`batch()`]), changed by a mistake ([`Program::mutants`]). Each of these asks every primitive
//! for its part, in one file for each family of them.
//!
//! ```
//! use cotangent::prelude::*;
//! use cotangent::program::{Contract, Program, Value, Vjp, batch, jvp, vjp};
//! use cotangent::scalar::Binary;
//! use cotangent::tensor::Dims;
//!
//! // y = (w x)², element by element
//! let mut square = Program::new(&[Dims::new(&[2, 3]), Dims::new(&[3])]);
//! let h = square.push(Contract::new([0, 1], [1], [0]), &[0, 1])?;
//! let y = square.push(Binary::Mul, &[h, h])?;
//! square.set_outputs(&[y])?;
//! let text = "\
//! cotangent program 1
//! %0: [2, 3]
//! %1: [3]
//! %2 [2] = contract([0, 1], [1], [0]) %0 %1
//! %3 [2] = mul %2 %2
//! return %3
//! ";
//! assert_eq!(square.to_string(), text);
//! assert_eq!(text.parse(), Ok(square.clone()));
//!
//! let w: Value<f64> = Tensor::from([[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]]).to_any().into();
//! let x: Value<f64> = Tensor::from([1.0, 1.0, 1.0]).to_any().into();
//! let y = square.run(&[w.clone(), x.clone()])?;
//! assert_eq!(y, [Tensor::from([9.0, 4.0]).to_any().into()]);
//!
//! // Forward mode, for a change of x: 2 (w x) (w dx).
//! let dx = Tensor::from([1.0, 0.0, 0.0]).to_any().into();
//! let both = jvp(&square, &[false, true])?.program.run(&[w.clone(), x.clone(), dx])?;
//! assert_eq!(both, [y[0].clone(), Tensor::from([6.0, 0.0]).to_any().into()]);
//!
//! // Reverse mode, for a cotangent of w: 2 (w x) dy, times x. The forward half gives y, then what the other half takes.
//! let Vjp { forward, backward } = vjp(&square, &[true, false], &[true])?;
//! let mut residuals = forward.run(&[w.clone(), x.clone()])?.split_off(1);
//! residuals.push(Tensor::from([0.0, 1.0]).to_any().into()); // dy
//! let dw = backward.run(&residuals)?;
//! assert_eq!(dw, [Tensor::from([[0.0, 0.0, 0.0], [4.0, 4.0, 4.0]]).to_any().into()]);
//!
//! // Two samples at once: x has a new leading axis, w is the same for both.
//! let xs = Tensor::from([[1.0, 1.0, 1.0], [0.0, 2.0, 0.0]]).to_any().into();
//! let ys = batch(&square, &[false, true], 2)?.program.run(&[w, xs])?;
//! assert_eq!(ys, [Tensor::from([[9.0, 4.0], [16.0, 4.0]]).to_any().into()]);
//! # Ok::<(), cotangent::program::ProgramError>(())
//! ```

mod builder;
mod degree;
mod degrees;
mod dispatch;
mod error;
mod function;
mod input;
mod interned;
mod kernel;
#[cfg(test)]
pub(crate) mod lines;
mod loops;
mod memory;
mod methods;
mod mutate;
mod parameter;
mod prim;
mod primitive;
pub(crate) mod primitives;
mod syntax;
mod text;
mod transform;
mod unrolled;
mod window;

pub use crate::scalar::{Binary, Literal, Unary};
pub use crate::tensor::{Type, Value};
pub(crate) use builder::Builder;
pub use degree::Degree;
pub use error::ProgramError;
pub use input::{Input, Label};
pub use kernel::{AnyKernel, Kernel, KernelInputs};
pub(crate) use loops::{Role, folded, looped};
pub(crate) use methods::takes;
pub use mutate::Mutant;
pub(crate) use prim::random::spread::with_spread_masks;
pub(crate) use prim::{Entries, around};
pub(crate) use primitive::{Degrees, Fault, Interpreter};
pub use primitives::*;
pub(crate) use syntax::Derived;
pub use syntax::{Call, Function, Instruction, Prim, Program, Rule, Scan, Steps};
pub use text::TextError;
pub use transform::{
    Batch, Jvp, Vjp, batch, hoist, inline, jvp, prune, recompute, rule_of, simplify, vjp,
};
pub(crate) use transform::{TRANSFORM, cotangent_of, rules_of, rules_of_wanted, tangent_of};
pub(crate) use unrolled::unrolled;
pub use window::Window;
