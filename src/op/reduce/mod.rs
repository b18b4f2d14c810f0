//! Sums, means and the like: fewer axes, or one number for each.

mod axes;
mod channel;
mod cumsum;
mod deviation;
mod logsumexp;
mod max;
pub(crate) mod mean;
mod min;
mod prod;
mod sum;
mod variance;

#[doc(hidden)]
pub use axes::{MaxAxes, MeanAxes, MinAxes, StdAxes, SumAxes, VarianceAxes};
pub use axes::{max_axes, mean_axes, min_axes, std_axes, sum_axes, variance_axes};
#[doc(hidden)]
pub use channel::{ChannelMean, ChannelVariance};
pub use channel::{channel_mean, channel_variance};
#[doc(hidden)]
pub use cumsum::CumSum;
pub use cumsum::cumsum;
#[doc(hidden)]
pub use deviation::{Std, StdAxis};
pub use deviation::{std, std_axis};
#[doc(hidden)]
pub use logsumexp::LogSumExp;
pub use logsumexp::logsumexp;
#[doc(hidden)]
pub use max::{LargestAlong, Max, MaxAxis};
pub use max::{max, max_axis};
#[doc(hidden)]
pub use mean::{Mean, MeanAxis};
pub use mean::{mean, mean_axis};
#[doc(hidden)]
pub use min::{Min, MinAxis};
pub use min::{min, min_axis};
#[doc(hidden)]
pub use prod::{Prod, ProdAxis};
pub use prod::{prod, prod_axis};
#[doc(hidden)]
pub use sum::{Sum, SumAxis, SumLeading};
pub use sum::{sum, sum_axis, sum_leading};
#[doc(hidden)]
pub use variance::{Variance, VarianceAxis};
pub use variance::{variance, variance_axis};
