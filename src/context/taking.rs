//! Values without types, taken one by one where types say which they are.

use super::erase_error::EraseError;
use crate::tensor::{AnyTensor, Value};
use std::sync::Arc;
use std::vec::IntoIter;

/// Values that are taken from the front.
///
/// The first that is not what it should be is kept as the error; from then on what is taken is empty, and nobody sees it:
/// [`take_all`] gives the error instead. A `Result` for each of them would be most of what a list of tensors compiles to.
pub struct Taking<A> {
    values: IntoIter<Value<A>>,
    error: Option<EraseError>,
}

impl<A> Taking<A> {
    /// The next value, if there is one.
    pub fn value(&mut self) -> Option<Value<A>> {
        self.values.next()
    }

    /// Says what is wrong, unless something was wrong before.
    pub(crate) fn fail(&mut self, error: EraseError) {
        self.error.get_or_insert(error);
    }

    /// The elements of the next value, a tensor of these dims.
    pub(super) fn tensor(&mut self, dims: &[usize]) -> Arc<Vec<A>> {
        // Of another type is none: the list is then too short.
        let tensor = self.value().and_then(Value::into_tensor);
        let data = tensor.ok_or(EraseError::TooShort);
        let data = data.and_then(|tensor| Ok(tensor.data_of(dims)?));
        data.unwrap_or_else(|error| {
            self.fail(error);
            Arc::default()
        })
    }

    /// Whether all were taken.
    pub(super) fn is_empty(&self) -> bool {
        self.values.len() == 0
    }
}

/// What is taken from these values.
///
/// # Errors
/// A value of another type or dims, or too few of them.
pub fn take_all<A, T>(
    values: Vec<Value<A>>,
    take: impl FnOnce(&mut Taking<A>) -> T,
) -> Result<T, EraseError> {
    let mut from = Taking {
        values: values.into_iter(),
        error: None,
    };
    let taken = take(&mut from);
    match from.error {
        None => Ok(taken),
        Some(error) => Err(error),
    }
}

/// As [`take_all`], from tensors.
///
/// # Errors
/// As there.
pub(crate) fn take_tensors<A, T>(
    tensors: Vec<AnyTensor<A>>,
    take: impl FnOnce(&mut Taking<A>) -> T,
) -> Result<T, EraseError> {
    take_all(values(tensors), take)
}

fn values<A>(tensors: Vec<AnyTensor<A>>) -> Vec<Value<A>> {
    tensors.into_iter().map(Value::Scalar).collect()
}
