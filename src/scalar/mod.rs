//! Scalars: the algebra tower, and what each scalar can do.
//!
//! Commutative semiring < ring < field < ordered field < real. A graph may use an operation when its scalar is
//! high enough in the tower; otherwise it does not compile: there is no `exp` over the rationals.
//!
//! ```
//! use cotangent::prelude::*;
//! use num_rational::BigRational;
//! graph! {
//!     fn square(x: [2]) -> [] where A: Semiring { sum(x * x) }
//! }
//! assert_eq!(square::<f64>().value(&tlist![Tensor::from([0.5, 2.0])], &tlist![]).item(), 4.25);
//! let half = BigRational::new(1.into(), 2.into());
//! let exact = square::<BigRational>().value(&tlist![Tensor::full(half.clone())], &tlist![]);
//! assert_eq!(exact.item(), half); // 1/4 + 1/4, without rounding
//! ```

mod boolean;
mod derivative;
mod dual;
mod functions;
mod impls;
mod interval;
mod kernels;
mod literal;
mod modular;
mod need;
mod precision;
pub(crate) mod residue;
mod sample;
mod tower;
mod tropical;

pub use boolean::Boolean;
pub use derivative::{Derivative, Expressions};
pub use dual::Dual;
pub(crate) use functions::Domain;
pub use functions::{Binary, Comparison, Unary};
pub use interval::{Interval, IntervalError};
#[doc(hidden)]
pub use kernels::Interpret;
pub use kernels::{
    FieldKernels, Kernels, OrderedFieldKernels, RealKernels, RingKernels, SemiringKernels,
};
pub use literal::Literal;
pub use modular::Modular;
pub use need::{Includes, Level, MetBy, Need, needs};
pub use precision::Precision;
pub use sample::{Agreement, Sample};
pub use tower::{Field, OrderedField, Real, Ring, Semiring};
pub use tropical::{MaxPlus, MinPlus};
