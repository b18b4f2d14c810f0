//! What a law returns when it does not hold.
//!
//! ```
//! use cotangent::prelude::*;
//! let mut tape = compile_tape(&graph!(|x: [2]| x * 2.0), &tlist![Tensor::from([1.0, 2.0])], ());
//! tape.nodes_mut()[1].requires_grad = false; // a fault
//! let found: Counterexample = laws::all_requires_grad_true_of(&tape).unwrap_err();
//! assert_eq!(found.law, "all_requires_grad_true");
//! ```

use core::fmt::{self, Display};

/// What a refusal means. The two sides of a law are numbers, or what a proof has for all numbers at once: then they may be
/// different there and equal as functions of real numbers.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::counterexample::Verdict;
/// let g: GraphData<f64, _, _, _> = graph!(|x: [2]| 1.0 / (x - x));
/// let error = prove(&g).unwrap_err();
/// assert_eq!(error.verdict, Verdict::Undefined);
/// assert_eq!(error.got, "undefined at every input: `recip` of 0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The two sides are different, as they are shown.
    Different,
    /// They are different functions: doubles show it, at a point.
    DifferentAt(Box<Point>),
    /// They are equal at random points, and different where a function has no derivative or two values tie. There it is a
    /// convention what the derivative is, and a proof has one.
    Convention(Box<Point>),
    /// They are equal at so many random points over doubles, and not equal in the algebra. So they are likely equal, by a
    /// relation between functions that the algebra does not have, such as `relu(x) = x · step(x)`.
    NotInTheAlgebra {
        /// How many points.
        points: usize,
    },
    /// One is no number, at any input or at any point that was tried.
    Undefined,
    /// The method does not decide it.
    Beyond,
}

/// Numbers at which two sides are different.
///
/// ```
/// use cotangent::counterexample::Point;
/// let point = Point { at: "x = 3".into(), expected: "6".into(), got: "3".into() };
/// assert_eq!(point.to_string(), "at x = 3 they are 6 and 3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The numbers: `x[0] = 1.5, dx[0] = -0.75`.
    pub at: String,
    /// One side there.
    pub expected: String,
    /// The other.
    pub got: String,
}

impl Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Point { at, expected, got } = self;
        write!(f, "at {at} they are {expected} and {got}")
    }
}

/// What follows the two sides in a message; nothing where they say it all.
impl Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Different | Verdict::Undefined | Verdict::Beyond => Ok(()),
            Verdict::DifferentAt(point) => write!(f, "; {point}"),
            Verdict::Convention(point) => write!(
                f,
                "; equal away from kinks, and {point}: a convention, where a proof has 0 for the derivative of `relu` at \
                 0, and shares that of a tie evenly"
            ),
            Verdict::NotInTheAlgebra { points } => write!(
                f,
                "; equal at {points} random points over doubles, and not in the algebra, which knows few relations \
                 between functions: write the rule in the functions of the value"
            ),
        }
    }
}

/// A law that does not hold: which, where, and the two sides that should be equal.
///
/// ```
/// use cotangent::prelude::*;
/// let found = Counterexample::new("symmetric", "entry [0, 1]", 2.0, 3.0);
/// assert_eq!((found.law, found.place.as_str()), ("symmetric", "entry [0, 1]"));
/// assert_eq!((found.expected.as_str(), found.got.as_str()), ("2", "3"));
/// assert_eq!(found.to_string(), "the law `symmetric` fails at entry [0, 1]: expected 2, got 3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the law `{law}` fails at {place}: expected {expected}, got {got}{verdict}")]
pub struct Counterexample {
    /// The name of the law.
    pub law: &'static str,
    /// The node or entry.
    pub place: String,
    /// One side of the equation.
    pub expected: String,
    /// The other side.
    pub got: String,
    /// What that means.
    pub verdict: Verdict,
}

impl Counterexample {
    /// A counterexample from the two sides of an equation.
    pub fn new(
        law: &'static str,
        place: impl Into<String>,
        expected: impl Display,
        got: impl Display,
    ) -> Self {
        Counterexample {
            law,
            place: place.into(),
            expected: expected.to_string(),
            got: got.to_string(),
            verdict: Verdict::Different,
        }
    }

    /// The same with another verdict.
    #[must_use]
    pub fn with_verdict(self, verdict: Verdict) -> Self {
        Counterexample { verdict, ..self }
    }
}
