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
//! assert_eq!(square::<f64>().value(&Tensor::from([0.5, 2.0]), ()).item(), 4.25);
//! let half = BigRational::new(1.into(), 2.into());
//! let exact = square::<BigRational>().value(&Tensor::full(half.clone()), ());
//! assert_eq!(exact.item(), half); // 1/4 + 1/4, without rounding
//! ```

mod boolean;
mod derivative;
mod dual;
mod exact;
mod floats;
mod functions;
mod interval;
mod kernels;
mod level;
mod level_types;
mod literal;
mod literal_arithmetic;
mod modular;
pub(crate) mod modular_arithmetic;
mod precision;
mod sample;
mod sums;
mod tables;
mod tower;
mod tropical;

pub use boolean::Boolean;
pub use derivative::{Derivative, Expressions};
pub use dual::Dual;
pub use functions::{Binary, Comparison, Unary};
pub(crate) use functions::{Domain, Relation, Sign};
pub use interval::{Interval, IntervalError};
#[doc(hidden)]
pub use kernels::Interpret;
pub use kernels::Kernels;
pub use level::Level;
pub use level_types::{
    FieldScalar, Includes, MetBy, OrderedFieldScalar, RealScalar, RingScalar, ScalarLevel,
    SemiringScalar, levels,
};
pub use literal::{Literal, Number};
pub use modular::Modular;
pub use precision::Precision;
pub use sample::{Agreement, Sample};
pub use tower::{Field, OrderedField, Real, Ring, Semiring};
pub use tropical::{MaxPlus, MinPlus};
