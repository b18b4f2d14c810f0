//! Element by element, with broadcasting.

mod abs;
mod add;
mod atan;
mod clamp;
mod comparand;
mod cos;
mod div;
mod elu;
mod equal;
mod erf;
mod exp;
mod expm1;
mod gelu;
mod glu;
mod identity;
mod leaky_relu;
mod less;
mod log;
mod log1p;
mod maximum;
mod mish;
mod mul;
mod neg;
mod offset;
mod pow;
mod recip;
mod relu;
mod rsqrt;
mod scale;
mod select;
mod sigmoid;
mod silu;
mod sin;
mod softplus;
mod sqrt;
mod square;
mod stop_gradient;
mod sub;
mod tanh;

#[doc(hidden)]
pub use abs::Abs;
pub use abs::abs;
#[doc(hidden)]
pub use add::Add;
pub use add::add;
#[doc(hidden)]
pub use atan::Atan;
pub use atan::atan;
#[doc(hidden)]
pub use clamp::Clamp;
pub use clamp::clamp;
#[doc(hidden)]
pub use comparand::Comparand;
#[doc(hidden)]
pub use cos::Cos;
pub use cos::cos;
#[doc(hidden)]
pub use div::Div;
pub use div::div;
#[doc(hidden)]
pub use elu::Elu;
pub use elu::elu;
#[doc(hidden)]
pub use equal::{Equal, NotEqual};
pub use equal::{equal, not_equal};
#[doc(hidden)]
pub use erf::Erf;
pub use erf::erf;
#[doc(hidden)]
pub use exp::Exp;
pub use exp::exp;
#[doc(hidden)]
pub use expm1::Expm1;
pub use expm1::expm1;
#[doc(hidden)]
pub use gelu::{Gelu, GeluTanh};
pub use gelu::{gelu, gelu_tanh};
pub use glu::glu;
#[doc(hidden)]
pub use glu::{Glu, HasHalves};
#[doc(hidden)]
pub use identity::Identity;
pub use identity::identity;
#[doc(hidden)]
pub use leaky_relu::{LeakyRelu, Prelu};
pub use leaky_relu::{leaky_relu, prelu};
#[doc(hidden)]
pub use less::{Greater, GreaterEqual, Less, LessEqual};
pub use less::{greater, greater_equal, less, less_equal};
#[doc(hidden)]
pub use log::Log;
pub use log::log;
#[doc(hidden)]
pub use log1p::Log1p;
pub use log1p::log1p;
#[doc(hidden)]
pub use maximum::{Maximum, Minimum};
pub use maximum::{maximum, minimum};
#[doc(hidden)]
pub use mish::Mish;
pub use mish::mish;
#[doc(hidden)]
pub use mul::Mul;
pub use mul::mul;
#[doc(hidden)]
pub use neg::Neg;
pub use neg::neg;
#[doc(hidden)]
pub use offset::Offset;
pub use offset::offset;
#[doc(hidden)]
pub use pow::{Pow, Powi};
pub use pow::{pow, powi};
#[doc(hidden)]
pub use recip::Recip;
pub use recip::recip;
#[doc(hidden)]
pub use relu::{Relu, Step};
pub use relu::{relu, step};
#[doc(hidden)]
pub use rsqrt::Rsqrt;
pub use rsqrt::rsqrt;
#[doc(hidden)]
pub use scale::Scale;
pub use scale::scale;
#[doc(hidden)]
pub use select::Select;
pub use select::select;
#[doc(hidden)]
pub use sigmoid::Sigmoid;
pub use sigmoid::sigmoid;
#[doc(hidden)]
pub use silu::Silu;
pub use silu::silu;
#[doc(hidden)]
pub use sin::Sin;
pub use sin::sin;
#[doc(hidden)]
pub use softplus::Softplus;
pub use softplus::softplus;
#[doc(hidden)]
pub use sqrt::Sqrt;
pub use sqrt::sqrt;
#[doc(hidden)]
pub use square::Square;
pub use square::square;
#[doc(hidden)]
pub use stop_gradient::StopGradient;
pub use stop_gradient::stop_gradient;
#[doc(hidden)]
pub use sub::Sub;
pub use sub::sub;
#[doc(hidden)]
pub use tanh::Tanh;
pub use tanh::tanh;
