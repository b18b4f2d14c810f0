//! The derivatives of the layers are right, for every input of these shapes.

use cotangent::prelude::*;

graph! {
    use cotangent::nn::{
        BasicBlock, BasicStatistics, BatchNorm, Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d, DownBlock, DownStatistics,
        GatedFeedForward, GroupNorm, GroupedQueryAttention, Gru, KeyValueCache, LayerNorm, Linear, Lstm, Mlp, MultiHeadAttention,
        ResidualMlp, RmsNorm, Rnn, Statistics, TransformerBlock, basic_block, batch_norm, cached_grouped_rotary_self_attention,
        cached_pre_norm_block, cached_rotary_pre_norm_block, causal_post_norm_block, causal_pre_norm_block,
        causal_self_attention, conv_transpose1d, conv_transpose2d, conv1d, conv2d, cross_attention, down_block,
        gated_feed_forward, group_norm, grouped_causal_self_attention, grouped_rotary_self_attention, grouped_self_attention,
        gru, gru_reverse, layer_norm, linear, lstm, mlp, post_norm_block, pre_norm_block, residual_mlp, rms_norm, rnn,
        rnn_reverse, rotary_pre_norm_block, rotary_self_attention, self_attention,
    };

    fn of_linear(x: [2, 3], p: Linear<3, 4>) -> [2, 4] { linear(x, p) }
    fn of_conv(x: [1, 2, 3, 5], p: Conv2d<2, 3, 2>) -> [1, 3, 2, 3] { conv2d(x, p, 2, 1) }
    fn of_layer_norm(x: [2, 3], p: LayerNorm<3>) -> [2, 3] { layer_norm(x, p) }
    fn of_batch_norm(x: [3, 2], p: BatchNorm<2>; s: Statistics<2>) -> ([3, 2], Statistics<2>) { batch_norm(x, p, s) }
    fn of_mlp(x: [2, 3], p: Mlp<3, 2, 4, const 1>) -> [2, 4] { mlp(x, p) }
    fn of_rnn(s: [1, 2], x: [2, 1, 3], p: Rnn<3, 2>) -> ([1, 2], [2, 1, 2]) { rnn(s, x, p) }
    fn of_rnn_reverse(s: [1, 2], x: [2, 1, 3], p: Rnn<3, 2>) -> ([1, 2], [2, 1, 2]) { rnn_reverse(s, x, p) }
    fn of_gru(s: [1, 2], x: [2, 1, 3], p: Gru<3, 2>) -> ([1, 2], [2, 1, 2]) { gru(s, x, p) }
    fn of_gru_reverse(s: [1, 2], x: [2, 1, 3], p: Gru<3, 2>) -> ([1, 2], [2, 1, 2]) { gru_reverse(s, x, p) }
    fn of_conv1d(x: [1, 2, 5], p: Conv1d<2, 3, 2>) -> [1, 3, 3] { conv1d(x, p, 2, 1) }
    fn of_transposed_1d(x: [1, 2, 3], p: ConvTranspose1d<2, 3, 2>) -> [1, 3, 5] { conv_transpose1d(x, p, 2, 1, 1) }
    fn of_transposed_2d(x: [1, 2, 3, 2], p: ConvTranspose2d<2, 3, 2>) -> [1, 3, 5, 3] { conv_transpose2d(x, p, 2, 1, 1) }
    fn of_rms_norm(x: [2, 3], p: RmsNorm<3>) -> [2, 3] { rms_norm(x, p) }
    fn of_group_norm(x: [1, 4, 2], p: GroupNorm<4>) -> [1, 4, 2] { group_norm(x, p, 2) }
    fn of_residual_mlp(x: [2, 3], p: ResidualMlp<3, 2>) -> [2, 3] { residual_mlp(x, p) }
    fn of_basic_block(x: [1, 2, 2, 2], p: BasicBlock<2>; s: BasicStatistics<2>) -> ([1, 2, 2, 2], BasicStatistics<2>) {
        basic_block(x, p, s)
    }
    fn of_down_block(x: [2, 2, 2, 2], p: DownBlock<2, 3>; s: DownStatistics<3>) -> ([2, 3, 1, 1], DownStatistics<3>) {
        down_block(x, p, s)
    }

    fn to_all(x: [1, 2, 3], p: MultiHeadAttention<3, 2, 2>) -> [1, 2, 3] { self_attention(x, p) }
    fn causal(x: [1, 2, 3], p: MultiHeadAttention<3, 2, 2>) -> [1, 2, 3] { causal_self_attention(x, p) }
    fn across(x: [1, 2, 3], m: [1, 1, 3], p: MultiHeadAttention<3, 2, 2>) -> [1, 2, 3] { cross_attention(x, m, p) }
    fn turned(x: [1, 2, 3], p: MultiHeadAttention<3, 1, 2>) -> [1, 2, 3] { rotary_self_attention(x, p) }
    fn grouped(x: [1, 2, 3], p: GroupedQueryAttention<3, 1, 2, 2>) -> ([1, 2, 3], [1, 2, 3]) {
        (grouped_self_attention(x, p), grouped_causal_self_attention(x, p))
    }
    fn grouped_and_turned(x: [1, 2, 3], p: GroupedQueryAttention<3, 1, 2, 2>) -> [1, 2, 3] { grouped_rotary_self_attention(x, p) }
    fn grouped_step(x: [1, 1, 3], past: KeyValueCache<1, 2, 1, 2>, p: GroupedQueryAttention<3, 1, 2, 2>; at: [] < 4)
        -> ([1, 1, 3], KeyValueCache<1, 2, 1, 2>)
    {
        cached_grouped_rotary_self_attention(x, past, p, at)
    }
    fn of_gated(x: [1, 2, 3], p: GatedFeedForward<3, 4>) -> [1, 2, 3] { gated_feed_forward(x, p) }
    fn of_pre_norm(x: [1, 2, 2], p: TransformerBlock<2, 1, 2, 2>) -> [1, 2, 2] { pre_norm_block(x, p) }
    fn of_causal_pre_norm(x: [1, 2, 2], p: TransformerBlock<2, 1, 2, 2>) -> [1, 2, 2] { causal_pre_norm_block(x, p) }
    fn of_rotary_pre_norm(x: [1, 2, 2], p: TransformerBlock<2, 1, 2, 2>) -> [1, 2, 2] { rotary_pre_norm_block(x, p) }
    fn of_post_norm(x: [1, 2, 2], p: TransformerBlock<2, 1, 2, 2>) -> [1, 2, 2] { post_norm_block(x, p) }
    fn of_causal_post_norm(x: [1, 2, 2], p: TransformerBlock<2, 1, 2, 2>) -> [1, 2, 2] { causal_post_norm_block(x, p) }
    fn pre_norm_step(x: [1, 1, 2], past: KeyValueCache<1, 2, 1, 2>, p: TransformerBlock<2, 1, 2, 2>; at: [] < 4)
        -> ([1, 1, 2], KeyValueCache<1, 2, 1, 2>)
    {
        cached_pre_norm_block(x, past, p, at)
    }
    fn rotary_pre_norm_step(x: [1, 1, 2], past: KeyValueCache<1, 2, 1, 2>, p: TransformerBlock<2, 1, 2, 2>; at: [] < 4)
        -> ([1, 1, 2], KeyValueCache<1, 2, 1, 2>)
    {
        cached_rotary_pre_norm_block(x, past, p, at)
    }
    fn of_lstm(s: [2, 1, 2], x: [2, 1, 3], p: Lstm<3, 2>) -> ([2, 1, 2], [2, 1, 2]) { lstm(s, x, p) }
}

macro_rules! proven {
    ($($graph:ident)*) => {$(
        #[test]
        fn $graph() -> Result<(), Counterexample> {
            prove(&super::$graph::<f64>()).map(|_| ())
        }
    )*};
}

mod every_input {
    use super::Counterexample;
    use cotangent::prelude::prove;
    proven!(of_linear of_conv of_layer_norm of_batch_norm of_mlp of_lstm of_rnn of_rnn_reverse of_gru of_gru_reverse);
    proven!(of_conv1d of_transposed_1d of_transposed_2d of_rms_norm of_group_norm of_residual_mlp);
    proven!(of_basic_block of_down_block);
    proven!(to_all causal across turned grouped grouped_and_turned grouped_step of_gated);
    proven!(of_pre_norm of_causal_pre_norm of_rotary_pre_norm of_post_norm of_causal_post_norm);
    proven!(pre_norm_step rotary_pre_norm_step);
}
