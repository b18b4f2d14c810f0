//! Parameters by the names of their tensors.

use super::name::Name;
use super::{Entry, Erase, EraseError, Parameters, take_tensors};
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Dims};

/// The values of an entry, made tensor by tensor: `f` has the name and the dims of each, and returns its elements, row
/// major. The names are those of the fields, without that of the entry itself: `blocks.3.norm.gain`, as
/// [`Vector::names`](super::Vector::names) has them.
///
/// # Errors
/// [`EraseError::Named`]: a number of elements that is not that of the dims.
///
/// ```
/// use cotangent::context::by_name;
/// use cotangent::prelude::*;
/// graph! {
///     struct Norm<D: Dim> { gain: [D], shift: [D] }
///     struct Net<D: Dim> { norms: [Norm<D>; 2], weight: [D, D] }
/// }
/// let p = by_name::<f64, Net<N<2>>>(|name, dims| match name {
///     "norms.1.gain" => vec![1.0; dims.count()],
///     _ if name.ends_with(".gain") => vec![0.5; dims.count()],
///     _ => vec![0.0; dims.count()],
/// })?;
/// assert_eq!(p.norms[1].gain, Tensor::from([1.0, 1.0]));
/// // And back: every tensor by its name.
/// assert_eq!(p.names()[2], ("norms.1.gain".into(), &[2][..], &[1.0, 1.0][..]));
/// let error = by_name::<f64, Net<N<2>>>(|_, _| vec![0.0; 2]).unwrap_err();
/// assert_eq!(error.to_string(), "the tensor `weight`: a tensor of dims [2, 2] has 4 elements, got 2");
/// # Ok::<(), EraseError>(())
/// ```
pub fn by_name<A: Semiring, E: Entry>(
    mut f: impl FnMut(&str, &Dims) -> Vec<A>,
) -> Result<Parameters<A, E>, EraseError> {
    let (mut names, mut dims) = (Vec::new(), Vec::new());
    E::push_names(Name::default(), &mut names);
    E::push_dims(&mut dims);
    let mut tensors = Vec::with_capacity(dims.len());
    for (name, dims) in names.iter().zip(dims) {
        let tensor = AnyTensor::new(&dims, f(name, &dims));
        tensors.push(tensor.map_err(|source| EraseError::Named {
            name: name.to_string(),
            source: Box::new(source),
        })?);
    }
    take_tensors(tensors, Erase::take_any)
}
