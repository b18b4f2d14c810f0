//! The libraries that were built in, each behind a feature.

use crate::rows::Engine;

/// All of them, ours first.
pub fn all() -> Vec<Box<dyn Engine>> {
    vec![
        #[cfg(feature = "cotangent")]
        Box::new(crate::cotangent::Cotangent),
        #[cfg(feature = "burn")]
        Box::new(crate::burn::Burn),
        #[cfg(feature = "candle")]
        Box::new(crate::candle::Candle),
        #[cfg(feature = "dfdx")]
        Box::new(crate::dfdx::Dfdx),
    ]
}
