//! Programs as text, which parses back to equal programs.
//!
//! ```text
//! cotangent program 1
//! function 0 square {
//!   %0: [2]
//!   %1 [2] = mul %0 %0
//!   return %1
//! }
//! %0 x: [2, 3]
//! %1 w: [3]
//! %2 labels: [2] < 3
//! %3 [2] = contract([0, 1], [1], [0]) %0 %1; h matmul src/main.rs:12
//! %4 [2] = call(f0) %3
//! %5 [2] = scale(-1/2) %4
//! return %5 %3
//! ```
//!
//! The first line has the version. Then come the functions of calls and loops, those inside first, with the programs
//! of their rules as `} jvp {` and `} vjp {`; then the inputs, the instructions and the outputs. After a `;` stands what
//! a user calls a value, the op, and where. Quotes are around names that are not words: `"my name"`.
//!
//! Numbers: exact ones as `3` and `-1/10`; doubles as `0.1f`, the shortest decimal that is no other double, `inf`,
//! `-inf` and `nan:7ff8000000000000`, by its bits. Elements of constants: `scalars [1, 1/2]`,
//! `keys [0000000000000007]`.

mod error;
mod functions;
mod line;
mod parse;
#[cfg(test)]
mod tests;
mod token;
mod write;

pub use error::TextError;
