//! Operations. One op, one file; `README.md` beside this file is the recipe.

mod derived;
mod recorder;
mod var;

pub use recorder::Recorder;
pub use var::{Inputs, Var, Vars};

macro_rules! ops {
    ($($(#[$doc:meta])* $file:ident: $($item:ident)*;)*) => {$(
        mod $file;
        pub use $file::{$($item),*};
    )*};
}

ops! {
    abs: Abs abs;
    add: Add add;
    attention: CausalAttention HasHeads Heads causal_attention;
    batch_matmul: BatchMatMul batch_matmul;
    batch_norm: BatchNorm BatchNormInference batch_norm batch_norm_inference;
    broadcast: Broadcast BroadcastAxis broadcast broadcast_axis;
    channel: ChannelMean ChannelVariance channel_mean channel_variance;
    concat: Concat concat;
    conv2d: Conv2d conv2d;
    cross_entropy: CrossEntropy cross_entropy;
    cumsum: CumSum cumsum;
    div: Div div;
    dropout: Dropout dropout;
    einsum: Einsum;
    embedding: embedding;
    exp: Exp exp;
    gather: Gather gather;
    identity: Identity identity;
    layer_norm: LayerNorm layer_norm;
    log: Log log;
    log_softmax: LogSoftmax log_softmax;
    logsumexp: LogSumExp logsumexp;
    lstm: LstmCell lstm_cell;
    matmul: MatMul MatMulNt MatMulTn matmul matmul_nt matmul_tn;
    max: Max MaxAxis max max_axis;
    maximum: Maximum Minimum maximum minimum;
    mean: Mean MeanAxis mean mean_axis;
    mse: Mse mse;
    mul: Mul mul;
    neg: Neg neg;
    offset: Offset offset;
    pad: Pad pad;
    pool: AvgPool2d MaxPool2d PaddingInKernel avg_pool2d max_pool2d;
    pow: Pow Powi pow powi;
    recip: Recip recip;
    relu: Relu Step relu step;
    reshape: Reshape flatten reshape;
    scale: Scale scale;
    scan: Parameters Scan ScanBody scan;
    scatter_add: ScatterAdd scatter_add;
    select: Select select;
    sigmoid: Sigmoid sigmoid;
    slice: HasPart Slice slice;
    softmax: Softmax softmax;
    sqrt: Sqrt sqrt;
    square: Square square;
    stack: Stack Stackable stack;
    stop_gradient: StopGradient stop_gradient;
    sub: Sub sub;
    sum: Sum SumAxis SumLeading sum sum_axis sum_leading;
    tanh: Tanh tanh;
    transpose: Permute Transpose permute transpose;
    variance: Variance VarianceAxis variance variance_axis;
}

use crate::scalar::Need;
use crate::shape::Shape;

/// One operation: its shape judgement (for which `In` it is an `Op`), and its typed rules.
///
/// Only `forward` must be written. The derivatives of a composite follow from it; an op writes its own where numerics
/// or speed ask for them.
///
/// `In` is a tuple of shapes. The rules record other operations on handles whose shapes are in their types, so a
/// wrong shape in a rule does not compile. `Need` says over which scalars the op runs; a rule that records an
/// operation which needs more does not compile either.
///
/// `README.md` in this module's folder is the recipe, and `examples/custom_op.rs` an op outside the crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take inputs of shapes `{In}`",
    label = "no such operation on these shapes"
)]
pub trait Op<In: Inputs>: Clone + Send + Sync + 'static {
    /// The shape of the result.
    type Out: Shape;
    /// What the rules need of the scalar: one of [`needs`](crate::scalar::needs).
    type Need: Need;
    /// The name, for tapes and messages.
    const NAME: &'static str;

    /// The value: `y = f(x)`.
    fn forward(&self, r: &Recorder<Self::Need>, x: In::Vars) -> Var<Self::Out>;

    /// The tangent of the value: `dy = f'(x) dx`. `y` is the value.
    ///
    /// Unless the op writes it: forward mode over what [`forward`](Op::forward) records.
    fn jvp(
        &self,
        r: &Recorder<Self::Need>,
        x: In::Vars,
        y: Var<Self::Out>,
        dx: In::Vars,
    ) -> Var<Self::Out> {
        derived::jvp(self, r, x, y, dx)
    }

    /// The cotangents of the inputs: `f'(x)ᵀ dy`. `y` is the value.
    ///
    /// Unless the op writes it: reverse mode over what [`forward`](Op::forward) records.
    fn vjp(
        &self,
        r: &Recorder<Self::Need>,
        x: In::Vars,
        y: Var<Self::Out>,
        dy: Var<Self::Out>,
    ) -> In::Vars {
        derived::vjp(self, r, x, y, dy)
    }
}

/// An op applied to handles, not yet recorded. What `matmul(a, b)` returns.
#[derive(Clone, Copy, Debug)]
#[must_use = "a call does nothing until a graph or a recorder records it"]
pub struct Call<O, V> {
    pub(crate) op: O,
    pub(crate) vars: V,
}

impl<O, V> Call<O, V> {
    /// `op` applied to a tuple of handles.
    pub fn new(op: O, vars: V) -> Self {
        Call { op, vars }
    }
}

/// The recipe's example is a test.
#[cfg(doctest)]
#[doc = include_str!("README.md")]
struct Readme;
