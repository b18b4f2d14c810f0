//! Scalars and their bytes.

use crate::data::Element;
use crate::graph::Float;
use crate::tensor::Dims;
use safetensors::{Dtype, View};
use std::borrow::Cow;

/// Scalars that files of tensors have: `f32` and `f64`.
pub trait Stored: Float + Element {
    /// Their type in a file.
    #[doc(hidden)]
    const DTYPE: Dtype;
    /// Their bytes, the least first.
    #[doc(hidden)]
    fn bytes(x: &[Self]) -> Vec<u8>;
}

macro_rules! stored {
    ($($A:ident $DTYPE:ident)*) => {$(
        impl Stored for $A {
            const DTYPE: Dtype = Dtype::$DTYPE;
            fn bytes(x: &[Self]) -> Vec<u8> {
                x.iter().flat_map(|x| x.to_le_bytes()).collect()
            }
        }
    )*};
}

stored!(f32 F32 f64 F64);

/// A tensor as it is written.
pub(super) struct Written {
    pub dtype: Dtype,
    pub dims: Vec<usize>,
    pub bytes: Vec<u8>,
}

impl Written {
    /// Scalars.
    pub fn scalars<A: Stored>(dims: &Dims, x: &[A]) -> Self {
        Written {
            dtype: A::DTYPE,
            dims: dims.to_vec(),
            bytes: A::bytes(x),
        }
    }
}

impl View for &Written {
    fn dtype(&self) -> Dtype {
        self.dtype
    }
    fn shape(&self) -> &[usize] {
        &self.dims
    }
    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }
    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}
