//! Parameters alone.

use super::CheckpointError;
use super::file::write;
use super::stored::{Stored, Written};
use crate::context::{Entry, Erase, Name, Parameters, Vector, take_all};
use crate::data::safetensors::Safetensors;
use crate::optim::Difference;
use crate::tensor::{AnyTensor, Dims, Value};
use std::collections::BTreeSet;
use std::path::Path;

/// What a checkpoint of a training has beside its parameters begins with one of these.
const OF_TRAINING: [&str; 6] = [
    "kept/",
    "gathered/",
    "average/",
    "state/",
    "progress/",
    "data/",
];

/// Writes parameters, each tensor by the names of its fields: `blocks.3.up.weight`.
///
/// # Errors
/// As [`save`](super::save).
pub fn save_parameters<A: Stored, V: Vector<A>>(
    path: impl AsRef<Path>,
    parameters: &V,
) -> Result<(), CheckpointError> {
    let tensors = parameters.names();
    let tensors = tensors.iter().map(|(name, dims, elements)| {
        let written = Written::scalars(&Dims::new(dims), elements);
        (&**name, written)
    });
    write(path.as_ref(), &tensors.collect::<Vec<_>>(), String::new())
}

/// Reads parameters: of a file of [`save_parameters`], or of a [checkpoint](super::save) of a training.
///
/// # Errors
/// A file that cannot be read. A tensor that is missing, is too many, or has other dims: all of them at once.
///
/// ```
/// use cotangent::checkpoint::{load_parameters, save_parameters};
/// use cotangent::prelude::*;
/// graph! {
///     struct Small { weight: [2, 3], bias: [3] }
///     struct Large { weight: [2, 4], bias: [4], gain: [] }
/// }
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("parameters-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// let path = folder.join("small.safetensors");
/// let small: Parameters<f32, Small> = Small::init(Key::new(7));
/// save_parameters(&path, &small)?;
/// assert_eq!(load_parameters::<f32, Small>(&path)?, small);
///
/// let error = load_parameters::<f32, Large>(&path).unwrap_err().to_string();
/// let differs = "`weight` has the dims [2, 3]: expected [2, 4]; `bias` has the dims [3]: expected [4]; `gain` is missing";
/// assert!(error.contains("small.safetensors") && error.ends_with(differs), "{error}");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok(())
/// # }
/// ```
pub fn load_parameters<A: Stored, E: Entry>(
    path: impl AsRef<Path>,
) -> Result<Parameters<A, E>, CheckpointError> {
    let path = path.as_ref();
    let file = Safetensors::read(path)?;
    let is_parameter = |name: &String| !OF_TRAINING.iter().any(|part| name.starts_with(part));
    let mut rest: BTreeSet<String> = file.names().into_iter().filter(is_parameter).collect();
    let mut tensors = Vec::new();
    let mut differences = Vec::new();
    for (name, dims) in places::<E>() {
        match rest.remove(&*name) {
            false => differences.push(Difference::Missing {
                name: name.to_string(),
            }),
            true => {
                let array = file.array::<A>(&name)?;
                match *array.dims() == dims {
                    true => tensors.push(AnyTensor::from_parts(dims, array.as_slice().to_vec())),
                    false => differences.push(Difference::Dims {
                        name: name.to_string(),
                        expected: dims,
                        got: array.dims().clone(),
                    }),
                }
            }
        }
    }
    differences.extend(rest.into_iter().map(|name| Difference::Surplus { name }));
    typed::<A, E>(path, tensors, differences)
}

/// The name and the dims of each tensor of an entry.
pub(super) fn places<E: Entry>() -> Vec<(Name, Dims)> {
    let (mut names, mut dims) = (Vec::new(), Vec::new());
    E::push_names(Name::default(), &mut names);
    E::push_dims(&mut dims);
    names.into_iter().zip(dims).collect()
}

/// Tensors of the dims of an entry as its values, if nothing differs.
pub(super) fn typed<A: Stored, E: Entry>(
    path: &Path,
    tensors: Vec<AnyTensor<A>>,
    differences: Vec<Difference>,
) -> Result<Parameters<A, E>, CheckpointError> {
    if !differences.is_empty() {
        return Err(CheckpointError::Differs {
            path: path.to_owned(),
            differences,
        });
    }
    let values = tensors.into_iter().map(Value::Scalar).collect();
    match take_all(values, Erase::take_any) {
        Ok(parameters) => Ok(parameters),
        Err(error) => unreachable!("tensors of the dims of the entry: {error}"),
    }
}
