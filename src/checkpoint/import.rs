//! Parameters of models from elsewhere.

use super::CheckpointError;
use super::parameters::{places, typed};
use super::stored::Stored;
use crate::context::{Entry, Parameters};
use crate::data::safetensors::Safetensors;
use crate::optim::Difference;
use crate::tensor::{AnyTensor, Dims};
use core::ops::Range;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A file of a model from elsewhere, such as PyTorch, whose tensors have other names and lie otherwise.
///
/// ```
/// use cotangent::checkpoint::{Import, Source, save_parameters};
/// use cotangent::nn::Linear;
/// use cotangent::prelude::*;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("import-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("torch.safetensors");
/// // As PyTorch has a linear layer: its weight is `(O, I)`.
/// graph! { struct Torch { weight: [2, 3], bias: [2] } }
/// let theirs = Torch::of(Tensor::from([[1.0_f32, 2.0, 3.0], [4.0, 5.0, 6.0]]), Tensor::from([7.0, 8.0]));
/// save_parameters(&path, &theirs)?;
///
/// let mut file = Import::read(&path)?;
/// let ours: Parameters<f32, Linear<N<3>, N<2>>> = file.take::<_, Linear<_, _>>(|name| match name {
///     "weight" => Source::of("weight").transposed(),
///     name => Source::of(name),
/// })?;
/// file.finish()?; // nothing is left
/// assert_eq!(ours.weight, Tensor::from([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Import {
    path: PathBuf,
    file: Safetensors,
    unused: BTreeSet<String>,
}

/// Where a tensor comes from, and how it is laid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Their sum is taken.
    names: Vec<String>,
    rows: Option<Range<usize>>,
    is_transposed: bool,
    is_reshaped: bool,
}

impl Source {
    /// The tensor of this name.
    pub fn of(name: impl Into<String>) -> Self {
        Source {
            names: vec![name.into()],
            rows: None,
            is_transposed: false,
            is_reshaped: false,
        }
    }

    /// The sum with another of the same dims: PyTorch's recurrent layers have two biases.
    #[must_use]
    pub fn plus(mut self, name: impl Into<String>) -> Self {
        self.names.push(name.into());
        self
    }

    /// These entries along the first axis: PyTorch's attention has one weight for queries, keys and values.
    #[must_use]
    pub fn rows(mut self, rows: Range<usize>) -> Self {
        self.rows = Some(rows);
        self
    }

    /// A matrix with its axes exchanged, after its [rows](Self::rows) are taken: PyTorch's linear layers have `(O, I)`.
    #[must_use]
    pub fn transposed(mut self) -> Self {
        self.is_transposed = true;
        self
    }

    /// In other dims of as many elements, after all else: heads are axes of their own here.
    #[must_use]
    pub fn reshaped(mut self) -> Self {
        self.is_reshaped = true;
        self
    }
}

impl Import {
    /// Reads a file of tensors.
    ///
    /// # Errors
    /// A file that cannot be read, or that is none of tensors.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, CheckpointError> {
        let path = path.as_ref().to_owned();
        let file = Safetensors::read(&path)?;
        let unused = file.names().into_iter().collect();
        Ok(Import { path, file, unused })
    }

    /// The names of the tensors that nothing has been made of.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        self.unused.iter().map(String::as_str)
    }

    /// Leaves out the tensors of these names: `file.ignore(|name| name.ends_with("num_batches_tracked"))`.
    pub fn ignore(&mut self, of: impl Fn(&str) -> bool) -> &mut Self {
        self.unused.retain(|name| !of(name));
        self
    }

    /// Parameters, each tensor from where `source` says for its name: that of its fields, `blocks.3.up.weight`.
    ///
    /// # Errors
    /// A tensor that is missing, or has other dims when it is laid as the source says: all of them at once. Elements of another
    /// type.
    pub fn take<A: Stored, E: Entry>(
        &mut self,
        mut source: impl FnMut(&str) -> Source,
    ) -> Result<Parameters<A, E>, CheckpointError> {
        let mut tensors = Vec::new();
        let mut differences = Vec::new();
        for (name, dims) in places::<E>() {
            let source = source(&name);
            match self.laid::<A>(&source, &dims)? {
                Ok(tensor) => tensors.push(tensor),
                Err(difference) => differences.push(difference),
            }
        }
        typed::<A, E>(&self.path, tensors, differences)
    }

    /// That every tensor has been used.
    ///
    /// # Errors
    /// All that are left.
    pub fn finish(self) -> Result<(), CheckpointError> {
        let surplus = self.unused.into_iter();
        let differences: Vec<_> = surplus.map(|name| Difference::Surplus { name }).collect();
        match differences.is_empty() {
            true => Ok(()),
            false => Err(CheckpointError::Differs {
                path: self.path,
                differences,
            }),
        }
    }

    /// The tensor of a source, of these dims; or what differs.
    fn laid<A: Stored>(
        &mut self,
        source: &Source,
        expected: &Dims,
    ) -> Result<Result<AnyTensor<A>, Difference>, CheckpointError> {
        let mut sum: Option<(Dims, Vec<A>)> = None;
        for name in &source.names {
            if !self.file.has(name) {
                return Ok(Err(Difference::Missing { name: name.clone() }));
            }
            self.unused.remove(name);
            let array = self.file.array::<A>(name)?;
            match &mut sum {
                None => sum = Some((array.dims().clone(), array.as_slice().to_vec())),
                Some((dims, sum)) if dims == array.dims() => {
                    let terms = array.as_slice().iter();
                    sum.iter_mut().zip(terms).for_each(|(sum, &x)| *sum += x);
                }
                Some((dims, _)) => {
                    return Ok(Err(Difference::Dims {
                        name: name.clone(),
                        expected: dims.clone(),
                        got: array.dims().clone(),
                    }));
                }
            }
        }
        // A source has a name.
        let (mut dims, mut elements) = sum.unwrap_or_default();
        let name = source.names.join(" + ");
        if let Some(rows) = &source.rows {
            let there = dims.first().copied().unwrap_or_default();
            if rows.start > rows.end || rows.end > there {
                return Ok(Err(Difference::Element {
                    name,
                    expected: format!("rows {} to {}", rows.start, rows.end),
                    got: format!("{there} rows"),
                }));
            }
            let size: usize = dims.iter().skip(1).product();
            elements = elements[rows.start * size..rows.end * size].to_vec();
            let mut of_rows = dims.to_vec();
            of_rows[0] = rows.len();
            dims = Dims::new(&of_rows);
        }
        if source.is_transposed {
            let &[rows, columns] = &*dims else {
                return Ok(Err(Difference::Element {
                    name,
                    expected: "a matrix to transpose".to_owned(),
                    got: format!("the dims {dims}"),
                }));
            };
            let from = &elements;
            let transposed =
                (0..columns).flat_map(|j| (0..rows).map(move |i| from[i * columns + j]));
            elements = transposed.collect();
            dims = Dims::new(&[columns, rows]);
        }
        if source.is_reshaped && dims.count() == expected.count() {
            dims = expected.clone();
        }
        Ok(match dims == *expected {
            true => Ok(AnyTensor::from_parts(dims, elements)),
            false => Err(Difference::Dims {
                name,
                expected: expected.clone(),
                got: dims,
            }),
        })
    }
}
