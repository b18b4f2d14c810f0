//! Long sequences of tokens.

use crate::data::DataError;
use crate::data::column::checked;
use crate::data::dataset::Dataset;
use crate::data::order::checked_split;
use crate::data::store::Store;
use crate::dim::{Dim, Positive};
use crate::env::LabelsOf;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;
use frunk::HList;
use std::sync::Arc;

/// A sequence of tokens, each below `C`. A clone and a part share them.
pub struct Tokens<C> {
    tokens: Arc<[u32]>,
    range: Range<usize>,
    kind: PhantomData<fn() -> C>,
}

/// An example of a text: `T` tokens, and the token after each of them.
pub type Window<C, T> = HList![LabelsOf<C, (T,)>, LabelsOf<C, (T,)>];

impl<C: Dim> Tokens<C> {
    /// A sequence of these tokens.
    ///
    /// ```
    /// use cotangent::data::text::Tokens;
    /// use cotangent::prelude::*;
    /// assert_eq!(Tokens::<N<4>>::new([0, 3, 1])?.as_slice(), [0, 3, 1]);
    /// let error = Tokens::<N<4>>::new([0, 4]).unwrap_err();
    /// assert_eq!(error.to_string(), "label 1 is 4, and there are 4 classes: expected 0 to 3");
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// A number that is no token below `C`.
    pub fn new<T: Copy + fmt::Display + TryInto<usize>>(
        tokens: impl IntoIterator<Item = T>,
    ) -> Result<Self, DataError> {
        let each = tokens.into_iter().enumerate().map(|(position, token)| {
            let checked = checked(token, C::SIZE).and_then(|token| token.try_into().ok());
            checked.ok_or_else(|| DataError::Label {
                position,
                got: token.to_string(),
                classes: C::SIZE,
            })
        });
        Ok(Self::of(each.collect::<Result<_, _>>()?))
    }

    /// Windows of `T` tokens, each with the `T` tokens that come one later, as the labels of a language model. A window begins
    /// `stride` tokens after the one before: of 1 there are the most, of `T` each token is in one. They are not copied before they
    /// are taken.
    ///
    /// ```
    /// use cotangent::data::text::{self, Tokens};
    /// use cotangent::prelude::*;
    /// let (train, test) = Tokens::<N<10>>::new(0..10)?.split_at(7)?;
    /// let windows = train.windows::<f32, N<2>>(2)?;
    /// let firsts: Vec<_> = windows.examples().map(|tlist![from, _]| from.as_slice()[0]).collect();
    /// assert_eq!(firsts, [0, 2, 4]);
    /// for tlist![from, to] in windows.batches::<N<3>>(Key::new(0))? {
    ///     let (_, _): (Labels<10, shape![3, 2]>, Labels<10, shape![3, 2]>) = (from, to);
    /// }
    /// let error = test.windows::<f32, N<4>>(1).unwrap_err();
    /// assert_eq!(error.to_string(), "a window of 4 tokens and the token after it are 5 tokens, got 3");
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// A stride of 0, or fewer tokens than a window and one.
    pub fn windows<A, T: Positive>(
        &self,
        stride: usize,
    ) -> Result<Dataset<A, Window<C, T>>, DataError> {
        let (length, got) = (T::SIZE, self.range.len());
        if stride == 0 {
            return Err(DataError::Stride);
        }
        if got <= length {
            return Err(DataError::Window { length, got });
        }
        let store = |first| Store::Windows {
            tokens: Arc::clone(&self.tokens),
            first,
            length,
            stride,
            below: C::SIZE,
        };
        let start = self.range.start;
        let windows = 1 + (got - length - 1) / stride;
        Dataset::of(vec![store(start), store(start + 1)], windows)
    }
}

impl<C> Tokens<C> {
    /// Tokens that are below `C`.
    pub(super) fn of(tokens: Vec<u32>) -> Self {
        let range = 0..tokens.len();
        Tokens {
            tokens: tokens.into(),
            range,
            kind: PhantomData,
        }
    }

    /// The tokens.
    pub fn as_slice(&self) -> &[u32] {
        &self.tokens[self.range.clone()]
    }

    /// The first `at` tokens, and the others: no window is in both.
    ///
    /// # Errors
    /// If one of the sides has none.
    pub fn split_at(&self, at: usize) -> Result<(Self, Self), DataError> {
        checked_split(at, self.range.len(), "tokens")?;
        let part = |range| Tokens {
            tokens: Arc::clone(&self.tokens),
            range,
            kind: PhantomData,
        };
        let Range { start, end } = self.range;
        Ok((part(start..start + at), part(start + at..end)))
    }
}

impl<C> Clone for Tokens<C> {
    fn clone(&self) -> Self {
        let (tokens, range) = (Arc::clone(&self.tokens), self.range.clone());
        Tokens {
            tokens,
            range,
            kind: PhantomData,
        }
    }
}

impl<C> fmt::Debug for Tokens<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("len", &self.range.len())
            .finish_non_exhaustive()
    }
}
