//! Over time.

mod attention;
mod lstm;

#[doc(hidden)]
pub use attention::{CausalAttention, HasHeads};
pub use attention::{Heads, causal_attention};
pub use lstm::lstm_cell;
#[doc(hidden)]
pub use lstm::{LstmCell, LstmState};
