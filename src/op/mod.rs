//! Operations. One op, one file; `README.md` beside this file is the recipe.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = graph!(|x: [2, 3], w: [3, 4]| {
//!     let h = relu(matmul(x, w)); // functions of this module, each of one op
//!     mean(h * 2.0)               // operators and numbers are ops too
//! });
//! let x = tlist![Tensor::<f64, _>::ones(), Tensor::ones()];
//! assert_eq!(g.value(&x, ()).item(), 6.0);
//! ```
//!
//! A graph calls the functions. Each returns a [`Call`] of an op, a struct that is named as its function is: `Exp` is the op of
//! [`exp`]. The structs are for signatures and for proofs; [`Op`] and [`Recorder`] are for ops of your own.
//!
//! | kind | functions |
//! | --- | --- |
//! | element by element | [`add`] [`sub`] [`mul`] [`div`] [`neg`] [`recip`] [`scale`] [`offset`] [`square`] [`powi`] [`pow`] [`sqrt`] [`rsqrt`] [`exp`] [`expm1`] [`log`] [`log1p`] [`sin`] [`cos`] [`atan`] [`erf`] [`abs`] [`maximum`] [`minimum`] [`select`] |
//! | activations | [`relu`] [`step`] [`sigmoid`] [`softplus`] [`tanh`] [`softmax`] [`log_softmax`] |
//! | products | [`matmul`] [`matmul_nt`] [`matmul_tn`] [`einsum!`](crate::einsum!) |
//! | reductions | [`sum`] [`sum_axis`] [`sum_leading`] [`mean`] [`mean_axis`] [`variance`] [`variance_axis`] [`max()`] [`max_axis`] [`logsumexp`] [`cumsum`] |
//! | shapes | [`reshape`] [`merge_axes`] [`split_axis`] [`flatten`] [`flatten_rows`] [`transpose`] [`permute`] [`broadcast`] [`broadcast_axis`] [`along`] [`concat()`] [`stack`] [`slice()`] [`split`] [`pad`] |
//! | windows | [`conv1d`] [`conv2d`] [`conv_transpose1d`] [`conv_transpose2d`] [`max_pool1d`] [`avg_pool1d`] [`max_pool2d`] [`avg_pool2d`] [`adaptive_max_pool2d`] [`adaptive_avg_pool2d`] [`global_max_pool`] [`global_avg_pool`] [`upsample_nearest`] [`upsample_bilinear`] |
//! | layers | [`batch_norm`] [`batch_norm_inference`] [`channel_mean`] [`channel_variance`] [`layer_norm`] [`dropout`] |
//! | over time | [`attention`] [`causal_attention`] [`masked_attention`] [`rotary`] [`rotary_interleaved`] [`rnn_cell`] [`gru_cell`] [`lstm_cell`] |
//! | labels | [`argmax`] [`argmin`] [`less`] [`less_equal`] [`greater`] [`greater_equal`] [`equal`] [`not_equal`] [`iota`] [`one_hot`] [`to_scalar`] |
//! | by index | [`embedding`] [`gather`] [`scatter_add`] |
//! | losses | [`cross_entropy`] [`mse`] |
//! | keys | [`next_key`] |
//! | others | [`constant`] [`identity`] [`stop_gradient`] |

mod elementwise;
mod filled;
mod index;
mod inputs;
mod labels;
mod layout;
mod linalg;
mod loss;
pub(crate) mod norm;
mod output;
mod primitives;
mod random;
mod record;
mod recorder;
mod recording;
pub(crate) mod reduce;
mod rule;
mod sequence;
mod window;

pub use crate::handle::{Discrete, Var};
pub use crate::program::{AnyKernel, Kernel, KernelInputs};
pub use elementwise::*;
pub use index::*;
#[doc(hidden)]
pub use inputs::{AnyVars, Inputs, Vars};
pub use layout::*;
pub use linalg::*;
pub use loss::*;
pub use norm::*;
pub use output::{Output, OutputVars};
pub use random::*;
pub(crate) use record::{Surroundings, ids_of};
pub use recorder::Recorder;
#[doc(hidden)]
pub use recording::OpUnder;
pub(crate) use recording::{Recorded, Rules, Signature};
pub use reduce::*;
pub use rule::{Call, Op};
pub use sequence::*;
pub use window::*;
