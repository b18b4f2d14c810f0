//! The dims of a tensor at run time.

use core::fmt;
use core::ops::Deref;
use smallvec::SmallVec;

/// Sizes, outermost first, as many as there are axes. They print as `[2, 3]` and read as a slice.
///
/// ```
/// use cotangent::tensor::Dims;
/// let dims = Dims::new(&[2, 3]);
/// assert_eq!(dims, [2, 3]);
/// assert_eq!(dims.to_string(), "[2, 3]");
/// assert_eq!((dims.len(), dims[1], dims.count()), (2, 3, 6));
/// let more: Dims = dims.iter().copied().chain([1; 6]).collect();
/// assert_eq!(more, [2, 3, 1, 1, 1, 1, 1, 1]);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Dims(SmallVec<[usize; Dims::INLINE]>);

impl Dims {
    /// These dims behind a new first one: those of as many tensors, stacked.
    pub(crate) fn with_leading(&self, size: usize) -> Dims {
        core::iter::once(size).chain(self.iter().copied()).collect()
    }

    /// How many sizes are held without an allocation.
    const INLINE: usize = 6;

    /// Dims from sizes.
    pub fn new(sizes: &[usize]) -> Self {
        Dims(SmallVec::from_slice(sizes))
    }

    /// The dims of a static shape.
    pub fn of<S: crate::shape::Shape>() -> Self {
        Self::new(S::DIMS)
    }

    /// How many elements a tensor of these dims has; `usize::MAX` where they do not fit.
    pub fn count(&self) -> usize {
        self.iter()
            .fold(1, |count: usize, dim| count.saturating_mul(*dim))
    }

    /// Whether a tensor of these dims can be: the product of the dims that are not 0 is at most 2^48 (or `isize::MAX`
    /// where that is less). So no product of dims overflows, not even where one of them is 0.
    pub(crate) fn is_possible(&self) -> bool {
        let largest = (isize::MAX as usize).min((1u64 << 48).try_into().unwrap_or(usize::MAX));
        let sizes = self.iter().filter(|&&dim| dim > 0);
        let product = |count: usize, dim: &usize| count.checked_mul(*dim);
        sizes
            .clone()
            .try_fold(1, product)
            .is_some_and(|count| count <= largest)
    }

    /// How far apart in memory neighbours along each axis are (row major).
    pub(crate) fn strides(&self) -> SmallVec<[usize; Self::INLINE]> {
        let mut strides = SmallVec::from_elem(0, self.len());
        let mut step: usize = 1;
        for axis in (0..self.len()).rev() {
            strides[axis] = step;
            // Only beside a dim of 0, where no stride is used, can a static shape be that large.
            step = step.wrapping_mul(self[axis]);
        }
        strides
    }
}

impl Deref for Dims {
    type Target = [usize];
    fn deref(&self) -> &[usize] {
        &self.0
    }
}

impl From<&[usize]> for Dims {
    fn from(sizes: &[usize]) -> Self {
        Self::new(sizes)
    }
}

impl FromIterator<usize> for Dims {
    fn from_iter<I: IntoIterator<Item = usize>>(sizes: I) -> Self {
        Dims(sizes.into_iter().collect())
    }
}

impl PartialEq<[usize]> for Dims {
    fn eq(&self, other: &[usize]) -> bool {
        **self == *other
    }
}

impl<const N: usize> PartialEq<[usize; N]> for Dims {
    fn eq(&self, other: &[usize; N]) -> bool {
        **self == *other
    }
}

impl fmt::Debug for Dims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Dims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
