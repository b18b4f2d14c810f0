//! Numbers of Rust that a graph takes.

use super::Literal;

/// A number of Rust that a graph takes: `x * { rate }`, `x * RATE`. What becomes a [`Literal`] is one: `f64`, `f32`, each
/// integer, and a literal itself.
///
/// It is a number of the program, known when the graph is built. An integer is exact over every scalar, and a double is
/// the rational number that it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number for a graph",
    label = "expected `f64`, `f32`, an integer or a `Literal`; a value of the graph has no braces; docs/errors.md#m17"
)]
pub trait Number {
    /// The number.
    fn literal(self) -> Literal;
}

#[diagnostic::do_not_recommend]
impl<T: Into<Literal>> Number for T {
    fn literal(self) -> Literal {
        self.into()
    }
}
