//! Over time.

mod attention;
mod lstm;

pub use attention::{CausalAttention, HasHeads, Heads, causal_attention};
pub use lstm::{LstmCell, LstmState, lstm_cell};
