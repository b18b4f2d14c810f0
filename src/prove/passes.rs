//! A law for each pass of the program: what it makes is a program, and computes the same.

use super::Proof;
use super::prove_equal::{equal_by, equal_up_to_rounding_by};
use crate::counterexample::Counterexample;
use crate::program::{Program, ProgramError, hoist, inline, prune, recompute, simplify};

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
    let made = well_formed(LAW, inline(program))?;
    equal_by(LAW, program, &made)
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
    const LAW: &str = "simplify_eq";
    let made = well_formed(LAW, Ok(simplify(program)))?;
    equal_by(LAW, program, &made)
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
    const LAW: &str = "prune_eq";
    let made = well_formed(LAW, Ok(prune(program)))?;
    equal_by(LAW, program, &made)
}

/// [`hoist`] changes no result but by the order of sums: the program with less inside of its loops is
/// [equal up to rounding](super::prove_equal_up_to_rounding) to the program.
///
/// # Errors
/// As [`inline_eq`].
///
/// ```
/// use cotangent::program::Program;
/// let text = "cotangent program 1
/// function 0 step {
///   %0: [2, 2]
///   %1: [2]
///   %2 [2, 2] = contract([0], [1], [0, 1]) %1 %1
///   %3 [2, 2] = add %0 %2
///   return %3
/// }
/// %0: [2, 2]
/// %1: [3, 2]
/// %2 [2, 2] = scan(f0, 3, 0, 1, [0], []) %0 %1
/// return %2
/// ";
/// assert!(cotangent::prove::hoist_eq(&text.parse()?)?.is_exact());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn hoist_eq(program: &Program) -> Result<Proof, Counterexample> {
    const LAW: &str = "hoist_eq";
    let made = well_formed(LAW, hoist(program))?;
    equal_up_to_rounding_by(LAW, program, &made)
}

/// [`recompute`] changes no result: the program in which values of so many `elements` are computed again where it is cheaper is
/// [equal](super::prove_equal) to the program.
///
/// # Errors
/// As [`inline_eq`].
///
/// ```
/// use cotangent::program::Program;
/// let text = "cotangent program 1
/// %0 x: [2]
/// %1 [2] = mul %0 %0
/// %2 [] = reduce_sum([0]) %1
/// %3 [2] = broadcast([2], []) %2
/// %4 [2] = mul %1 %3
/// return %4
/// ";
/// assert!(cotangent::prove::recompute_eq(&text.parse()?, 2)?.is_exact());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn recompute_eq(program: &Program, elements: usize) -> Result<Proof, Counterexample> {
    const LAW: &str = "recompute_eq";
    let made = well_formed(LAW, recompute(program, elements))?;
    equal_by(LAW, program, &made)
}

/// What a pass has made, if it is a program.
fn well_formed(
    law: &'static str,
    made: Result<Program, ProgramError>,
) -> Result<Program, Counterexample> {
    const PLACE: &str = "what the pass makes";
    let made = made.map_err(|error| Counterexample::new(law, PLACE, "a program", error))?;
    // Passes put instructions together whose types they know. Read as text, each is checked anew, within functions too.
    match made.to_string().parse::<Program>() {
        Ok(_) => Ok(made),
        Err(error) => Err(Counterexample::new(law, PLACE, "a program", error)),
    }
}
