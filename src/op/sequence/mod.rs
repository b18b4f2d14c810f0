//! Over time.

mod attention;
mod lstm;

pub use attention::causal_attention;
#[doc(hidden)]
pub use attention::{CausalAttention, HasHeads};
pub use lstm::lstm_cell;
#[doc(hidden)]
pub use lstm::{LstmCell, LstmState};
