//! Keys, and what draws from them.

mod bernoulli;
mod categorical;
mod dropout;
mod next_key;
mod normal;
mod uniform;

pub use bernoulli::bernoulli;
#[doc(hidden)]
pub use bernoulli::{Bernoulli, Probability};
#[doc(hidden)]
pub use categorical::Categorical;
pub use categorical::categorical;
#[doc(hidden)]
pub use dropout::Dropout;
pub use dropout::dropout;
#[doc(hidden)]
pub use next_key::NextKey;
pub use next_key::next_key;
#[doc(hidden)]
pub use normal::Normal;
pub use normal::normal;
#[doc(hidden)]
pub use uniform::Uniform;
pub use uniform::uniform;
