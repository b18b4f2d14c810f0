//! Dims: sizes as types, written in decimal.
//!
//! `N<784>` is 784. Sizes from 1,000 on are written with digits of base 1,000, as numbers are read:
//! `N2<50, 257>` is 50,257 and `N3<1, 234, 567>` is 1,234,567. One size has one spelling, so two dims are
//! equal exactly when their types are, and a mismatch reads ``expected `784`, found `768` ``.
//!
//! ```
//! use cotangent::prelude::*;
//! let _: shape![784, 50257] = (N::<784>, N2::<50, 257>); // `shape!` writes the digits
//! assert_eq!(<N2<50, 257>>::SIZE, 50_257);
//! ```

mod arith;
mod kept;
mod number;
mod positive;
mod table;

pub use arith::{Difference, Product, Quotient, Sum};
#[doc(hidden)]
pub use arith::{DivDim, SubDim};
pub use kept::Kept;
pub use number::{Dim, N, N2, N3, TooLarge};
#[doc(hidden)]
pub use number::{Leading, Natural, OfDigits, Small};
pub use positive::Positive;
