//! How something was shown, and under which conditions.

use super::conditions::Conditions;

/// How an identity was shown.
///
/// ```
/// use cotangent::prove::Method;
/// use cotangent::prelude::*;
/// let g: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(exp(x) * x));
/// assert_eq!(prove(&g)?.method, Method::NormalForms);
/// match prove_modulo(&g)?.method {
///     Method::Modulo { soundness_error, .. } => assert!(soundness_error < 1e-15),
///     Method::NormalForms => unreachable!("it was asked for random points"),
/// }
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// The two sides have the same normal form in the free algebra: they are equal for every input.
    NormalForms,
    /// The two sides are equal at random points modulo a prime of 61 bits ([`Oracle::PRIME`](crate::prove::Oracle::PRIME)).
    Modulo {
        /// How many points.
        points: usize,
        /// The probability that a wrong graph passes is at most this: the bound of Schwartz and Zippel, with functions
        /// as random oracles.
        soundness_error: f64,
    },
}

impl Method {
    /// The weaker of two, for what was shown in two parts: what is wrong is wrong in one of them, and passes there.
    pub(crate) fn and(self, other: Method) -> Method {
        match (self, other) {
            (Method::NormalForms, other) | (other, Method::NormalForms) => other,
            (
                Method::Modulo {
                    points,
                    soundness_error,
                },
                Method::Modulo {
                    points: others,
                    soundness_error: more,
                },
            ) => Method::Modulo {
                points: points.min(others),
                soundness_error: soundness_error.max(more),
            },
        }
    }
}

/// How many identities were shown, and how.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    pub identities: usize,
    pub method: Method,
    /// Where they hold.
    pub conditions: Conditions,
}

impl Shown {
    /// Nothing yet.
    pub(crate) fn nothing() -> Shown {
        Shown {
            identities: 0,
            method: Method::NormalForms,
            conditions: Conditions::default(),
        }
    }

    /// Both.
    pub(crate) fn and(self, other: Shown) -> Shown {
        Shown {
            identities: self.identities + other.identities,
            method: self.method.and(other.method),
            conditions: self.conditions.and(other.conditions),
        }
    }
}
