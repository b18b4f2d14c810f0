//! Seeds: what a random mask is drawn from.

use super::{Choose, EnvEntry, Indices};
use crate::tensor::Dims;

/// The seed of a random mask, as an entry of an environment. The same seed gives the same mask.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [4]; seed: Seed| dropout(x, seed, { 0.5 }));
/// let x = tlist![Tensor::<f64, _>::one()];
/// let run = |seed| g.value(&x, &tlist![Seed::new(seed)]);
/// assert_eq!(run(7), run(7));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Seed(u64);

impl Seed {
    /// A seed.
    pub const fn new(seed: u64) -> Self {
        Seed(seed)
    }

    /// Another seed, for a further mask: different for each `n`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let seed = Seed::new(7);
    /// let masks = [seed.fold_in(0), seed.fold_in(1)]; // one for each layer
    /// assert_ne!(masks[0], masks[1]);
    /// assert_eq!(masks[0], Seed::new(7).fold_in(0));
    /// ```
    pub fn fold_in(self, n: u64) -> Self {
        let mut rng = fastrand::Rng::with_seed(self.0);
        Seed(rng.u64(..) ^ n.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The seed as indices: two halves of 32 bits, so that each fits an index everywhere.
    pub(crate) const DIMS: [usize; 1] = [2];
    /// Each half is below this. (On a machine of 32 bits the largest half is refused by nobody: it is not an index.)
    pub(crate) const BOUND: usize = usize::MAX;

    /// The seed from its halves.
    pub(crate) fn joined(halves: &[usize]) -> u64 {
        halves
            .iter()
            .fold(0, |seed, &half| seed << 32 | half as u64)
    }
}

impl EnvEntry for Seed {
    fn indices(&self) -> Indices {
        let half = |shift: u32| (self.0 >> shift & u64::from(u32::MAX)) as usize;
        Indices {
            dims: Dims::of::<(crate::dim::N<2>,)>(),
            bound: Self::BOUND,
            data: [half(32), half(0)].into(),
        }
    }
    fn draw(choose: &mut Choose<'_>) -> Option<Self> {
        Some(Seed(choose(usize::MAX) as u64))
    }
}
