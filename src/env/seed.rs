//! Seeds: what a random mask is drawn from.

use super::{Choose, EnvEntry};
use crate::tensor::{Dims, Key, Type, Value};

/// The seed of a random mask, as an entry of an environment: a [`Key`]. The same seed gives the same mask.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [4]; seed: Seed| dropout(x, seed, { 0.5 }));
/// let x = tlist![Tensor::<f64, _>::one()];
/// let run = |seed| g.value(&x, &tlist![Seed::new(seed)]);
/// assert_eq!(run(7), run(7));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Seed(Key);

impl Seed {
    /// A seed.
    pub const fn new(seed: u64) -> Self {
        Seed(Key::new(seed))
    }

    /// Another seed, for a further mask: different for each `n`.
    ///
    /// The key is [folded](Key::fold_in) with the lower 32 bits of `n`, and then with the upper ones if they are not 0. So
    /// below 2^32 this is `jax.random.fold_in`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let seed = Seed::new(7);
    /// let masks = [seed.fold_in(0), seed.fold_in(1)]; // one for each layer
    /// assert_ne!(masks[0], masks[1]);
    /// assert_eq!(masks[0], Seed::new(7).fold_in(0));
    /// ```
    pub const fn fold_in(self, n: u64) -> Self {
        Seed(self.0.fold_in(n))
    }

    /// Its key.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::tensor::Key;
    /// assert_eq!(Seed::new(7).key(), Key::new(7));
    /// ```
    pub const fn key(self) -> Key {
        self.0
    }
}

impl EnvEntry for Seed {
    fn ty() -> Type {
        Type::Key(Dims::default())
    }
    fn value<A>(&self) -> Value<A> {
        self.0.into()
    }
    fn draw(choose: &mut Choose<'_>) -> Option<Self> {
        Some(Seed::new(choose(usize::MAX) as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Beyond 32 bits nothing of the number is lost.
    #[test]
    fn a_number_is_folded_in_whole() {
        let (seed, key) = (Seed::new(3), Key::new(3));
        assert_eq!(seed.fold_in(5).key(), key.fold_in(5));
        let wide = seed.fold_in(5 + (9 << 32));
        assert_eq!(wide.key(), key.fold_in(5).fold_in(9));
    }
}
