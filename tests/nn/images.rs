//! Layers of signals and images, against loops and ops: windows, norms of channels, residual blocks.

use cotangent::fastrand::Rng;
use cotangent::prelude::*;

graph! {
    use cotangent::nn::{
        BasicBlock, BasicStatistics, BatchNorm, Conv1d, ConvTranspose1d, ConvTranspose2d, DownBlock, DownStatistics, GroupNorm,
        ResidualMlp, RmsNorm, Statistics, basic_block, basic_block_inference, batch_norm, batch_norm_inference, conv_transpose1d,
        conv_transpose2d, conv1d, down_block, down_block_inference, group_norm, residual_mlp, rms_norm,
    };

    fn signals(x: [2, 3, 8], p: Conv1d<3, 4, 3>, q: ConvTranspose1d<3, 4, 3>) -> ([2, 4, 4], [2, 4, 16]) {
        (conv1d(x, p, 2, 1), conv_transpose1d(x, q, 2, 1, 1))
    }
    fn enlarged(x: [2, 3, 4, 5], p: ConvTranspose2d<3, 2, 3>) -> ([2, 2, 8, 10], [2, 2, 6, 7]) {
        (conv_transpose2d(x, p, 2, 1, 1), conv_transpose2d(x, p, 1, 0, 0))
    }
    fn of_ops(x: [2, 3, 4, 5], p: ConvTranspose2d<3, 2, 3>) -> ([2, 2, 8, 10], [2, 2, 6, 7]) {
        (
            cotangent::op::conv_transpose2d(
                x, p.weight, p.bias, ConvWindow::new().stride::<2, 2>().padding::<1, 1>().output_padding::<1, 1>()),
            cotangent::op::conv_transpose2d(x, p.weight, p.bias, ConvWindow::new()),
        )
    }

    fn norms(x: [2, 6, 3], p: RmsNorm<3>, q: GroupNorm<6>) -> ([2, 6, 3], [2, 6, 3]) {
        (rms_norm(x, p), group_norm(x, q, 3))
    }

    fn residual(x: [4, 3], p: ResidualMlp<3, 5>) -> [4, 3] { residual_mlp(x, p) }

    fn basic(x: [2, 3, 4, 5], p: BasicBlock<3>, s: BasicStatistics<3>) -> ([2, 3, 4, 5], BasicStatistics<3>, [2, 3, 4, 5]) {
        let (y, after) = basic_block(x, p, s);
        (y, after, basic_block_inference(x, p, s))
    }
    fn down(x: [2, 3, 4, 5], p: DownBlock<3, 4>, s: DownStatistics<4>) -> ([2, 4, 2, 3], DownStatistics<4>, [2, 4, 2, 3]) {
        let (y, after) = down_block(x, p, s);
        (y, after, down_block_inference(x, p, s))
    }
    /// A convolution of three by three, and its norm.
    fn same(x: [2, 3, 4, 5], w: [3, 3, 3, 3], p: BatchNorm<3>, s: Statistics<3>) -> ([2, 3, 4, 5], Statistics<3>, [2, 3, 4, 5]) {
        let h = cotangent::op::conv2d(x, w, NoBias, ConvWindow::new().padding::<1, 1>());
        let (y, after) = batch_norm(h, p, s);
        (y, after, batch_norm_inference(h, p, s))
    }
    fn half(x: [2, 3, 4, 5], w: [4, 3, 3, 3], p: BatchNorm<4>, s: Statistics<4>) -> ([2, 4, 2, 3], Statistics<4>, [2, 4, 2, 3]) {
        let h = cotangent::op::conv2d(x, w, NoBias, ConvWindow::new().stride::<2, 2>().padding::<1, 1>());
        let (y, after) = batch_norm(h, p, s);
        (y, after, batch_norm_inference(h, p, s))
    }
    fn second(x: [2, 4, 2, 3], w: [4, 4, 3, 3], p: BatchNorm<4>, s: Statistics<4>) -> ([2, 4, 2, 3], Statistics<4>, [2, 4, 2, 3]) {
        let h = cotangent::op::conv2d(x, w, NoBias, ConvWindow::new().padding::<1, 1>());
        let (y, after) = batch_norm(h, p, s);
        (y, after, batch_norm_inference(h, p, s))
    }
    fn shortcut(x: [2, 3, 4, 5], w: [4, 3, 1, 1], p: BatchNorm<4>, s: Statistics<4>) -> ([2, 4, 2, 3], Statistics<4>, [2, 4, 2, 3]) {
        let h = cotangent::op::conv2d(x, w, NoBias, ConvWindow::new().stride::<2, 2>());
        let (y, after) = batch_norm(h, p, s);
        (y, after, batch_norm_inference(h, p, s))
    }
}

/// Sums of up to 36 products of numbers near 1, in another order.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

#[test]
fn windows_over_signals() {
    let rng = &mut Rng::with_seed(1);
    let p: Parameters<f64, Conv1d<N<3>, N<4>, N<3>>> = Vector::normal(0.0, 1.0, rng);
    let q: Parameters<f64, ConvTranspose1d<N<3>, N<4>, N<3>>> = Vector::normal(0.0, 1.0, rng);
    let x: Tensor<f64, shape![2, 3, 8]> = Vector::normal(0.0, 1.0, rng);
    let (y, z) = signals().value((&x, &p, &q), ());
    for (b, o) in [(0, 0), (1, 3)] {
        for i in 0..4_usize {
            let mut sum = p.bias[[o]];
            for (c, k) in (0..9_usize).map(|n| (n / 3, n % 3)) {
                // Stride 2, a zero before and after.
                if let Some(at) = (2 * i + k).checked_sub(1).filter(|&at| at < 8) {
                    sum += x[[b, c, at]] * p.weight[[o, c, k]];
                }
            }
            assert!(near(y[[b, o, i]], sum));
        }
        let mut patches = [q.bias[[o]]; 16];
        for (c, i, k) in (0..72_usize).map(|n| (n / 24, n / 3 % 8, n % 3)) {
            if let Some(at) = (2 * i + k).checked_sub(1).filter(|&at| at < 16) {
                patches[at] += x[[b, c, i]] * q.weight[[c, o, k]];
            }
        }
        assert!((0..16).all(|i| near(z[[b, o, i]], patches[i])));
    }
}

#[test]
fn conv_transpose2d_is_the_op() {
    let rng = &mut Rng::with_seed(2);
    let p: Parameters<f64, ConvTranspose2d<N<3>, N<2>, N<3>>> = Vector::normal(0.0, 1.0, rng);
    let x: Tensor<f64, shape![2, 3, 4, 5]> = Vector::normal(0.0, 1.0, rng);
    assert_eq!(enlarged().value((&x, &p), ()), of_ops().value((&x, &p), ()));
}

#[test]
fn norms_of_rows_and_of_groups_of_channels() {
    let rng = &mut Rng::with_seed(3);
    let p: Parameters<f64, RmsNorm<N<3>>> = Vector::normal(0.0, 1.0, rng);
    let q: Parameters<f64, GroupNorm<N<6>>> = Vector::normal(0.0, 1.0, rng);
    let x: Tensor<f64, shape![2, 6, 3]> = Vector::normal(0.0, 1.0, rng);
    let (y, z) = norms().value((&x, &p, &q), ());
    for (b, c, i) in (0..36).map(|n| (n / 18, n / 3 % 6, n % 3)) {
        let square = (0..3).map(|i| x[[b, c, i]].powi(2)).sum::<f64>() / 3.0;
        assert!(near(
            y[[b, c, i]],
            x[[b, c, i]] / (square + 1e-5).sqrt() * p.gain[[i]]
        ));
        // Two channels are a group.
        let group = || (0..6).map(|n| x[[b, c / 2 * 2 + n / 3, n % 3]]);
        let mean = group().sum::<f64>() / 6.0;
        let variance = group().map(|x| (x - mean).powi(2)).sum::<f64>() / 6.0;
        let normal = (x[[b, c, i]] - mean) / (variance + 1e-5).sqrt();
        assert!(near(z[[b, c, i]], normal * q.gain[[c]] + q.shift[[c]]));
    }
}

#[test]
fn residual_mlp_adds_two_layers_of_normed_rows() {
    let rng = &mut Rng::with_seed(4);
    let p: Parameters<f64, ResidualMlp<N<3>, N<5>>> = Vector::normal(0.0, 1.0, rng);
    let x: Tensor<f64, shape![4, 3]> = Vector::normal(0.0, 1.0, rng);
    let y = residual().value((&x, &p), ());
    for row in 0..4 {
        let mean = (0..3).map(|d| x[[row, d]]).sum::<f64>() / 3.0;
        let variance = (0..3).map(|d| (x[[row, d]] - mean).powi(2)).sum::<f64>() / 3.0;
        let normal = |d: usize| {
            (x[[row, d]] - mean) / (variance + 1e-5).sqrt() * p.norm.gain[[d]] + p.norm.shift[[d]]
        };
        let hidden = |f: usize| {
            let sum: f64 = (0..3).map(|d| normal(d) * p.up.weight[[d, f]]).sum();
            (sum + p.up.bias[[f]]).max(0.0)
        };
        for d in 0..3 {
            let sum: f64 = (0..5).map(|f| hidden(f) * p.down.weight[[f, d]]).sum();
            assert!(near(y[[row, d]], x[[row, d]] + sum + p.down.bias[[d]]));
        }
    }
}

fn relu<S: Shape>(x: &Tensor<f64, S>) -> Tensor<f64, S> {
    x.map(|x| x.max(0.0))
}

fn close<S: Shape>(a: &Tensor<f64, S>, b: &Tensor<f64, S>) -> bool {
    a.iter().zip(b.iter()).all(|(a, b)| near(*a, *b))
}

/// The basic block by its convolutions with their norms, in training and at inference, and the statistics of each norm.
#[test]
fn basic_blocks_keep_the_statistics_of_both_norms() {
    let rng = &mut Rng::with_seed(5);
    let p: Parameters<f64, BasicBlock<N<3>>> = Vector::normal(0.0, 1.0, rng);
    let s: Parameters<f64, BasicStatistics<N<3>>> = Vector::uniform(0.5..1.5, rng);
    let x: Tensor<f64, shape![2, 3, 4, 5]> = Vector::normal(0.0, 1.0, rng);
    let (y, after, inferred) = basic().value((&x, &p, &s), ());

    let (h, first, by_running) = same().value((&x, &p.first, &p.first_norm, &s.first), ());
    let (h, second, _) = same().value((&relu(&h), &p.second, &p.second_norm, &s.second), ());
    assert!(close(&y, &relu(&(&x + &h))));
    assert!(close(&after.first.mean, &first.mean) && close(&after.first.variance, &first.variance));
    assert!(
        close(&after.second.mean, &second.mean) && close(&after.second.variance, &second.variance)
    );
    let (_, _, h) = same().value(
        (&relu(&by_running), &p.second, &p.second_norm, &s.second),
        (),
    );
    assert!(close(&inferred, &relu(&(&x + &h))));
}

#[test]
fn down_blocks_have_a_shortcut_of_half_the_size() {
    let rng = &mut Rng::with_seed(6);
    let p: Parameters<f64, DownBlock<N<3>, N<4>>> = Vector::normal(0.0, 1.0, rng);
    let s: Parameters<f64, DownStatistics<N<4>>> = Vector::uniform(0.5..1.5, rng);
    let x: Tensor<f64, shape![2, 3, 4, 5]> = Vector::normal(0.0, 1.0, rng);
    let (y, after, inferred) = down().value((&x, &p, &s), ());

    let (h, first, by_running) = half().value((&x, &p.first, &p.first_norm, &s.first), ());
    let (h, of_second, _) = second().value((&relu(&h), &p.second, &p.second_norm, &s.second), ());
    let (short, of_shortcut, short_by_running) =
        shortcut().value((&x, &p.shortcut, &p.shortcut_norm, &s.shortcut), ());
    assert!(close(&y, &relu(&(&short + &h))));
    assert!(
        close(&after.first.mean, &first.mean) && close(&after.second.variance, &of_second.variance)
    );
    assert!(close(&after.shortcut.mean, &of_shortcut.mean));
    let (_, _, h) = second().value(
        (&relu(&by_running), &p.second, &p.second_norm, &s.second),
        (),
    );
    assert!(close(&inferred, &relu(&(&short_by_running + &h))));
}
