//! Over time.

mod attention;
mod causal_attention;
mod gru;
mod heads;
mod lstm;
mod mask;
mod masked_attention;
mod rnn;
mod rotary;

#[doc(hidden)]
pub use attention::Attention;
pub use attention::attention;
#[doc(hidden)]
pub use causal_attention::CausalAttention;
pub use causal_attention::causal_attention;
pub use gru::gru_cell;
#[doc(hidden)]
pub use gru::{GruCell, GruState};
#[doc(hidden)]
pub use heads::AttendsTo;
pub use lstm::lstm_cell;
#[doc(hidden)]
pub use lstm::{LstmCell, LstmState};
pub use mask::Causal;
#[doc(hidden)]
pub use mask::{AllowedOf, MaskOf, ScoresOf};
pub use masked_attention::masked_attention;
#[doc(hidden)]
pub use masked_attention::{AttentionMask, MaskedAttention};
pub use rnn::rnn_cell;
#[doc(hidden)]
pub use rnn::{RnnCell, RnnState};
#[doc(hidden)]
pub use rotary::{Position, Rotary, RotaryInterleaved, Rotates};
pub use rotary::{rotary, rotary_interleaved};
