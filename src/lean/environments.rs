//! For which environments something was shown.

use core::fmt;

/// For which environments a proof speaks. Tensors of an environment are indeterminates, as inputs are: these words are about
/// its labels and keys.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::prove::Environments;
/// let plain: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(x * x));
/// assert_eq!(plain.certify()?.environments(), Environments::Independent);
/// let g: GraphData<f64, _, _, _> = graph!(|x: [1, 3]; labels: [1] < 3| cross_entropy(x, labels));
/// assert_eq!(g.certify()?.environments().to_string(), "in all 3 environments");
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environments {
    /// No labels and no keys are read: it holds in every environment.
    Independent,
    /// All that there are, each by itself.
    All(usize),
    /// Some, in which each label reaches each of its classes, also those that the graph computes. Not each combination of
    /// them, and not each key.
    EveryClass {
        /// How many were tried.
        tried: usize,
    },
    /// Some.
    Some {
        /// How many were tried.
        tried: usize,
    },
    /// The one that was given, and no other.
    Given,
}

impl Environments {
    /// How many were tried.
    pub fn tried(self) -> usize {
        match self {
            Environments::Independent | Environments::Given => 1,
            Environments::All(tried)
            | Environments::EveryClass { tried }
            | Environments::Some { tried } => tried,
        }
    }

    /// Whether there are no others.
    pub fn are_all(self) -> bool {
        match self {
            Environments::Independent | Environments::All(_) => true,
            Environments::EveryClass { .. } | Environments::Some { .. } | Environments::Given => {
                false
            }
        }
    }

    /// The weaker of two, for what was shown in two parts.
    pub(crate) fn and(self, other: Self) -> Self {
        use Environments::{All, EveryClass, Given, Independent, Some};
        match (self, other) {
            (Independent, other) | (other, Independent) => other,
            (Given, _) | (_, Given) => Given,
            (All(tried), All(others)) => All(tried.min(others)),
            (
                Some { tried },
                All(others) | EveryClass { tried: others } | Some { tried: others },
            )
            | (All(others) | EveryClass { tried: others }, Some { tried }) => Some {
                tried: tried.min(others),
            },
            (EveryClass { tried }, All(others) | EveryClass { tried: others })
            | (All(others), EveryClass { tried }) => EveryClass {
                tried: tried.min(others),
            },
        }
    }
}

impl fmt::Display for Environments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Environments::Independent => write!(f, "in every environment"),
            Environments::All(1) => write!(f, "in the only environment"),
            Environments::All(n) => write!(f, "in all {n} environments"),
            Environments::EveryClass { tried } => write!(
                f,
                "in {tried} environments, in which each label reaches each of its classes"
            ),
            Environments::Some { tried } => write!(f, "in {tried} environments of more"),
            Environments::Given => write!(f, "in the environment that was given, and no other"),
        }
    }
}
