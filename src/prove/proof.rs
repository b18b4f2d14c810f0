//! What a proof says.

use super::method::Method;
use crate::counterexample::Counterexample;
use crate::lean::Environments;
use crate::scalar::Level;
use crate::tensor::Dims;
use core::fmt;

/// So many conditions are printed.
const SHOWN: usize = 6;

/// What was shown of a graph, for which algebras, and how.
///
/// ```
/// use cotangent::prove::{Method, Proof};
/// use cotangent::prelude::*;
/// use cotangent::scalar::Level;
/// graph! { fn loss(x: [1, 3]; labels: [1] < 3) -> [] { cross_entropy(x, labels) } }
/// let proof: Proof = prove(&loss::<f64>())?;
/// assert_eq!((proof.graph.as_str(), proof.inputs[0].to_string().as_str()), ("loss", "[1, 3]"));
/// assert!(proof.laws.contains(&"adjointness") && proof.identities > 10);
/// assert_eq!((proof.level, proof.method), (Level::Real, Method::NormalForms));
/// assert_eq!(proof.environments, cotangent::prove::Environments::All(3)); // each of three labels
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// The name of the graph.
    pub graph: String,
    /// The dims of its inputs: it was shown at these, and no others.
    pub inputs: Vec<Dims>,
    /// The laws.
    pub laws: Vec<&'static str>,
    /// How many equations between scalars.
    pub identities: usize,
    /// The lowest level of the algebra tower that has what the graph and its derivatives use.
    pub level: Level,
    /// For which environments.
    pub environments: Environments,
    /// Whether the graph computes labels, whose values were drawn in each environment.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     fn clipped(x: [2]) -> [2] { select(less(x, 1.0), x, x * 0.5) }
    ///     fn square(x: [2]) -> [2] { x * x }
    /// }
    /// assert!(prove(&clipped::<f64>())?.drawn);
    /// assert!(!prove(&square::<f64>())?.drawn);
    /// # Ok::<(), Counterexample>(())
    /// ```
    pub drawn: bool,
    /// By normal forms, or at random points.
    pub method: Method,
    /// Where the equations hold, where that is not everywhere: what is divided by, and what a logarithm or a root is taken of.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f64, _, _, _> = graph!(|x: [], y: []| log(x) / y);
    /// assert_eq!(prove(&g)?.conditions, ["x > 0", "y is not 0"]);
    /// let g: GraphData<f64, _, _, _> = graph!(|x: []| log(1.0 + exp(x)));
    /// assert!(prove(&g)?.conditions.is_empty());
    /// # Ok::<(), Counterexample>(())
    /// ```
    pub conditions: Vec<String>,
}

impl Proof {
    /// This proof, if it shows anything.
    pub(super) fn of_something(self) -> Result<Self, Counterexample> {
        match self.identities {
            0 => Err(nothing_to_show(&self.graph)),
            _ => Ok(self),
        }
    }

    /// Whether everything was shown by normal forms, so for every input.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(x * x));
    /// assert!(prove(&g)?.is_exact());
    /// assert!(!prove_modulo(&g)?.is_exact());
    /// # Ok::<(), Counterexample>(())
    /// ```
    pub fn is_exact(&self) -> bool {
        self.method == Method::NormalForms
    }

    /// For which scalars it holds, in words.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(x * x));
    /// assert_eq!(prove(&g)?.algebras(), "every commutative semiring");
    /// # Ok::<(), Counterexample>(())
    /// ```
    pub fn algebras(&self) -> &'static str {
        match self.level {
            Level::Semiring => "every commutative semiring",
            Level::Ring => "every commutative ring",
            Level::Field => "every field of characteristic 0, where no divisor is 0",
            Level::OrderedField => {
                "every field of characteristic 0, where no divisor is 0, and any step and max, \
                 with relu' = step and a tie's derivative shared evenly"
            }
            Level::Real => {
                "every field of characteristic 0, where no divisor is 0, any exp with exp(a + b) = exp(a) exp(b) and \
                 exp(log a) = a, and any other functions, with the derivatives of the table"
            }
        }
    }
}

/// No equation holds or fails of what has no elements.
pub(super) fn nothing_to_show(place: &str) -> Counterexample {
    let got = "nothing to show: no shape has elements";
    Counterexample::new("prove", place, "an element", got)
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inputs: Vec<_> = self.inputs.iter().map(ToString::to_string).collect();
        writeln!(
            f,
            "{}: {} identities of {} laws hold",
            self.graph,
            self.identities,
            self.laws.len()
        )?;
        writeln!(f, "  over {}", self.algebras())?;
        writeln!(f, "  at inputs {}", inputs.join(", "))?;
        if !self.conditions.is_empty() {
            let shown: Vec<&str> = self
                .conditions
                .iter()
                .map(String::as_str)
                .take(SHOWN)
                .collect();
            write!(f, "  where {}", shown.join(", "))?;
            match self.conditions.len() - shown.len() {
                0 => writeln!(f)?,
                more => writeln!(f, " and {more} more conditions hold")?,
            }
        }
        if self.environments != Environments::Independent {
            writeln!(f, "  {}", self.environments)?;
        }
        if self.drawn {
            writeln!(
                f,
                "  with computed labels drawn in each, since their derivative is zero"
            )?;
        }
        match self.method {
            Method::NormalForms => write!(f, "  by normal forms: for every input"),
            Method::Modulo {
                points,
                soundness_error,
            } => {
                write!(
                    f,
                    "  modulo a prime of 61 bits at {points} random point{}; ",
                    if points == 1 { "" } else { "s" }
                )?;
                let wrong = match self.environments {
                    Environments::Independent => "a wrong graph",
                    Environments::Given => "a graph that is wrong in it",
                    Environments::All(_)
                    | Environments::EveryClass { .. }
                    | Environments::Some { .. } => "a graph that is wrong in one of them",
                };
                write!(
                    f,
                    "{wrong} passes with probability below {soundness_error:.0e}"
                )
            }
        }
    }
}
