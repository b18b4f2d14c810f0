//! Parameters by the names of their tensors.

use super::{Entry, Erase, EraseError, Name, Parameters};
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Dims};

/// The values of an entry, made tensor by tensor: `f` has the name and the dims of each, and returns its elements, row
/// major. The names are those of the fields, without that of the entry itself: `blocks[3].norm.gain`.
///
/// # Errors
/// A number of elements that is not that of the dims.
///
/// ```
/// use cotangent::context::by_name;
/// use cotangent::prelude::*;
/// graph! {
///     struct Norm<D: Dim> { gain: [D], shift: [D] }
///     struct Net<D: Dim> { norms: [Norm<D>; 2], weight: [D, D] }
/// }
/// let p = by_name::<f64, Net<N<2>>>(|name, dims| match name {
///     "norms[1].gain" => vec![1.0; dims.count()],
///     _ if name.ends_with(".gain") => vec![0.5; dims.count()],
///     _ => vec![0.0; dims.count()],
/// })?;
/// let tlist![norms, _] = p;
/// let tlist![gain, _] = &norms[1];
/// assert_eq!(gain, &Tensor::from([1.0, 1.0]));
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
        let name = name.strip_prefix('.').unwrap_or(name);
        tensors.push(AnyTensor::new(&dims, f(name, &dims))?);
    }
    Erase::take_any(&mut tensors.into_iter())
}
