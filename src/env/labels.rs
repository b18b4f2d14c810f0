//! Labels: class numbers, checked when they are made.

use super::entry::{EnvEntry, itself};
use crate::context::{EraseError, Name, Taking, TensorList};
use crate::dim::{Dim, N};
use crate::handle::{Discrete, GraphId};
use crate::scalar::Semiring;
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Dims, Indices, TensorError, Type, Value};
use core::fmt;
use core::marker::PhantomData;
use frunk::hlist::HNil;

/// Labels of `C` classes in the shape `S`, for class counts below 1,000: `Labels<10, shape![32]>`.
///
/// Larger class counts are written with [`LabelsOf`]: `LabelsOf<N2<50, 257>, shape![32]>`.
///
/// ```
/// use cotangent::prelude::*;
/// let labels = Labels::<10, shape![2]>::new([3, 9])?;
/// assert_eq!(labels.as_slice(), [3, 9]);
/// # Ok::<(), LabelsError>(())
/// ```
pub type Labels<const C: usize, S> = LabelsOf<N<C>, S>;

/// Class numbers in the shape `S`, each below `C`.
///
/// ```
/// use cotangent::prelude::*;
/// let labels = Labels::<10, shape![3]>::new([3, 1, 4])?;
/// assert_eq!(labels.as_slice(), [3, 1, 4]);
/// let error = Labels::<10, shape![3]>::new([3, 10, 4]).unwrap_err();
/// assert_eq!(error.to_string(), "label 1 is 10, and there are 10 classes: expected 0 to 9");
/// # Ok::<(), LabelsError>(())
/// ```
///
/// Any class count, as a dim:
/// ```
/// use cotangent::prelude::*;
/// let tokens = LabelsOf::<N2<50, 257>, shape![2]>::new([0, 50_256])?;
/// assert_eq!(tokens.as_slice(), [0, 50_256]);
/// # Ok::<(), LabelsError>(())
/// ```
pub struct LabelsOf<C, S> {
    indices: Indices,
    kind: PhantomData<fn() -> (C, S)>,
}

/// What can be wrong with labels.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelsError {
    /// A label that is not a class.
    #[error("label {position} is {got}, and there are {classes} classes: expected {}", range(*.classes))]
    OutOfRange {
        /// Which label, counted from 0 in row-major order.
        position: usize,
        /// The label.
        got: usize,
        /// The number of classes.
        classes: usize,
    },
    /// The wrong number of labels.
    #[error(transparent)]
    Length(#[from] TensorError),
}

/// The labels below a bound, in words.
fn range(classes: usize) -> String {
    match classes.checked_sub(1) {
        Some(last) => format!("0 to {last}"),
        None => "no label".to_owned(),
    }
}

impl<C: Dim, S: Shape> LabelsOf<C, S> {
    /// Labels in row-major order.
    ///
    /// # Errors
    /// A label that is not below `C`, or a number of labels that is not that of the shape.
    pub fn new(labels: impl Into<Vec<usize>>) -> Result<Self, LabelsError> {
        let data = labels.into();
        let (dims, expected, got) = (Dims::of::<S>(), S::SIZE, data.len());
        if got != expected {
            return Err(TensorError::Length {
                dims,
                expected,
                got,
            }
            .into());
        }
        let bound = C::SIZE;
        if let Some(position) = data.iter().position(|&label| label >= bound) {
            return Err(LabelsError::OutOfRange {
                position,
                got: data[position],
                classes: bound,
            });
        }
        let tensor = AnyTensor::from_parts(dims, data);
        Ok(LabelsOf {
            indices: Indices::from_parts(bound, tensor),
            kind: PhantomData,
        })
    }

    /// The labels in row-major order.
    pub fn as_slice(&self) -> &[usize] {
        self.indices.as_slice()
    }
}

impl<C: Dim, S: Shape> EnvEntry for LabelsOf<C, S> {
    itself!();
    fn push_types(types: &mut Vec<Type>) {
        types.push(Type::Index {
            dims: Dims::of::<S>(),
            below: C::SIZE,
        });
    }
    fn push_values<A: Semiring>(of: &Self, values: &mut Vec<Value<A>>) {
        values.push(Value::Index(of.indices.clone()));
    }
    fn take_values<A: Semiring>(from: &mut Taking<A>) -> Self {
        let tensor = match from.value() {
            // What was computed may be below a lower bound. The tensor is shared, not copied.
            Some(Value::Index(indices))
                if *indices.dims() == Dims::of::<S>() && indices.below() <= C::SIZE =>
            {
                indices.tensor().clone()
            }
            Some(Value::Index(_) | Value::Scalar(_) | Value::Key(_)) | None => {
                from.fail(EraseError::TooShort);
                AnyTensor::from_parts(Dims::new(&[0]), Vec::new())
            }
        };
        LabelsOf {
            indices: Indices::from_parts(C::SIZE, tensor),
            kind: PhantomData,
        }
    }
}

impl<C, S> Clone for LabelsOf<C, S> {
    fn clone(&self) -> Self {
        LabelsOf {
            indices: self.indices.clone(),
            kind: PhantomData,
        }
    }
}

impl<C, S> PartialEq for LabelsOf<C, S> {
    fn eq(&self, other: &Self) -> bool {
        self.indices == other.indices
    }
}

impl<C, S> Eq for LabelsOf<C, S> {}

impl<C, S> fmt::Debug for LabelsOf<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Labels{} < {} {:?}",
            self.indices.dims(),
            self.indices.below(),
            self.indices.as_slice()
        )
    }
}
