//! NPY and NPZ, the files of NumPy: an array, and an archive of arrays.
//!
//! ```
//! use cotangent::data::npy;
//! let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n";
//! let mut file = b"\x93NUMPY\x01\x00".to_vec();
//! file.extend((header.len() as u16).to_le_bytes());
//! file.extend(header.as_bytes());
//! file.extend([1.5_f32, -2.0].map(f32::to_le_bytes).concat());
//! let x = npy::parse::<f32>("x.npy", &file)?;
//! assert_eq!((x.dims().to_string(), x.as_slice()), ("[2]".to_owned(), &[1.5, -2.0][..]));
//!
//! let error = npy::parse::<f64>("x.npy", &file).unwrap_err();
//! assert_eq!(error.to_string(), "x.npy: expected elements of type f64, got `<f4`");
//! # Ok::<(), cotangent::data::DataError>(())
//! ```

mod header;
#[cfg(feature = "npz")]
mod npz;
mod read;

#[cfg(feature = "npz")]
pub use npz::Npz;
pub use read::{parse, read};
