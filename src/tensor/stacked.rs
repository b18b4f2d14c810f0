//! Values of one type as one value, with a new first axis.

use super::{AnyTensor, Dims, Indices, Type, Value};

impl<A: Clone> Value<A> {
    /// As many values of this type as there are, along a new first axis. None if one of them is of another kind.
    pub(crate) fn stack(ty: &Type, values: &[&Value<A>]) -> Option<Value<A>> {
        let dims = ty.dims().with_leading(values.len());
        Some(match ty {
            Type::Scalar(..) => {
                let each = values.iter().map(|value| Some(value.tensor()?.as_slice()));
                Value::Scalar(AnyTensor::from_parts(dims, joined(each)?))
            }
            Type::Index { below, .. } => {
                let each = values.iter().map(|value| match value {
                    Value::Index(x) => Some(x.as_slice()),
                    Value::Scalar(_) | Value::Key(_) => None,
                });
                let tensor = AnyTensor::from_parts(dims, joined(each)?);
                Value::Index(Indices::from_parts(*below, tensor))
            }
            Type::Key(_) => {
                let each = values.iter().map(|value| match value {
                    Value::Key(x) => Some(x.as_slice()),
                    Value::Scalar(_) | Value::Index(_) => None,
                });
                Value::Key(AnyTensor::from_parts(dims, joined(each)?))
            }
        })
    }

    /// The values along the first axis: none of a value without axes.
    pub(crate) fn unstack(&self) -> Vec<Value<A>> {
        let Some((&count, rest)) = self.dims().split_first() else {
            return Vec::new();
        };
        let dims = Dims::new(rest);
        let each = dims.count();
        let range = |i: usize| i * each..(i + 1) * each;
        let entries = (0..count).map(|i| match self {
            Value::Scalar(x) => Value::Scalar(AnyTensor::from_parts(
                dims.clone(),
                x.as_slice()[range(i)].to_vec(),
            )),
            Value::Index(x) => {
                let indices = x.as_slice()[range(i)].to_vec();
                let tensor = AnyTensor::from_parts(dims.clone(), indices);
                Value::Index(Indices::from_parts(x.below(), tensor))
            }
            Value::Key(x) => Value::Key(AnyTensor::from_parts(
                dims.clone(),
                x.as_slice()[range(i)].to_vec(),
            )),
        });
        entries.collect()
    }
}

fn joined<'v, E: Clone + 'v>(each: impl Iterator<Item = Option<&'v [E]>>) -> Option<Vec<E>> {
    let mut all = Vec::new();
    for elements in each {
        all.extend_from_slice(elements?);
    }
    Some(all)
}
