//! The derivative table of the scalar functions: the one thing about derivatives that the proofs trust.
//!
//! It is written once, over anything that can hold an expression, and read twice: dual numbers evaluate it
//! (`dual.rs`), and programs are differentiated with it (`program/prim/elementwise.rs`). `tests/ops/derivatives.rs`
//! holds each line against differences in high precision.

use super::{Binary, Literal, Unary};

/// Something that can build the expressions of the table: element by element values of one size.
///
/// `None` stands for a scalar that is too low in the tower.
///
/// ```
/// use cotangent::scalar::{Binary, Derivative, Expressions, Literal, Unary};
/// /// The table, as text.
/// struct Text;
/// impl Expressions for Text {
///     type Value = String;
///     fn literal(&mut self, c: Literal, _like: &String) -> Option<String> {
///         Some(c.to_string())
///     }
///     fn unary(&mut self, f: Unary, x: &String) -> Option<String> {
///         Some(format!("{f:?}({x})"))
///     }
///     fn binary(&mut self, f: Binary, x: &String, y: &String) -> Option<String> {
///         Some(format!("({x} {f:?} {y})"))
///     }
///     fn select(&mut self, c: &String, x: &String, y: &String) -> Option<String> {
///         Some(format!("({x} if {c} > 0, else {y})"))
///     }
/// }
/// let tanh = Unary::Tanh.derivative(&mut Text, &"x".into(), &"y".into());
/// assert_eq!(tanh, Some(Derivative::Times("(1 Sub (y Mul y))".into())));
/// ```
pub trait Expressions {
    /// An expression.
    type Value: Clone;
    /// The same number everywhere, of the size of `like`.
    fn literal(&mut self, c: Literal, like: &Self::Value) -> Option<Self::Value>;
    /// A function of one value.
    fn unary(&mut self, f: Unary, x: &Self::Value) -> Option<Self::Value>;
    /// A function of two values.
    fn binary(&mut self, f: Binary, x: &Self::Value, y: &Self::Value) -> Option<Self::Value>;
    /// `x` where `c > 0`, else `y`.
    fn select(&mut self, c: &Self::Value, x: &Self::Value, y: &Self::Value) -> Option<Self::Value>;
}

/// What a tangent is multiplied by.
#[derive(Clone, Debug, PartialEq)]
pub enum Derivative<V> {
    /// 0.
    Zero,
    /// 1.
    One,
    /// -1.
    Minus,
    /// An expression.
    Times(V),
}

/// `2/√π`, a convergent of its continued fraction: 3e-33 off. Numerator and denominator are doubles, so the quotient of
/// doubles is the double nearest to the number, and that of intervals contains it.
const TWO_OVER_ROOT_PI: Literal = Literal::Ratio(3_852_926_924_707_797, 3_414_567_582_477_941);

impl Unary {
    /// `f'(x)`, with `y = f(x)`.
    ///
    /// At the kink of [`Unary::Relu`], and for [`Unary::Step`] everywhere, 0, as in PyTorch.
    pub fn derivative<E: Expressions>(
        self,
        e: &mut E,
        x: &E::Value,
        y: &E::Value,
    ) -> Option<Derivative<E::Value>> {
        Some(Derivative::Times(match self {
            Unary::Stop | Unary::Step => return Some(Derivative::Zero),
            Unary::Neg => return Some(Derivative::Minus),
            // -1 / x²
            Unary::Recip => {
                let square = e.binary(Binary::Mul, y, y)?;
                e.unary(Unary::Neg, &square)?
            }
            Unary::Relu => e.unary(Unary::Step, x)?,
            Unary::Exp => y.clone(),
            Unary::Log => e.unary(Unary::Recip, x)?,
            // 1 - y²
            Unary::Tanh => {
                let (one, square) = (
                    e.literal(Literal::ratio(1, 1), y)?,
                    e.binary(Binary::Mul, y, y)?,
                );
                e.binary(Binary::Sub, &one, &square)?
            }
            // y (1 - y)
            Unary::Sigmoid => {
                let one = e.literal(Literal::ratio(1, 1), y)?;
                let rest = e.binary(Binary::Sub, &one, y)?;
                e.binary(Binary::Mul, y, &rest)?
            }
            // 1 / 2y
            Unary::Sqrt => {
                let twice = e.binary(Binary::Add, y, y)?;
                e.unary(Unary::Recip, &twice)?
            }
            // -y³ / 2
            Unary::Rsqrt => {
                let square = e.binary(Binary::Mul, y, y)?;
                let cube = e.binary(Binary::Mul, &square, y)?;
                let minus_half = e.literal(Literal::ratio(-1, 2), y)?;
                e.binary(Binary::Mul, &minus_half, &cube)?
            }
            // y + 1, which is eˣ
            Unary::Expm1 => {
                let one = e.literal(Literal::ratio(1, 1), y)?;
                e.binary(Binary::Add, y, &one)?
            }
            // 1 / (1 + x)
            Unary::Log1p => {
                let one = e.literal(Literal::ratio(1, 1), x)?;
                let sum = e.binary(Binary::Add, &one, x)?;
                e.unary(Unary::Recip, &sum)?
            }
            Unary::Softplus => e.unary(Unary::Sigmoid, x)?,
            Unary::Sin => e.unary(Unary::Cos, x)?,
            Unary::Cos => {
                let sine = e.unary(Unary::Sin, x)?;
                e.unary(Unary::Neg, &sine)?
            }
            // 1 / (1 + x²)
            Unary::Atan => {
                let square = e.binary(Binary::Mul, x, x)?;
                let one = e.literal(Literal::ratio(1, 1), x)?;
                let sum = e.binary(Binary::Add, &one, &square)?;
                e.unary(Unary::Recip, &sum)?
            }
            // 2/√π exp(-x²)
            Unary::Erf => {
                let square = e.binary(Binary::Mul, x, x)?;
                let negated = e.unary(Unary::Neg, &square)?;
                let bell = e.unary(Unary::Exp, &negated)?;
                let factor = e.literal(TWO_OVER_ROOT_PI, x)?;
                e.binary(Binary::Mul, &factor, &bell)?
            }
        }))
    }
}

impl Binary {
    /// The two partial derivatives of `z = f(x, y)`.
    ///
    /// Where `x = y`, [`Binary::Max`] gives one half to each, as PyTorch and JAX do. [`Binary::Pow`] has `∂x = 0`
    /// where `y = 0`, as in PyTorch, and `∂y = 0` where `x = 0`, which both have for `y ≥ 0`.
    pub fn derivatives<E: Expressions>(
        self,
        e: &mut E,
        x: &E::Value,
        y: &E::Value,
        z: &E::Value,
    ) -> Option<[Derivative<E::Value>; 2]> {
        use Derivative::{Minus, One, Times};
        Some(match self {
            Binary::Add => [One, One],
            Binary::Sub => [One, Minus],
            Binary::Mul => [Times(y.clone()), Times(x.clone())],
            // 1 / y and -z / y
            Binary::Div => {
                let recip = e.unary(Unary::Recip, y)?;
                let share = e.binary(Binary::Mul, z, &recip)?;
                [Times(recip), Times(e.unary(Unary::Neg, &share)?)]
            }
            Binary::Max => {
                let [x, y] = [share_of_largest(e, x, z)?, share_of_largest(e, y, z)?];
                let total = e.binary(Binary::Add, &x, &y)?;
                [
                    Times(e.binary(Binary::Div, &x, &total)?),
                    Times(e.binary(Binary::Div, &y, &total)?),
                ]
            }
            // y x^(y - 1) and z log x
            Binary::Pow => {
                let zero = e.literal(Literal::ratio(0, 1), x)?;
                let one = e.literal(Literal::ratio(1, 1), x)?;
                let exponent = e.binary(Binary::Sub, y, &one)?;
                let power = e.binary(Binary::Pow, x, &exponent)?;
                let by_x = e.binary(Binary::Mul, y, &power)?;
                let log = e.unary(Unary::Log, x)?;
                let by_y = e.binary(Binary::Mul, z, &log)?;
                let (x_is_not_0, y_is_not_0) = (is_not_0(e, x)?, is_not_0(e, y)?);
                [
                    Times(e.select(&y_is_not_0, &by_x, &zero)?),
                    Times(e.select(&x_is_not_0, &by_y, &zero)?),
                ]
            }
        })
    }
}

/// 1 where `x` is as large as `largest`, which is not smaller than any; else 0. Among several that are, the derivative
/// of the maximum is shared evenly: each has this share, over the sum of the shares.
pub(crate) fn share_of_largest<E: Expressions>(
    e: &mut E,
    x: &E::Value,
    largest: &E::Value,
) -> Option<E::Value> {
    let one = e.literal(Literal::ratio(1, 1), x)?;
    let below = e.binary(Binary::Sub, largest, x)?;
    let is_below = e.unary(Unary::Step, &below)?;
    e.binary(Binary::Sub, &one, &is_below)
}

/// 1 where `x` is positive or negative, else 0.
fn is_not_0<E: Expressions>(e: &mut E, x: &E::Value) -> Option<E::Value> {
    let negated = e.unary(Unary::Neg, x)?;
    let (above, below) = (e.unary(Unary::Step, x)?, e.unary(Unary::Step, &negated)?);
    e.binary(Binary::Add, &above, &below)
}
