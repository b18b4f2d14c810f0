//! The dims of a tensor at run time.

use core::fmt;
use core::ops::Deref;

/// Up to [`Dims::MAX_RANK`] sizes, outermost first. It prints as `[2, 3]` and reads as a slice.
///
/// ```
/// use cotangent::tensor::Dims;
/// let dims = Dims::new(&[2, 3]).unwrap();
/// assert_eq!(dims.to_string(), "[2, 3]");
/// assert_eq!((dims.len(), dims[1], dims.count()), (2, 3, 6));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dims {
    rank: u8,
    sizes: [usize; Dims::MAX_RANK],
}

impl Dims {
    /// The largest rank of a tensor.
    ///
    /// ```
    /// use cotangent::tensor::Dims;
    /// assert_eq!(Dims::MAX_RANK, 6);
    /// ```
    pub const MAX_RANK: usize = 6;

    /// Dims from sizes, or `None` past rank 6.
    ///
    /// ```
    /// use cotangent::tensor::Dims;
    /// assert_eq!(*Dims::new(&[2, 3]).unwrap(), [2, 3]);
    /// assert_eq!(Dims::new(&[1; 7]), None);
    /// ```
    pub fn new(sizes: &[usize]) -> Option<Self> {
        let mut all = [0; Self::MAX_RANK];
        all.get_mut(..sizes.len())?.copy_from_slice(sizes);
        Some(Dims {
            rank: sizes.len() as u8,
            sizes: all,
        })
    }

    /// The dims of a static shape.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::tensor::Dims;
    /// assert_eq!(*Dims::of::<shape![32, 64]>(), [32, 64]);
    /// ```
    pub fn of<S: crate::shape::Shape>() -> Self {
        let mut sizes = [0; Self::MAX_RANK];
        for (size, dim) in sizes.iter_mut().zip(S::DIMS) {
            *size = *dim;
        }
        Dims {
            rank: S::RANK as u8,
            sizes,
        }
    }

    /// How many elements a tensor of these dims has; `usize::MAX` where they do not fit.
    ///
    /// ```
    /// use cotangent::tensor::Dims;
    /// assert_eq!(Dims::new(&[2, 3, 4]).map(|dims| dims.count()), Some(24));
    /// ```
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
    pub(crate) fn strides(&self) -> [usize; Self::MAX_RANK] {
        let mut strides = [0; Self::MAX_RANK];
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
        &self.sizes[..usize::from(self.rank)]
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
