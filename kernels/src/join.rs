//! Elements joined with what is there: the end of a reduction, in blocks.

use crate::float::Float;
use crate::reduce::{larger, max_of, sum_of};
use crate::walk::Walk;
use pulp::Arch;

/// How elements are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Join {
    /// Their sum.
    Sum,
    /// The largest of them; NaN if one is.
    Max,
}

impl Join {
    /// What nothing is joined to: 0, or `-∞`.
    pub fn first<T: Float>(self) -> T {
        match self {
            Join::Sum => T::ZERO,
            Join::Max => -(T::ONE / T::ZERO),
        }
    }

    /// Joins the elements `x` with those at `places`, one by one, as far as both go.
    ///
    /// ```
    /// use cotangent_kernels::Join;
    /// let mut places = [1.0, 5.0];
    /// Join::Max.each(&mut places, &[2.0, 4.0]);
    /// assert_eq!(places, [2.0, 5.0]);
    /// ```
    pub fn each<T: Float>(self, places: &mut [T], x: &[T]) {
        Arch::new().dispatch(
            #[inline(always)]
            || self.each_of(places, x),
        );
    }

    /// Joins the elements `x` with the places where `walk` goes from its element `at` on. The first of `places` is the one at
    /// `start` of the walk's slice.
    ///
    /// ```
    /// use cotangent_kernels::{Join, Walk};
    /// // The sums of two rows of two, each in its place.
    /// let walk = Walk { columns: 2, stride: 0, outer: [(2, 1)].into() };
    /// let mut sums = [0.0, 10.0];
    /// Join::Sum.along(&walk, 0, &[1.0, 2.0, 3.0, 4.0], &mut sums, 0);
    /// assert_eq!(sums, [3.0, 17.0]);
    /// ```
    ///
    /// # Panics
    ///
    /// If the walk leaves `places`.
    pub fn along<T: Float>(self, walk: &Walk, at: usize, x: &[T], places: &mut [T], start: usize) {
        Arch::new().dispatch(
            #[inline(always)]
            || self.along_of(walk, at, x, places, start),
        );
    }

    #[inline(always)]
    fn each_of<T: Float>(self, places: &mut [T], x: &[T]) {
        let places = places.iter_mut().zip(x);
        match self {
            Join::Sum => places.for_each(|(place, &x)| *place = *place + x),
            Join::Max => places.for_each(|(place, &x)| *place = larger(*place, x)),
        }
    }

    #[inline(always)]
    fn row<T: Float>(self, place: &mut T, x: &[T]) {
        *place = match self {
            Join::Sum => *place + sum_of(x),
            Join::Max => larger(*place, max_of(x)),
        };
    }

    #[inline(always)]
    pub(crate) fn along_of<T: Float>(
        self,
        walk: &Walk,
        at: usize,
        x: &[T],
        places: &mut [T],
        start: usize,
    ) {
        walk.each_run(
            at,
            x.len(),
            #[inline(always)]
            |offset, first, len| {
                let x = &x[first..first + len];
                let places = &mut places[offset - start..];
                match walk.stride {
                    0 => self.row(&mut places[0], x),
                    1 => self.each_of(&mut places[..len], x),
                    stride => {
                        for (place, x) in places.iter_mut().step_by(stride).zip(x) {
                            self.row(place, core::slice::from_ref(x));
                        }
                    }
                }
            },
        );
    }
}
