//! What a value of a program is: scalars, indices or keys.

use super::{AnyTensor, Dims, Key};
use crate::scalar::Precision;
use core::fmt;

/// What a value of a program is. It prints as `[2, 3]`, `[2] < 10` or `key []`.
///
/// ```
/// use cotangent::program::Type;
/// use cotangent::tensor::Dims;
/// let labels = Type::Index { dims: Dims::new(&[2]), below: 10 };
/// assert_eq!(labels.to_string(), "[2] < 10");
/// assert_eq!(Type::scalar(Dims::new(&[2, 3])).to_string(), "[2, 3]");
/// assert_eq!(Type::Key(Dims::new(&[])).to_string(), "key []");
/// assert_eq!(labels.with_dims(Dims::new(&[5])).to_string(), "[5] < 10");
/// assert!(!labels.is_scalar()); // so it has no tangent
/// let half = Type::Scalar(Dims::new(&[3]), cotangent::scalar::Precision::Single);
/// assert_eq!((half.to_string().as_str(), half.is_scalar()), ("single [3]", true));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Scalars of the run, or of a precision of their own. Only these have tangents and cotangents.
    Scalar(Dims, Precision),
    /// Numbers from 0 on, each below a bound.
    Index {
        /// The dims.
        dims: Dims,
        /// Every index is below this.
        below: usize,
    },
    /// Keys of random bits.
    Key(Dims),
}

impl Type {
    /// Scalars of the run's own precision.
    pub fn scalar(dims: Dims) -> Self {
        Type::Scalar(dims, Precision::Run)
    }

    /// The dims.
    pub fn dims(&self) -> &Dims {
        match self {
            Type::Scalar(dims, _) | Type::Index { dims, .. } | Type::Key(dims) => dims,
        }
    }

    /// The same kind of value with other dims.
    pub fn with_dims(&self, dims: Dims) -> Self {
        match self {
            Type::Scalar(_, precision) => Type::Scalar(dims, *precision),
            &Type::Index { below, .. } => Type::Index { dims, below },
            Type::Key(_) => Type::Key(dims),
        }
    }

    /// The type of as many of these, stacked along a new first axis.
    pub(crate) fn with_leading(&self, size: usize) -> Type {
        self.with_dims(self.dims().with_leading(size))
    }

    /// Whether it is made of scalars: then it has tangents and cotangents.
    pub fn is_scalar(&self) -> bool {
        match self {
            Type::Scalar(..) => true,
            Type::Index { .. } | Type::Key(_) => false,
        }
    }

    /// How many bytes its elements take, where a scalar takes `scalar` bytes. `u64::MAX` where they do not fit.
    pub fn bytes(&self, scalar: usize) -> u64 {
        let each = match self {
            Type::Scalar(..) => scalar,
            Type::Index { .. } => size_of::<usize>(),
            Type::Key(_) => size_of::<Key>(),
        };
        (self.dims().count() as u64).saturating_mul(each as u64)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Scalar(dims, Precision::Run) => write!(f, "{dims}"),
            Type::Scalar(dims, precision) => write!(f, "{precision} {dims}"),
            Type::Index { dims, below } => write!(f, "{dims} < {below}"),
            Type::Key(dims) => write!(f, "key {dims}"),
        }
    }
}

/// Indices with their dims and their bound.
///
/// ```
/// use cotangent::tensor::{Dims, Indices};
/// let indices = Indices::new(&[3], 10, vec![3, 1, 4]).unwrap();
/// assert_eq!((indices.dims().to_string().as_str(), indices.below()), ("[3]", 10));
/// assert_eq!(indices.as_slice(), [3, 1, 4]);
/// assert!(Indices::new(&[3], 4, vec![3, 1, 4]).is_none()); // 4 is not below 4
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indices {
    below: usize,
    tensor: AnyTensor<usize>,
}

impl Indices {
    /// Indices, row major. `None` if one is not below the bound, or if there are not as many as the dims have.
    pub fn new(dims: &[usize], below: usize, data: Vec<usize>) -> Option<Self> {
        let fits = data.iter().all(|&index| index < below);
        let tensor = AnyTensor::new(dims, data).ok()?;
        fits.then_some(Indices { below, tensor })
    }

    /// For callers that have checked.
    pub(crate) fn from_parts(below: usize, tensor: AnyTensor<usize>) -> Self {
        debug_assert!(tensor.as_slice().iter().all(|&index| index < below));
        Indices { below, tensor }
    }

    /// The dims.
    pub fn dims(&self) -> &Dims {
        self.tensor.dims()
    }

    /// Every index is below this.
    pub fn below(&self) -> usize {
        self.below
    }

    /// The indices, row major.
    pub fn as_slice(&self) -> &[usize] {
        self.tensor.as_slice()
    }

    pub(crate) fn tensor(&self) -> &AnyTensor<usize> {
        &self.tensor
    }
}

/// A value of a program while it runs. A clone shares the elements.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Type, Value};
/// use cotangent::tensor::{Dims, Indices, Key};
/// let scalars: Value<f64> = AnyTensor::scalar(2.0).into();
/// let indices: Value<f64> = Indices::new(&[2], 3, vec![0, 2]).unwrap().into();
/// let key: Value<f64> = Key::new(7).into();
/// assert!(matches!((&scalars, &indices, &key), (Value::Scalar(_), Value::Index(_), Value::Key(_))));
/// assert_eq!((scalars.tensor(), indices.tensor()), (Some(&AnyTensor::scalar(2.0)), None));
/// assert_eq!((indices.dims().to_string(), indices.ty().to_string()), ("[2]".into(), "[2] < 3".into()));
/// // Indices below 3 are indices below 5, too.
/// let below = |below| Type::Index { dims: Dims::new(&[2]), below };
/// assert!(indices.fits(&below(5)) && !indices.fits(&below(2)) && !key.fits(&below(5)));
/// assert_eq!(scalars.into_tensor(), Some(AnyTensor::scalar(2.0)));
/// ```
#[derive(Clone, PartialEq)]
pub enum Value<A> {
    /// Scalars.
    Scalar(AnyTensor<A>),
    /// Indices.
    Index(Indices),
    /// Keys.
    Key(AnyTensor<Key>),
}

impl<A> Value<A> {
    /// The dims.
    pub fn dims(&self) -> &Dims {
        match self {
            Value::Scalar(x) => x.dims(),
            Value::Index(x) => x.dims(),
            Value::Key(x) => x.dims(),
        }
    }

    /// The scalars, if it is made of them.
    pub fn tensor(&self) -> Option<&AnyTensor<A>> {
        match self {
            Value::Scalar(x) => Some(x),
            Value::Index(_) | Value::Key(_) => None,
        }
    }

    /// The scalars, if it is made of them.
    pub fn into_tensor(self) -> Option<AnyTensor<A>> {
        match self {
            Value::Scalar(x) => Some(x),
            Value::Index(_) | Value::Key(_) => None,
        }
    }

    /// The same indices or keys, for a run over another scalar; none for scalars.
    pub(crate) fn over<B>(&self) -> Option<Value<B>> {
        match self {
            Value::Scalar(_) => None,
            Value::Index(x) => Some(Value::Index(x.clone())),
            Value::Key(x) => Some(Value::Key(x.clone())),
        }
    }

    /// What it is. Its precision counts as the run's own.
    pub fn ty(&self) -> Type {
        match self {
            Value::Scalar(x) => Type::scalar(x.dims().clone()),
            Value::Index(x) => Type::Index {
                dims: x.dims().clone(),
                below: x.below(),
            },
            Value::Key(x) => Type::Key(x.dims().clone()),
        }
    }

    /// Whether it can stand for a value of this type: scalars of any precision, indices of no larger bound.
    pub fn fits(&self, ty: &Type) -> bool {
        self.dims() == ty.dims()
            && match (self, ty) {
                (Value::Scalar(_), Type::Scalar(..)) | (Value::Key(_), Type::Key(_)) => true,
                (Value::Index(x), Type::Index { below, .. }) => x.below() <= *below,
                (Value::Scalar(_) | Value::Index(_) | Value::Key(_), _) => false,
            }
    }
}

impl<A: fmt::Display> fmt::Debug for Value<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Scalar(x) => f.debug_tuple("Scalar").field(x).finish(),
            Value::Index(x) => f.debug_tuple("Index").field(x).finish(),
            Value::Key(x) => f.debug_tuple("Key").field(x).finish(),
        }
    }
}

/// The tensors among some values: all of them, of what has tangents.
pub(crate) fn only_tensors<A>(values: Vec<Value<A>>) -> Vec<AnyTensor<A>> {
    values.into_iter().filter_map(Value::into_tensor).collect()
}

impl<A> From<AnyTensor<A>> for Value<A> {
    fn from(value: AnyTensor<A>) -> Self {
        Value::Scalar(value)
    }
}

impl<A> From<Indices> for Value<A> {
    fn from(value: Indices) -> Self {
        Value::Index(value)
    }
}

impl<A> From<Key> for Value<A> {
    fn from(key: Key) -> Self {
        Value::Key(AnyTensor::scalar(key))
    }
}
