//! Which functions there are.

/// Functions of one scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// `x`.
    Stop,
    /// `-x`.
    Neg,
    /// `1 / x`.
    Recip,
    /// `max(x, 0)`; of NaN, NaN.
    Relu,
    /// `1` where `x > 0`, else `0`.
    Step,
    /// e to the power of `x`.
    Exp,
    /// The natural logarithm.
    Log,
    /// The hyperbolic tangent.
    Tanh,
    /// `1 / (1 + exp(-x))`.
    Sigmoid,
    /// The square root.
    Sqrt,
    /// `1 / √x`.
    Rsqrt,
    /// `eˣ - 1`.
    Expm1,
    /// `log(1 + x)`.
    Log1p,
    /// `log(1 + eˣ)`.
    Softplus,
    /// The sine.
    Sin,
    /// The cosine.
    Cos,
    /// The arctangent.
    Atan,
    /// The error function.
    Erf,
}

impl Unary {
    /// All of them.
    pub const ALL: [Unary; 18] = {
        use Unary::*;
        [
            Stop, Neg, Recip, Relu, Step, Exp, Log, Tanh, Sigmoid, Sqrt, Rsqrt, Expm1, Log1p,
            Softplus, Sin, Cos, Atan, Erf,
        ]
    };
}

/// Functions of two scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// `x + y`.
    Add,
    /// `x * y`.
    Mul,
    /// `x - y`.
    Sub,
    /// `x / y`.
    Div,
    /// The larger of the two; NaN if either is.
    Max,
    /// `x` to the power of `y`.
    Pow,
    /// `1` where `x < y`, else `0`.
    Less,
    /// `1` where `x <= y`, else `0`.
    LessEqual,
    /// `1` where `x == y`, else `0`.
    Equal,
}

impl Binary {
    /// All of them.
    pub const ALL: [Binary; 9] = {
        use Binary::*;
        [Add, Mul, Sub, Div, Max, Pow, Less, LessEqual, Equal]
    };
}

/// The functions of one scalar that are not the same expression for both scalars.
pub trait Functions: Sized {
    /// `y = f(x)`, of slices of one length, compiled for the instructions of what it is inlined into.
    fn transcendental(f: Unary, x: &[Self], y: &mut [Self]);
    /// `f(x)`, likewise.
    fn transcendental_one(f: Unary, x: Self) -> Self;
    /// `x` to the power of `y`.
    fn power(self, y: Self) -> Self;
    /// The square root.
    fn square_root(self) -> Self;
}
