//! A law for each pass of the program: what it makes is a program, and computes the same.

use super::Proof;
use super::prove_equal::equal_by;
use crate::counterexample::Counterexample;
use crate::program::{Program, inline, prune, simplify};

/// [`inline`] changes no result: the program without calls is [equal](super::prove_equal) to the program.
///
/// # Errors
/// What the pass makes is not well-formed, or is not equal: the place names the law of `prove_equal`.
///
/// ```
/// use cotangent::program::Program;
/// let text = "cotangent program 1
/// function 0 less {
///   %0: [2]
///   %1: [2]
///   %2 [2] = sub %0 %1
///   return %2
/// }
/// %0: [2]
/// %1: [2]
/// %2 [2] = call(f0) %1 %0
/// return %2
/// ";
/// assert!(cotangent::prove::inline_eq(&text.parse()?)?.is_exact());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn inline_eq(program: &Program) -> Result<Proof, Counterexample> {
    const LAW: &str = "inline_eq";
    let made = inline(program);
    let made = made.map_err(|error| Counterexample::new(LAW, PLACE, "a program", error))?;
    passed(LAW, program, &made)
}

/// [`simplify`] changes no result: what it makes is [equal](super::prove_equal) to the program.
///
/// # Errors
/// As [`inline_eq`].
///
/// ```
/// use cotangent::program::Program;
/// let twice: Program = "cotangent program 1\n%0: [2]\n%1 [2] = neg %0\n%2 [2] = neg %1\nreturn %2\n".parse()?;
/// let proof = cotangent::prove::simplify_eq(&twice)?;
/// assert!(proof.is_exact() && proof.laws.contains(&"simplify_eq"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn simplify_eq(program: &Program) -> Result<Proof, Counterexample> {
    passed("simplify_eq", program, &simplify(program))
}

/// [`prune`] changes no result: the program without what no output needs is [equal](super::prove_equal) to the program.
///
/// # Errors
/// As [`inline_eq`].
///
/// ```
/// use cotangent::program::Program;
/// let idle: Program = "cotangent program 1\n%0: [2]\n%1 [2] = exp %0\n%2 [2] = neg %0\nreturn %2\n".parse()?;
/// assert!(cotangent::prove::prune_eq(&idle)?.is_exact());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prune_eq(program: &Program) -> Result<Proof, Counterexample> {
    passed("prune_eq", program, &prune(program))
}

/// Where a pass goes wrong that makes no program.
const PLACE: &str = "what the pass makes";

/// Whether a pass has made an equal program from this one.
fn passed(law: &'static str, program: &Program, made: &Program) -> Result<Proof, Counterexample> {
    // Passes put instructions together whose types they know. Read as text, each is checked anew, within functions too.
    if let Err(error) = made.to_string().parse::<Program>() {
        return Err(Counterexample::new(law, PLACE, "a program", error));
    }
    equal_by(law, program, made)
}
