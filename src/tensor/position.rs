//! Where an element stands, for messages.

use super::Dims;

/// The position of an element: `[0,1]`, and nothing for a scalar.
pub(crate) struct Position<'a> {
    pub dims: &'a Dims,
    pub at: usize,
}

impl core::fmt::Display for Position<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let strides = self.dims.strides();
        let position = |axis: usize| (self.at / strides[axis] % self.dims[axis]).to_string();
        let positions: Vec<_> = (0..self.dims.len()).map(position).collect();
        match positions.as_slice() {
            [] => Ok(()),
            _ => write!(f, "[{}]", positions.join(",")),
        }
    }
}
