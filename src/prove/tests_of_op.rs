//! `law_tests!`: all the tests of an op, in four lines.

/// Writes the tests of an op: two proofs by normal forms at small shapes, one modulo the prime at a middle shape, proofs
/// that a batch of it is it for each sample, tangents against differences in doubles, singles against doubles, and the
/// mutants of its rules, all of which must be refused.
///
/// `small` and `middle` hold graphs as [`graph!`](crate::graph!) takes them. An `on` clause says where the op is smooth:
/// a function from a random number of either sign, of size 0.25 to 1.75. With `not_by_differences("reason")` the
/// derivative is not that of the value, by definition.
///
/// A test refuses shapes at which a rule could take one dim for another, or for a number. Inputs, entries and results count:
///
/// - no dim is 1, and the dims of one shape differ;
/// - no size is in both small graphs, neither a dim nor a number of elements. `fixes(2, "reason")` excuses a size that the op
///   fixes. With `like_axes("reason")` sizes may be equal, if no axis has one size in both, and no two of a shape the same two;
/// - the three graphs have three ranks, each that of its largest tensor; `ranks("reason")` excuses an op that takes fewer.
///
/// ```
/// use cotangent::prelude::*;
/// law_tests! {
///     log_of_product:
///     small(|x: [2], y: [2]| log(x * y));
///     small(|x: [], y: []| log(x * y));
///     middle(|x: [6, 7], y: [6, 7]| log(x * y));
///     on(positive);
/// }
/// ```
#[macro_export]
macro_rules! law_tests {
    (
        $name:ident:
        small($($first:tt)*);
        small($($second:tt)*);
        middle($($middle:tt)*);
        $(on($domain:expr);)?
        $(not_by_differences($reason:literal);)?
        $(fixes($size:literal, $why_size:literal);)?
        $(like_axes($why_axes:literal);)?
        $(ranks($why_ranks:literal);)?
    ) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            #[allow(unused_imports)]
            use $crate::prove::{anywhere, positive};

            type Checked = Result<(), $crate::counterexample::Counterexample>;

            #[allow(unused_assignments, unused_mut)]
            fn domain() -> fn(f64) -> f64 {
                let mut domain: fn(f64) -> f64 = $crate::prove::anywhere;
                $(domain = $domain;)?
                domain
            }

            // An op that is excused in each of these leaves nothing to the default.
            #[allow(clippy::needless_update)]
            #[test]
            fn shapes_of_the_proofs() -> Checked {
                $crate::prove::ProofShapes {
                    first: $crate::prove::dims_of::<f64, _, _, _>(&$crate::graph!($($first)*)),
                    second: $crate::prove::dims_of::<f64, _, _, _>(&$crate::graph!($($second)*)),
                    middle: $crate::prove::dims_of::<f64, _, _, _>(&$crate::graph!($($middle)*)),
                    excused: $crate::prove::Excused {
                        $(size: $crate::law_tests!(@for_reason $why_size, Some($size)),)?
                        $(like_axes: $crate::law_tests!(@for_reason $why_axes, true),)?
                        $(ranks: $crate::law_tests!(@for_reason $why_ranks, true),)?
                        ..Default::default()
                    },
                }
                .check()
            }

            #[test]
            fn proof_at_the_first_shape() -> Checked {
                let proof = $crate::prove::prove::<f64, _, _, _>(&$crate::graph!($($first)*))?;
                assert!(proof.is_exact(), "{proof}");
                Ok(())
            }

            #[test]
            fn proof_at_the_second_shape() -> Checked {
                let proof = $crate::prove::prove::<f64, _, _, _>(&$crate::graph!($($second)*))?;
                assert!(proof.is_exact(), "{proof}");
                Ok(())
            }

            #[test]
            fn check_modulo_the_prime() -> Checked {
                let proof = $crate::prove::prove_modulo::<f64, _, _, _>(&$crate::graph!($($middle)*))?;
                let $crate::prove::Method::Modulo { soundness_error, .. } = proof.method else {
                    panic!("no inputs: {proof}");
                };
                assert!(soundness_error < 1e-20, "{proof}");
                Ok(())
            }

            #[test]
            fn batching() -> Checked {
                $crate::prove::prove_batch::<f64, _, _, _>(&$crate::graph!($($first)*))?;
                $crate::prove::prove_batch::<f64, _, _, _>(&$crate::graph!($($second)*))?;
                let proof = $crate::prove::prove_batch::<f64, _, _, _>(&$crate::graph!($($middle)*))?;
                if let $crate::prove::Method::Modulo { soundness_error, .. } = proof.method {
                    assert!(soundness_error < 1e-6, "{proof}");
                }
                Ok(())
            }

            #[test]
            fn singles_and_doubles() -> Checked {
                $crate::prove::singles_agree_with_doubles(&$crate::graph!($($first)*), domain())?;
                $crate::prove::singles_agree_with_doubles(&$crate::graph!($($middle)*), domain())
            }

            #[test]
            fn mutants() -> Checked {
                let first = $crate::prove::reject_mutants::<f64, _, _, _>(&$crate::graph!($($first)*), domain())?;
                let second = $crate::prove::reject_mutants::<f64, _, _, _>(&$crate::graph!($($second)*), domain())?;
                println!("{}: {first}; {second}", stringify!($name));
                Ok(())
            }

            $crate::law_tests!(@differences [$($reason)?] ($($first)*) ($($middle)*));
        }
    };
    (@for_reason $why:literal, $excuse:expr) => {
        $excuse
    };
    (@differences [] ($($first:tt)*) ($($middle:tt)*)) => {
        #[test]
        fn differences() -> Checked {
            $crate::prove::agrees_with_differences(&$crate::graph!($($first)*), domain())?;
            $crate::prove::agrees_with_differences(&$crate::graph!($($middle)*), domain())
        }
    };
    (@differences [$reason:literal] $first:tt $middle:tt) => {};
}
