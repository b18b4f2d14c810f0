//! Sums, means and the like: fewer axes, or one number for each.

mod channel;
mod cumsum;
mod logsumexp;
mod max;
pub(crate) mod mean;
mod sum;
mod variance;

pub use channel::{ChannelMean, ChannelVariance, channel_mean, channel_variance};
pub use cumsum::{CumSum, cumsum};
pub use logsumexp::{LogSumExp, logsumexp};
pub use max::{LargestAlong, Max, MaxAxis, max, max_axis};
pub use mean::{Mean, MeanAxis, mean, mean_axis};
pub use sum::{Sum, SumAxis, SumLeading, sum, sum_axis, sum_leading};
pub use variance::{Variance, VarianceAxis, variance, variance_axis};
