//! How one value of each example lies in memory.

use crate::tensor::{AnyTensor, Dims, Indices, Key, Type, Value};
use std::sync::Arc;

/// One value of each row. A clone shares the elements.
#[derive(Clone)]
pub(super) enum Store<A> {
    Scalars {
        row: Dims,
        data: Arc<Vec<A>>,
    },
    Indices {
        row: Dims,
        below: usize,
        data: Arc<Vec<usize>>,
    },
    Keys {
        row: Dims,
        data: Arc<Vec<Key>>,
    },
    /// Scalars that are kept as the bytes they were read as.
    Bytes {
        row: Dims,
        data: Arc<Vec<u8>>,
        /// The scalar of each byte.
        table: Arc<Vec<A>>,
    },
    /// Row `i` is `length` of the tokens, from `first + i * stride` on.
    Windows {
        tokens: Arc<[u32]>,
        first: usize,
        length: usize,
        stride: usize,
        below: usize,
    },
}

impl<A: Clone> Store<A> {
    /// No rows of this type.
    pub(super) fn empty(ty: &Type) -> Self {
        match ty.clone() {
            Type::Scalar(row, _) => Store::Scalars {
                row,
                data: Arc::default(),
            },
            Type::Index { dims: row, below } => Store::Indices {
                row,
                below,
                data: Arc::default(),
            },
            Type::Key(row) => Store::Keys {
                row,
                data: Arc::default(),
            },
        }
    }

    /// Adds a row. The value is of the type that the store was made for.
    pub(super) fn push(&mut self, value: &Value<A>) {
        match (self, value) {
            (Store::Scalars { data, .. }, Value::Scalar(x)) => {
                Arc::make_mut(data).extend_from_slice(x.as_slice());
            }
            (Store::Indices { data, .. }, Value::Index(x)) => {
                Arc::make_mut(data).extend_from_slice(x.as_slice());
            }
            (Store::Keys { data, .. }, Value::Key(x)) => {
                Arc::make_mut(data).extend_from_slice(x.as_slice());
            }
            _ => debug_assert!(false, "a value of the type of its entry"),
        }
    }

    /// These rows, along a new first axis.
    pub(super) fn stack(&self, rows: &[usize]) -> Value<A> {
        self.gather(rows, |row| row.with_leading(rows.len()))
    }

    /// This row.
    pub(super) fn row(&self, row: usize) -> Value<A> {
        self.gather(&[row], Dims::clone)
    }

    fn gather(&self, rows: &[usize], dims: impl FnOnce(&Dims) -> Dims) -> Value<A> {
        let indices = |dims, below, data| {
            Value::Index(Indices::from_parts(
                below,
                AnyTensor::from_parts(dims, data),
            ))
        };
        match self {
            Store::Scalars { row, data } => Value::Scalar(AnyTensor::from_parts(
                dims(row),
                taken(data, row.count(), rows),
            )),
            Store::Indices { row, below, data } => {
                indices(dims(row), *below, taken(data, row.count(), rows))
            }
            Store::Keys { row, data } => Value::Key(AnyTensor::from_parts(
                dims(row),
                taken(data, row.count(), rows),
            )),
            Store::Bytes { row, data, table } => {
                let bytes = taken(data, row.count(), rows).into_iter();
                let scalars = bytes.map(|byte| table[usize::from(byte)].clone()).collect();
                Value::Scalar(AnyTensor::from_parts(dims(row), scalars))
            }
            Store::Windows {
                tokens,
                first,
                length,
                stride,
                below,
            } => {
                let windows = rows.iter().flat_map(|row| {
                    let from = first + row * stride;
                    &tokens[from..from + length]
                });
                let data = windows.map(|&token| token as usize).collect();
                indices(dims(&Dims::new(&[*length])), *below, data)
            }
        }
    }
}

/// The scalar of each byte.
pub(super) fn table<A>(scalar: impl Fn(u8) -> A) -> Arc<Vec<A>> {
    Arc::new((0..=u8::MAX).map(scalar).collect())
}

/// The elements of these rows of `each` elements.
fn taken<T: Clone>(data: &[T], each: usize, rows: &[usize]) -> Vec<T> {
    let mut all = Vec::with_capacity(each * rows.len());
    for row in rows {
        all.extend_from_slice(&data[row * each..(row + 1) * each]);
    }
    all
}
