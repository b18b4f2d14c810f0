//! Operations. One op, one file; `README.md` beside this file is the recipe.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = graph!(|x: [2, 3], w: [3, 4]| {
//!     let h = relu(matmul(x, w)); // functions of this module, each of one op
//!     mean(h * 2.0)               // operators and numbers are ops too
//! });
//! let x = tlist![Tensor::<f64, _>::one(), Tensor::one()];
//! assert_eq!(g.value(&x, &tlist![]).item(), 6.0);
//! ```
//!
//! A graph calls the functions. Each returns a [`Call`] of an op, a struct that is named as its function is: `Exp` is the op of
//! [`exp`]. The structs are for signatures and for proofs; [`Op`] and [`Recorder`] are for ops of your own.
//!
//! | kind | functions |
//! | --- | --- |
//! | element by element | [`add`] [`sub`] [`mul`] [`div`] [`neg`] [`recip`] [`scale`] [`offset`] [`square`] [`powi`] [`pow`] [`sqrt`] [`rsqrt`] [`exp`] [`expm1`] [`log`] [`log1p`] [`sin`] [`cos`] [`erf`] [`abs`] [`maximum`] [`minimum`] [`select`] |
//! | activations | [`relu`] [`step`] [`sigmoid`] [`tanh`] [`softmax`] [`log_softmax`] |
//! | products | [`matmul`] [`matmul_nt`] [`matmul_tn`] [`batch_matmul`] [`einsum!`](crate::einsum!) |
//! | reductions | [`sum`] [`sum_axis`] [`sum_leading`] [`mean`] [`mean_axis`] [`variance`] [`variance_axis`] [`max()`] [`max_axis`] [`logsumexp`] [`cumsum`] |
//! | shapes | [`reshape`] [`merge_axes`] [`split_axis`] [`flatten`] [`flatten_rows`] [`transpose`] [`permute`] [`broadcast`] [`broadcast_axis`] [`concat()`] [`stack`] [`slice()`] [`pad`] |
//! | layers | [`conv2d`] [`max_pool2d`] [`avg_pool2d`] [`batch_norm`] [`batch_norm_inference`] [`channel_mean`] [`channel_variance`] [`layer_norm`] [`dropout`] [`causal_attention`] [`lstm_cell`] |
//! | labels | [`argmax`] [`argmin`] [`less`] [`less_equal`] [`greater`] [`greater_equal`] [`equal`] [`not_equal`] [`iota`] [`one_hot`] [`to_scalar`] |
//! | by index | [`embedding`] [`gather`] [`scatter_add`] |
//! | losses | [`cross_entropy`] [`mse`] |
//! | others | [`identity`] [`stop_gradient`] |

mod abs;
mod add;
mod argmax;
mod attention;
mod batch_matmul;
mod batch_norm;
mod broadcast;
mod channel;
mod comparand;
mod concat;
mod conv2d;
mod cos;
mod cross_entropy;
mod cumsum;
mod div;
mod dropout;
mod einsum;
mod embedding;
mod equal;
mod erf;
mod exp;
mod expm1;
mod filled;
mod gather;
mod identity;
mod inputs;
mod iota;
mod labels;
mod layer_norm;
mod less;
mod log;
mod log1p;
mod log_softmax;
mod logsumexp;
mod lstm;
mod matmul;
mod max;
mod maximum;
mod mean;
mod merge_axes;
mod mse;
mod mul;
mod neg;
mod offset;
mod one_hot;
mod output;
mod pad;
mod pool;
mod pow;
mod recip;
mod recorder;
mod relu;
mod reshape;
mod rsqrt;
mod rule;
mod scale;
mod scatter_add;
mod select;
mod sigmoid;
mod sin;
mod slice;
mod softmax;
mod sqrt;
mod square;
mod stack;
mod stop_gradient;
mod sub;
mod sum;
mod tanh;
mod to_scalar;
mod transpose;
mod variance;

pub use crate::handle::{Discrete, Var};
pub use abs::{Abs, abs};
pub use add::{Add, add};
pub use argmax::{ArgMax, ArgMin, argmax, argmin};
pub use attention::{CausalAttention, HasHeads, Heads, causal_attention};
pub use batch_matmul::{BatchMatMul, BatchMatMulBy, batch_matmul};
pub use batch_norm::{BatchNorm, BatchNormInference, batch_norm, batch_norm_inference};
pub use broadcast::{Broadcast, BroadcastAxis, broadcast, broadcast_axis};
pub use channel::{ChannelMean, ChannelVariance, channel_mean, channel_variance};
pub use comparand::Comparand;
pub use concat::{Concat, concat};
pub use conv2d::{Conv2d, conv2d};
pub use cos::{Cos, cos};
pub use cross_entropy::{CrossEntropy, LogitsFor, cross_entropy};
pub use cumsum::{CumSum, cumsum};
pub use div::{Div, div};
pub use dropout::{Dropout, dropout};
pub use einsum::Einsum;
pub use embedding::embedding;
pub use equal::{Equal, NotEqual, equal, not_equal};
pub use erf::{Erf, erf};
pub use exp::{Exp, exp};
pub use expm1::{Expm1, expm1};
pub use gather::{Gather, GatheredBy, gather};
pub use identity::{Identity, identity};
pub use inputs::{Inputs, Vars};
pub use iota::{Iota, iota};
pub use layer_norm::{LayerNorm, NormalRows, layer_norm};
pub use less::{Greater, GreaterEqual, Less, LessEqual, greater, greater_equal, less, less_equal};
pub use log::{Log, log};
pub use log_softmax::{LogSoftmax, log_softmax};
pub use log1p::{Log1p, log1p};
pub use logsumexp::{LogSumExp, logsumexp};
pub use lstm::{LstmCell, LstmState, lstm_cell};
pub use matmul::{
    MatMul, MatMulBy, MatMulNt, MatMulNtBy, MatMulTn, MatMulTnBy, matmul, matmul_nt, matmul_tn,
};
pub use max::{LargestAlong, Max, MaxAxis, max, max_axis};
pub use maximum::{Maximum, Minimum, maximum, minimum};
pub use mean::{Mean, MeanAxis, mean, mean_axis};
pub use merge_axes::{MergeAxes, SplitAxis, merge_axes, split_axis};
pub use mse::{Mse, mse};
pub use mul::{Mul, mul};
pub use neg::{Neg, neg};
pub use offset::{Offset, offset};
pub use one_hot::{OneHot, one_hot};
pub use output::{Output, OutputVars};
pub use pad::{Pad, pad};
pub use pool::{AvgPool2d, MaxPool2d, PaddingInKernel, avg_pool2d, max_pool2d};
pub use pow::{Pow, Powi, pow, powi};
pub use recip::{Recip, recip};
pub use recorder::{OpUnder, Recorder};
pub(crate) use recorder::{Recorded, Surroundings};
pub use relu::{Relu, Step, relu, step};
pub use reshape::{FlattenRows, Reshape, flatten, flatten_rows, reshape};
pub use rsqrt::{Rsqrt, rsqrt};
pub use rule::{Call, Op};
pub use scale::{Scale, scale};
pub use scatter_add::{ScatterAdd, scatter_add};
pub use select::{Select, select};
pub use sigmoid::{Sigmoid, sigmoid};
pub use sin::{Sin, sin};
pub use slice::{HasPart, Slice, slice};
pub use softmax::{Softmax, softmax};
pub use sqrt::{Sqrt, sqrt};
pub use square::{Square, square};
pub use stack::{Stack, Stackable, stack};
pub use stop_gradient::{StopGradient, stop_gradient};
pub use sub::{Sub, sub};
pub use sum::{Sum, SumAxis, SumLeading, sum, sum_axis, sum_leading};
pub use tanh::{Tanh, tanh};
pub use to_scalar::{ToScalar, to_scalar};
pub use transpose::{Matrix, Permute, Transpose, permute, transpose};
pub use variance::{Variance, VarianceAxis, variance, variance_axis};

/// The recipe's example is a test.
#[cfg(doctest)]
#[doc = include_str!("README.md")]
struct Readme;
