"""Writes jax.json: values and VJPs of the ops by JAX, in doubles. README.md beside this file says how to run it."""

import json
from functools import partial
from pathlib import Path

from common import (Indices, around, distinct, exactly, generator, key_of, nonzero, positive, real,  # sets JAX up
                    versions, words)

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.extend.random import threefry_2x32
from jax.nn import log_softmax, logsumexp, sigmoid, softmax

CASES = {}


def tensor(x):
    x = np.asarray(x)
    assert x.dtype == np.float64 and np.isfinite(x).all()
    return {"dims": list(x.shape), "data": [float(v) for v in x.reshape(-1)]}


def case(name, op, f, inputs, indices=(), **parameters):
    """Adds `f(*inputs, *indices)`, and its VJP at a random cotangent of no small entry."""
    assert name not in CASES, name
    rng = generator(name)
    inputs = [np.asarray(draw(rng), dtype=np.float64) for draw in inputs]
    output, vjp = jax.vjp(lambda *x: f(*x, *(i.array for i in indices)), *map(jnp.asarray, inputs))
    seed = np.asarray(nonzero(*output.shape)(rng), dtype=np.float64)
    CASES[name] = {
        "op": op,
        "parameters": parameters,
        "inputs": [tensor(x) for x in inputs],
        "indices": [
            {"dims": list(i.array.shape), "bound": i.bound, "data": i.array.reshape(-1).tolist()} for i in indices
        ],
        "output": tensor(output),
        "seed": tensor(seed),
        "cotangents": [tensor(x) for x in vjp(jnp.asarray(seed))],
    }


# Elementwise.

case("relu", "relu", jax.nn.relu, [nonzero(2, 3)])
case("tanh", "tanh", jnp.tanh, [real(2, 3)])
case("sigmoid", "sigmoid", sigmoid, [real(2, 3)])
case("softplus", "softplus", jax.nn.softplus, [real(2, 3)])
case("exp", "exp", jnp.exp, [real(2, 3)])
case("log", "log", jnp.log, [positive(2, 3)])
case("sqrt", "sqrt", jnp.sqrt, [positive(2, 3)])
case("rsqrt", "rsqrt", lax.rsqrt, [positive(2, 3)])
case("expm1", "expm1", jnp.expm1, [exactly([[-2.5, -0.3, 0.0], [1e-9, 0.7, 3.0]])])
case("log1p", "log1p", jnp.log1p, [exactly([[-0.9, -0.3, 0.0], [1e-9, 0.7, 30.0]])])
case("sin", "sin", jnp.sin, [real(2, 3)])
case("cos", "cos", jnp.cos, [real(2, 3)])
case("atan", "atan", jnp.arctan, [real(2, 3)])
case("erf", "erf", lax.erf, [real(2, 3)])
case("add_row", "add", jnp.add, [real(2, 3), real(3)])
case("sub_row_left", "sub", jnp.subtract, [real(3), real(2, 3)])
case("mul_row", "mul", jnp.multiply, [real(2, 3), real(3)])
case("div", "div", jnp.divide, [real(2, 3), nonzero(2, 3)])
case("div_row", "div", jnp.divide, [real(2, 3), nonzero(3)])
case("div_row_left", "div", jnp.divide, [real(3), nonzero(2, 3)])
case("pow", "pow", jnp.power, [positive(2, 3), real(2, 3)])
case("powi_3", "powi", lambda x: lax.integer_pow(x, 3), [nonzero(2, 3)], exponent=3)
case("powi_minus_2", "powi", lambda x: lax.integer_pow(x, -2), [nonzero(2, 3)], exponent=-2)
case("maximum", "maximum", jnp.maximum, [exactly([[1.5, -2.0, 0.3], [0.7, 2.5, -1.1]]), distinct(2, 3)])
case("maximum_ties", "maximum", jnp.maximum,
     [exactly([[1.5, -2.0, 0.25], [0.5, 3.0, -1.0]]), exactly([[1.5, 1.0, 0.25], [-0.5, 3.0, 2.0]])])
case("select", "select", lambda c, a, b: jnp.where(c > 0, a, b), [nonzero(2, 3), real(2, 3), real(2, 3)])
case("stop_gradient", "stop_gradient", lambda x: jnp.sum(x * lax.stop_gradient(jnp.exp(x))), [real(2, 3)])

# Activations. The exact GELU has the values of the approximation to three digits.

case("gelu", "gelu", partial(jax.nn.gelu, approximate=False), [real(2, 3)])
case("gelu_tanh", "gelu_tanh", partial(jax.nn.gelu, approximate=True), [real(2, 3)])
case("silu", "silu", jax.nn.silu, [real(2, 3)])
case("mish", "mish", jax.nn.mish, [real(2, 3)])
case("leaky_relu", "leaky_relu", partial(jax.nn.leaky_relu, negative_slope=0.1), [nonzero(2, 3)], slope=0.1)
case("elu", "elu", partial(jax.nn.elu, alpha=1.5), [nonzero(2, 3)], alpha=1.5)
case("prelu_column", "prelu", lambda x, a: jnp.where(x > 0, x, a * x), [nonzero(2, 3), real(3)])
case("prelu_channel", "prelu", lambda x, a: jnp.where(x > 0, x, a[:, None, None] * x),
     [nonzero(2, 3, 2, 4), real(3)], axis=1)
case("clamp", "clamp", lambda x: jnp.clip(x, -0.75, 0.5), [exactly([[-2.0, -0.7, 0.3], [0.45, 0.55, -0.8]])],
     low=-0.75, high=0.5)
case("glu_axis_0", "glu", partial(jax.nn.glu, axis=0), [real(4, 3)], axis=0)
case("glu_axis_1", "glu", partial(jax.nn.glu, axis=1), [real(2, 6, 3)], axis=1)

# Reductions and what is made of them.

case("sum_axis_1", "sum", partial(jnp.sum, axis=1), [real(2, 3, 4)], axis=1)
case("mean", "mean", jnp.mean, [real(2, 3)])
case("mean_axis_1", "mean", partial(jnp.mean, axis=1), [real(2, 3, 4)], axis=1)
case("max_axis_0", "max", partial(jnp.max, axis=0), [distinct(3, 4)], axis=0)
case("max_axis_1", "max", partial(jnp.max, axis=1), [distinct(2, 3, 4)], axis=1)
case("max_ties", "max", partial(jnp.max, axis=1),
     [exactly([[1.5, -2.0, 1.5, 0.5], [0.25, 0.25, -1.0, 0.25], [3.0, 2.0, 1.0, 0.0]])], axis=1)
case("variance", "variance", jnp.var, [real(2, 3)])
case("variance_axis_0", "variance", partial(jnp.var, axis=0), [real(3, 4)], axis=0)
case("variance_axis_1", "variance", partial(jnp.var, axis=1), [real(2, 3, 4)], axis=1)
case("std_of_all", "std", jnp.std, [real(2, 3)])
case("std_axis_1", "std", partial(jnp.std, axis=1), [real(2, 3, 4)], axis=1)
case("min_axis_1", "min", partial(jnp.min, axis=1), [distinct(2, 3, 4)], axis=1)
case("prod", "prod", jnp.prod, [real(2, 3)])
case("prod_axis_1", "prod", partial(jnp.prod, axis=1), [real(2, 5, 3)], axis=1)
case("prod_zeros", "prod", partial(jnp.prod, axis=1),
     [exactly([[1.5, 0.0, -2.0, 0.5], [0.0, 0.25, 0.0, 3.0], [0.5, 2.0, -1.5, 1.25]])], axis=1)
for op, f in [("sum", jnp.sum), ("mean", jnp.mean), ("variance", jnp.var), ("std", jnp.std)]:
    case(f"{op}_axes_0_2", f"{op}_axes", partial(f, axis=(0, 2)), [real(2, 3, 4)], axes=[0, 2])
case("max_axes_1_3", "max_axes", partial(jnp.max, axis=(1, 3)), [distinct(2, 3, 2, 4)], axes=[1, 3])
case("min_axes_0_1", "min_axes", partial(jnp.min, axis=(0, 1)), [distinct(3, 2, 4)], axes=[0, 1])
case("mean_axes_kept", "mean_axes", lambda x: x - jnp.mean(x, axis=(1, 2), keepdims=True), [real(2, 3, 4)],
     axes=[1, 2])
case("topk_axis_1", "topk", lambda x: lax.top_k(x, 3)[0], [distinct(4, 5)], axis=1, k=3)
case("topk_axis_0", "topk", lambda x: lax.top_k(x.T, 2)[0].T, [distinct(5, 3)], axis=0, k=2)
case("logsumexp_axis_0", "logsumexp", partial(logsumexp, axis=0), [distinct(3, 4)], axis=0)
case("logsumexp_axis_1", "logsumexp", partial(logsumexp, axis=1), [distinct(2, 3, 4)], axis=1)
case("logsumexp_large", "logsumexp", partial(logsumexp, axis=1), [around(1000, 3, 4)], axis=1)
case("mean_kept", "mean_axis", lambda x: x - jnp.mean(x, axis=1, keepdims=True), [real(2, 3, 4)], axis=1)
case("cumsum_axis_0", "cumsum", partial(jnp.cumsum, axis=0), [real(3, 4)], axis=0)
case("cumsum_axis_1", "cumsum", partial(jnp.cumsum, axis=1), [real(2, 3, 4)], axis=1)
case("softmax_0", "softmax", partial(softmax, axis=0), [distinct(2, 3)], axis=0)
case("softmax_1", "softmax", partial(softmax, axis=1), [distinct(2, 3)], axis=1)
case("softmax_large", "softmax", partial(softmax, axis=1), [around(-1000, 2, 3)], axis=1)
case("log_softmax_0", "log_softmax", partial(log_softmax, axis=0), [distinct(2, 3)], axis=0)
case("log_softmax_1", "log_softmax", partial(log_softmax, axis=1), [distinct(2, 3)], axis=1)


def cross_entropy(logits, labels):
    return -jnp.mean(jnp.take_along_axis(log_softmax(logits, axis=-1), labels[..., None], axis=-1))


def classifier(x, w1, b1, w2, b2, labels):
    return cross_entropy(jnp.tanh(x @ w1 + b1) @ w2 + b2, labels)


case("cross_entropy", "cross_entropy", cross_entropy, [real(3, 4)], [Indices([2, 0, 3], 4)])
case("cross_entropy_large", "cross_entropy", cross_entropy, [around(1000, 3, 4)], [Indices([1, 1, 0], 4)])
case("cross_entropy_2d", "cross_entropy", cross_entropy, [real(2, 3, 4)], [Indices([[2, 0, 3], [1, 1, 2]], 4)])
case("mse", "mse", lambda x, y: jnp.mean((x - y) ** 2), [real(2, 3), real(2, 3)])
case("classifier", "classifier", classifier,
     [real(3, 4), real(4, 5), real(5), real(5, 2), real(2)], [Indices([1, 0, 1], 2)])



def cross_entropy_with(logits, labels, weights, smoothing=0.0, ignored=None):
    """The mean over what counts, as PyTorch has it."""
    log_p, classes = log_softmax(logits, axis=-1), logits.shape[-1]
    counted = jnp.ones(labels.shape) if ignored is None else (labels != ignored).astype(jnp.float64)
    labelled = jnp.take_along_axis(log_p, labels[..., None], axis=-1)[..., 0]
    each = (1 - smoothing) * weights[labels] * labelled + smoothing / classes * jnp.sum(weights * log_p, axis=-1)
    return -jnp.sum(counted * each) / jnp.sum(counted * weights[labels])


LABELS = Indices([2, 0, 3, 2, 1], 4)
case("cross_entropy_weights", "cross_entropy_with", lambda x, w, i: cross_entropy_with(x, i, w),
     [real(5, 4), positive(4)], [LABELS])
case("cross_entropy_smoothing", "cross_entropy_with",
     lambda x, i: cross_entropy_with(x, i, jnp.ones(4), smoothing=0.1), [real(5, 4)], [LABELS], smoothing=0.1)
case("cross_entropy_ignored", "cross_entropy_with",
     lambda x, i: cross_entropy_with(x, i, jnp.ones(4), ignored=2), [real(5, 4)], [LABELS], ignored=2)
case("cross_entropy_all_options", "cross_entropy_with",
     lambda x, w, i: cross_entropy_with(x, i, w, smoothing=0.3, ignored=0),
     [real(2, 3, 4), positive(4)], [Indices([[2, 0, 3], [1, 1, 0]], 4)], smoothing=0.3, ignored=0)


def bce(x, t, w=1.0):
    return -jnp.mean(w * t * jax.nn.log_sigmoid(x) + (1 - t) * jax.nn.log_sigmoid(-x))


def huber(x, y, delta):
    error = jnp.abs(x - y)
    return jnp.mean(jnp.where(error <= delta, error**2 / 2, delta * (error - delta / 2)))


def cosine(x, y):
    return jnp.sum(x * y, axis=1) / (jnp.linalg.norm(x, axis=1) * jnp.linalg.norm(y, axis=1))


case("nll", "nll", lambda x, i: -jnp.mean(jnp.take_along_axis(x, i[:, None], axis=1)), [real(5, 4)], [LABELS])
case("bce_with_logits", "bce_with_logits", bce, [real(2, 3), positive(2, 3)])
case("bce_with_logits_large", "bce_with_logits", bce, [around(1000, 2, 3), positive(2, 3)])
case("weighted_bce_with_logits", "weighted_bce_with_logits", bce, [real(2, 3), positive(2, 3), positive(3)])
case("kl_divergence", "kl_divergence", lambda log_q, p: jnp.sum(jax.scipy.special.xlogy(p, p) - p * log_q) / 2,
     [real(2, 3), positive(2, 3)])
case("kl_divergence_3d", "kl_divergence", lambda log_q, p: jnp.sum(jax.scipy.special.xlogy(p, p) - p * log_q) / 6,
     [real(2, 3, 4), positive(2, 3, 4)])
case("hinge", "hinge", lambda s, t: jnp.mean(jax.nn.relu(1 - t * s)), [real(2, 3), exactly([[1, -1, 1], [-1, -1, 1]])])
case("mae", "mae", lambda x, y: jnp.mean(jnp.abs(x - y)), [real(2, 3), real(2, 3)])
case("huber", "huber", partial(huber, delta=0.75), [real(3, 4), real(3, 4)], delta=0.75)
case("cosine_similarity", "cosine_similarity", cosine, [real(3, 4), real(3, 4)], axis=1)
case("cosine_similarity_middle", "cosine_similarity", cosine, [real(2, 4, 3), real(2, 4, 3)], axis=1)
case("cosine_loss", "cosine_loss", lambda x, y: jnp.mean(1 - cosine(x, y)), [real(3, 4), real(3, 4)], axis=1)

# Products.

case("matmul", "matmul", jnp.matmul, [real(2, 3), real(3, 4)])
case("matmul_batched", "matmul", jnp.matmul, [real(2, 3, 4), real(2, 4, 5)])
case("matmul_batched_twice", "matmul", jnp.matmul, [real(2, 3, 4, 5), real(2, 3, 5, 6)])
case("matmul_by_one", "matmul", jnp.matmul, [real(2, 3, 4), real(4, 5)])
case("matmul_by_a_vector", "matmul", jnp.matmul, [real(2, 3, 4), real(4)])
case("matmul_of_a_vector", "matmul", jnp.matmul, [real(3), real(3, 4)])
case("matmul_of_vectors", "matmul", jnp.matmul, [real(3), real(3)])
for name, equation, shapes in [
    ("einsum_bij_bjk_bik", "bij,bjk->bik", [(2, 3, 4), (2, 4, 5)]),
    ("einsum_bhqd_bhkd_bhqk", "bhqd,bhkd->bhqk", [(2, 3, 4, 2), (2, 3, 5, 2)]),
    ("einsum_ij_ji", "ij->ji", [(2, 3)]),
    ("einsum_ij_i", "ij->i", [(2, 3)]),
    ("einsum_i_j_ij", "i,j->ij", [(3,), (4,)]),
    ("einsum_bij_j_bi", "bij,j->bi", [(2, 3, 4), (4,)]),
]:
    case(name, "einsum", partial(jnp.einsum, equation), [real(*dims) for dims in shapes], equation=equation)

# Parts and joins.


def pad(x, axis, before, after):
    return jnp.pad(x, [(before, after) if a == axis else (0, 0) for a in range(x.ndim)])


case("transpose", "transpose", jnp.transpose, [real(2, 3)])
case("permute", "permute", lambda x: jnp.transpose(x, (2, 0, 1)), [real(2, 3, 4)], axes=[2, 0, 1])
case("slice_axis_0", "slice", lambda x: x[1:3], [real(4, 3)], axis=0, start=1, len=2)
case("slice_axis_1", "slice", lambda x: x[:, 1:4], [real(2, 5, 3)], axis=1, start=1, len=3)
case("pad_axis_0", "pad", lambda x: pad(x, 0, 2, 1), [real(2, 3)], axis=0, before=2, after=1)
case("pad_axis_1", "pad", lambda x: pad(x, 1, 1, 3), [real(2, 3, 2)], axis=1, before=1, after=3)
for axis, shapes in [(0, [(2, 3), (4, 3)]), (1, [(2, 3, 2), (2, 1, 2)]), (2, [(2, 3, 2), (2, 3, 4)])]:
    case(f"concat_{axis}", "concat", lambda *x: jnp.concatenate(x, axis=axis), [real(*d) for d in shapes], axis=axis)
for axis in range(3):
    case(f"stack_{axis}", "stack", lambda *x: jnp.stack(x, axis=axis), [real(3, 4), real(3, 4)], axis=axis)
case("concat_3", "concat", lambda *x: jnp.concatenate(x, axis=1), [real(2, 3), real(2, 1), real(2, 2)], axis=1)
case("stack_3", "stack", lambda *x: jnp.stack(x, axis=1), [real(3, 4), real(3, 4), real(3, 4)], axis=1)
case("split", "split", lambda x: jnp.prod(jnp.stack(jnp.split(x, 3, axis=1)), axis=0), [real(2, 6)], axis=1)

case("split_unequal", "split", lambda x: jnp.sum(x[:, :2], axis=1) * jnp.sum(x[:, 2:3] * x[:, 3:], axis=1), [real(2, 7)],
     axis=1, parts=[2, 1, 4])
case("triu_1", "triu", partial(jnp.triu, k=1), [real(3, 4)], diagonal=1)
case("tril_minus_1", "tril", partial(jnp.tril, k=-1), [real(2, 4, 3)], diagonal=-1)
case("flip_axis_1", "flip", partial(jnp.flip, axis=1), [real(2, 3, 4)], axis=1)
case("roll_axis_1", "roll", lambda x: jnp.roll(x, 2, axis=1), [real(2, 5, 3)], axis=1, shift=2)
case("roll_axis_0", "roll", lambda x: jnp.roll(x, -1, axis=0), [real(4, 3)], axis=0, shift=-1)

# Rows by index.

rows = partial(jnp.take, axis=0)
case("gather_rows", "gather", rows, [real(4, 3)], [Indices([2, 0, 2], 4)])
case("gather_rows_2d", "gather", rows, [real(5, 2)], [Indices([[4, 1, 4], [0, 4, 1]], 5)])
case("scatter_add_rows", "scatter_add", lambda x, i: jnp.zeros((5, 3)).at[i].add(x),
     [real(4, 3)], [Indices([1, 3, 1, 0], 5)], rows=5)
case("embedding", "embedding", rows, [real(6, 3)], [Indices([[5, 0], [2, 5], [5, 1], [3, 3]], 6)])

# Images: NCHW, kernels OIHW.


def conv(name, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1, bias=False):
    f = partial(lax.conv_general_dilated, window_strides=stride, padding=[(p, p) for p in padding],
                rhs_dilation=dilation, feature_group_count=groups, dimension_numbers=("NCHW", "OIHW", "NCHW"))
    g = (lambda x, w, b: f(x, w) + b[:, None, None]) if bias else f
    case(name, "conv2d", g, [real(*x), real(*w)] + [real(w[0])] * bias, stride=stride, padding=padding, dilation=dilation, groups=groups)


conv("conv2d", (2, 2, 4, 3), (3, 2, 3, 2))
conv("conv2d_stride_2", (1, 2, 6, 5), (2, 2, 2, 3), stride=(2, 2))
conv("conv2d_stride_2_rest", (1, 2, 5, 6), (2, 2, 2, 3), stride=(2, 2))
conv("conv2d_padding_1", (1, 2, 4, 3), (3, 2, 3, 2), padding=(1, 1))
conv("conv2d_dilation_2", (1, 2, 6, 5), (2, 2, 3, 2), dilation=(2, 2))
conv("conv2d_groups_2", (1, 4, 4, 3), (6, 2, 2, 2), groups=2)
conv("conv2d_stride_2_1_padding_1_0", (2, 2, 4, 3), (3, 2, 2, 2), stride=(2, 1), padding=(1, 0))
conv("conv2d_depthwise", (1, 3, 4, 5), (3, 1, 2, 3), groups=3)
conv("conv2d_bias", (2, 2, 4, 3), (3, 2, 3, 2), bias=True)
case("along", "along", lambda b, x: x * b[:, None, None], [real(3), real(2, 3, 2, 4)], axis=1)


def max_pool(x, window, stride):
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, 1, *window), (1, 1, *stride), "VALID")


def avg_pool(x, window, stride):
    total = lax.reduce_window(x, 0.0, lax.add, (1, 1, *window), (1, 1, *stride), "VALID")
    return total / (window[0] * window[1])


for name, op, f, x, window, stride in [
    ("max_pool2d_2x2_stride_2", "max_pool2d", max_pool, distinct(1, 2, 4, 6), (2, 2), (2, 2)),
    ("max_pool2d_3x3_stride_1", "max_pool2d", max_pool, distinct(2, 1, 5, 4), (3, 3), (1, 1)),
    ("avg_pool2d_2x2_stride_2", "avg_pool2d", avg_pool, real(1, 2, 4, 6), (2, 2), (2, 2)),
    ("avg_pool2d_3x2_stride_2_1", "avg_pool2d", avg_pool, real(1, 2, 5, 4), (3, 2), (2, 1)),
]:
    case(name, op, partial(f, window=window, stride=stride), [x], window=window, stride=stride)

# Signals, transposed convolutions, and images made larger or smaller.


def pool1d(x, kernel, stride, start, f):
    return lax.reduce_window(x, start, f, (1, 1, kernel), (1, 1, stride), "VALID")


def conv1d(x, w, b, stride, padding, dilation, groups):
    return b[:, None] + lax.conv_general_dilated(
        x, w, (stride,), [(padding, padding)], rhs_dilation=(dilation,), feature_group_count=groups,
        dimension_numbers=("NCH", "OIH", "NCH"))


def conv_transpose(x, w, b, stride, padding, dilation, rest, groups):
    """A convolution of the pixels with zeros between them, by the filters turned around: weights (C, O / G, ..), as PyTorch's."""
    spatial = range(2, w.ndim)
    filters = w.reshape(groups, w.shape[0] // groups, *w.shape[1:]).swapaxes(1, 2)
    filters = jnp.flip(filters.reshape(-1, *filters.shape[2:]), tuple(spatial))
    reach = [d * (w.shape[i] - 1) for d, i in zip(dilation, spatial)]
    names = ("NCHW", "OIHW", "NCHW") if w.ndim == 4 else ("NCH", "OIH", "NCH")
    y = lax.conv_general_dilated(
        x, filters, [1] * len(reach), [(r - p, r - p + o) for r, p, o in zip(reach, padding, rest)],
        lhs_dilation=stride, rhs_dilation=dilation, feature_group_count=groups, dimension_numbers=names)
    return y + b.reshape(-1, *[1] * len(reach))


def adaptive(x, size, f):
    """By the windows of PyTorch's adaptive pools."""
    def windows(length, out):
        return [slice(i * length // out, -((i + 1) * length // -out)) for i in range(out)]

    rows = [[f(x[:, :, r, c], axis=(2, 3)) for c in windows(x.shape[3], size[1])] for r in windows(x.shape[2], size[0])]
    return jnp.stack([jnp.stack(row, axis=-1) for row in rows], axis=-2)


def larger(x, factor):
    return (*x.shape[:2], factor * x.shape[2], factor * x.shape[3])


case("conv1d", "conv1d", partial(conv1d, stride=2, padding=1, dilation=2, groups=2), [real(2, 4, 9), real(6, 2, 3), real(6)],
     stride=2, padding=1, dilation=2, groups=2)
case("conv_transpose1d", "conv_transpose1d", partial(conv_transpose, stride=[2], padding=[1], dilation=[2], rest=[1], groups=2),
     [real(2, 4, 5), real(4, 3, 3), real(6)], stride=2, padding=1, dilation=2, output_padding=1, groups=2)
case("conv_transpose2d", "conv_transpose2d", partial(conv_transpose, stride=[1, 1], padding=[0, 0], dilation=[1, 1], rest=[0, 0], groups=1),
     [real(2, 3, 3, 4), real(3, 2, 2, 3), real(2)])
case("conv_transpose2d_all", "conv_transpose2d",
     partial(conv_transpose, stride=[2, 3], padding=[1, 0], dilation=[1, 2], rest=[1, 2], groups=2),
     [real(2, 4, 3, 2), real(4, 3, 3, 2), real(6)], stride=[2, 3], padding=[1, 0], dilation=[1, 2], output_padding=[1, 2], groups=2)
case("max_pool1d", "max_pool1d", partial(pool1d, kernel=3, stride=2, start=-jnp.inf, f=lax.max), [distinct(2, 3, 7)], kernel=3, stride=2)
case("avg_pool1d", "avg_pool1d", lambda x: pool1d(x, 3, 2, 0.0, lax.add) / 3, [real(2, 3, 7)], kernel=3, stride=2)
case("adaptive_max_pool2d", "adaptive_max_pool2d", partial(adaptive, size=(3, 4), f=jnp.max), [distinct(1, 2, 7, 5)], size=[3, 4])
case("adaptive_max_pool2d_dividing", "adaptive_max_pool2d", partial(adaptive, size=(2, 3), f=jnp.max), [distinct(1, 2, 4, 6)], size=[2, 3])
case("adaptive_avg_pool2d", "adaptive_avg_pool2d", partial(adaptive, size=(3, 4), f=jnp.mean), [real(2, 2, 7, 5)], size=[3, 4])
case("adaptive_avg_pool2d_dividing", "adaptive_avg_pool2d", partial(adaptive, size=(2, 3), f=jnp.mean), [real(2, 2, 4, 6)], size=[2, 3])
case("global_max_pool", "global_max_pool", partial(jnp.max, axis=(2, 3)), [distinct(2, 3, 3, 4)])
case("global_avg_pool", "global_avg_pool", partial(jnp.mean, axis=(2, 3)), [real(2, 3, 3, 4)])
case("upsample_nearest", "upsample_nearest", lambda x: jax.image.resize(x, larger(x, 3), "nearest"), [real(2, 2, 3, 2)], factor=3)
case("upsample_bilinear", "upsample_bilinear", lambda x: jax.image.resize(x, larger(x, 2), "linear"), [real(2, 2, 3, 4)], factor=2)
case("upsample_bilinear_3", "upsample_bilinear", lambda x: jax.image.resize(x, larger(x, 3), "linear"), [real(1, 2, 2, 3)], factor=3)

# Normalization.

EPS = 1e-5


def normalize(x, axes):
    mean = jnp.mean(x, axis=axes, keepdims=True)
    return (x - mean) / jnp.sqrt(jnp.mean((x - mean) ** 2, axis=axes, keepdims=True) + EPS)


def layer_norm(x, gamma, beta):
    return normalize(x, -1) * gamma + beta


def batch_norm(x, gamma, beta):
    return normalize(x, (0, 2, 3)) * gamma[:, None, None] + beta[:, None, None]


case("layer_norm", "layer_norm", layer_norm, [real(3, 4), real(4), real(4)], eps=EPS)
case("layer_norm_3d", "layer_norm", layer_norm, [real(2, 3, 5), real(5), real(5)], eps=EPS)
case("layer_norm_offset", "layer_norm", layer_norm, [around(1e4, 3, 4), real(4), real(4)], eps=EPS)
case("batch_norm", "batch_norm", batch_norm, [real(2, 3, 2, 4), real(3), real(3)], eps=EPS)


def rms_norm(x, gain):
    return x / jnp.sqrt(jnp.mean(x**2, axis=-1, keepdims=True) + EPS) * gain


def group_norm(x, gain, shift, groups):
    rows = normalize(x.reshape(x.shape[0], groups, -1), -1).reshape(x.shape)
    along = (-1,) + (1,) * (x.ndim - 2)
    return rows * gain.reshape(along) + shift.reshape(along)


case("rms_norm", "rms_norm", rms_norm, [real(2, 3, 4), real(4)], eps=EPS)
case("group_norm", "group_norm", partial(group_norm, groups=2), [real(2, 6, 3, 2), real(6), real(6)], groups=2, eps=EPS)
case("group_norm_of_channels", "group_norm", partial(group_norm, groups=2), [real(3, 4), real(4), real(4)], groups=2,
     eps=EPS)
case("instance_norm", "instance_norm", partial(group_norm, groups=3), [real(2, 3, 4, 2), real(3), real(3)], eps=EPS)

# Attention and recurrence.


def causal_attention(q, k, v, heads):
    (time, width), size = q.shape[-2:], q.shape[-1] // heads
    split = lambda x: jnp.moveaxis(x.reshape(*x.shape[:-1], heads, size), -2, -3)  # (…, T, D) to (…, H, T, D/H)
    scores = split(q) @ jnp.swapaxes(split(k), -1, -2) / np.sqrt(size)
    past = np.tril(np.ones((time, time), dtype=bool))
    mixed = softmax(jnp.where(past, scores, -jnp.inf), axis=-1) @ split(v)
    return jnp.moveaxis(mixed, -3, -2).reshape(q.shape)


def lstm_cell(x, state, w, u, b):
    h, c = state
    i, f, g, o = jnp.split(x @ w + h @ u + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * jnp.tanh(g)
    return jnp.stack([sigmoid(o) * jnp.tanh(c), c])


def lstm_scan(xs, state, w, u, b):
    def step(state, x):
        state = lstm_cell(x, state, w, u, b)
        return state, state

    return lax.scan(step, state, xs)[1]


def attention(q, k, v, mask=None, bias=None, causal=False):
    """Of heads (.., T, H, K); groups of queries (.., T, H, G, K), one after the other. (JAX's own function computes in singles.)"""
    groups = q.ndim > k.ndim
    heads = q.reshape(*q.shape[:-3], -1, q.shape[-1]) if groups else q
    k, v = (jnp.repeat(x, heads.shape[-2] // k.shape[-2], axis=-2) for x in (k, v))
    scores = jnp.einsum("...thk,...uhk->...htu", heads, k) / np.sqrt(q.shape[-1])
    if bias is not None:
        scores = scores + (bias.reshape(*bias.shape[:-4], -1, *bias.shape[-2:]) if groups else bias)
    if causal:
        past = np.tril(np.ones((heads.shape[-3], k.shape[-3]), dtype=bool), k.shape[-3] - heads.shape[-3])
        mask = past if mask is None else mask & past
    if mask is not None:
        scores = jnp.where(mask, scores, -jnp.inf)
    return jnp.einsum("...htu,...uhk->...thk", softmax(scores, axis=-1), v).reshape(q.shape)


case("attention", "attention", attention, [real(4, 2, 3), real(5, 2, 3), real(5, 2, 3)])
case("attention_grouped", "attention", attention, [real(2, 4, 2, 3, 3), real(2, 5, 2, 3), real(2, 5, 2, 3)])
case("causal_attention_grouped", "causal_attention", partial(attention, causal=True),
     [real(2, 4, 2, 3, 3), real(2, 4, 2, 3), real(2, 4, 2, 3)])
case("causal_attention_cached", "causal_attention", partial(attention, causal=True), [real(2, 2, 3), real(5, 2, 3), real(5, 2, 3)])
case("masked_attention", "masked_attention", lambda q, k, v, m: attention(q, k, v, mask=m == 1),
     [real(3, 2, 3), real(4, 2, 3), real(4, 2, 3)], [Indices([[1, 0, 1, 1], [0, 0, 1, 0], [1, 1, 1, 1]], 2)])
case("masked_attention_padding", "masked_attention", lambda q, k, v, m: attention(q, k, v, mask=m[:, None, None, :] == 1),
     [real(2, 3, 2, 3), real(2, 4, 2, 3), real(2, 4, 2, 3)], [Indices([[1, 1, 1, 0], [1, 0, 0, 0]], 2)])
case("masked_attention_scores", "masked_attention", lambda q, k, v, s: attention(q, k, v, bias=s),
     [real(2, 3, 2, 3), real(2, 4, 2, 3), real(2, 4, 2, 3), real(2, 3, 4)])
case("masked_attention_all", "masked_attention",
     lambda q, k, v, s, m: attention(q, k, v, mask=m[:, None, None, :] == 1, bias=s, causal=True),
     [real(2, 3, 2, 2, 3), real(2, 3, 2, 3), real(2, 3, 2, 3), real(2, 2, 3, 3)], [Indices([[1, 1, 0], [1, 0, 1]], 2)])


def rotary(x, start, halves):
    """The formula of RoFormer as complex numbers."""
    time, width = x.shape[-3], x.shape[-1]
    angles = (start + np.arange(time))[:, None] * 10000.0 ** (-2 * np.arange(width // 2) / width)
    a, b = (x[..., : width // 2], x[..., width // 2 :]) if halves else (x[..., 0::2], x[..., 1::2])
    turned = lax.complex(a, b) * jnp.exp(1j * angles)[:, None, :]
    parts = [turned.real, turned.imag]
    return jnp.concatenate(parts, axis=-1) if halves else jnp.stack(parts, axis=-1).reshape(x.shape)


case("rotary", "rotary", partial(rotary, start=0, halves=True), [real(4, 2, 6)], start=0, base=10000)
case("rotary_from_label", "rotary", partial(rotary, halves=True), [real(2, 3, 2, 4)], [Indices(7, 100)], base=10000)
case("rotary_interleaved", "rotary_interleaved", partial(rotary, start=3, halves=False), [real(4, 2, 6)], start=3, base=10000)


def gru_cell(x, h, w, u, b, c):
    of_x, of_h = jnp.split(x @ w + b, 3, axis=1), jnp.split(h @ u + c, 3, axis=1)
    r, z = (sigmoid(of_x[i] + of_h[i]) for i in range(2))
    return (1 - z) * jnp.tanh(of_x[2] + r * of_h[2]) + z * h


case("rnn_cell", "rnn_cell", lambda x, h, w, u, b: jnp.tanh(x @ w + h @ u + b),
     [real(3, 4), real(3, 2), real(4, 2), real(2, 2), real(2)])
case("gru_cell", "gru_cell", gru_cell, [real(3, 4), real(3, 2), real(4, 6), real(2, 6), real(6), real(6)])

case("causal_attention", "causal_attention", partial(causal_attention, heads=2), [real(5, 6)] * 3, heads=2)
case("causal_attention_batched", "causal_attention", partial(causal_attention, heads=3), [real(2, 4, 6)] * 3, heads=3)
weights = [real(4, 8), real(2, 8), real(8)]
case("lstm_cell", "lstm_cell", lstm_cell, [real(3, 4), real(2, 3, 2), *weights])
case("lstm_scan", "lstm_scan", lstm_scan, [real(4, 3, 4), real(2, 3, 2), *weights])


def states(step):
    """All states of a recurrence, and their derivatives by `lax.scan`."""

    def scan(xs, init, *parameters):
        def body(state, x):
            state = step(x, state, *parameters)
            return state, state

        return lax.scan(body, init, xs)[1]

    return scan


def linear(x, s, w, u):
    return x @ w + s @ u


def elman(x, s, w, u, b):
    return jnp.tanh(x @ w + s @ u + b)


def gated(x, s, w, u, v):
    forget = sigmoid(x @ w + s @ u)
    return forget * s + (1 - forget) * jnp.tanh(x @ v)


sequence, start = real(5, 4, 3), real(4, 2)
case("scan_linear", "scan", states(linear), [sequence, start, real(3, 2), real(2, 2)], step="x w + s u")
case("scan_tanh", "scan", states(elman), [sequence, start, real(3, 2), real(2, 2), real(2)], step="tanh(x w + s u + b)")
case("scan_gated", "scan", states(gated), [sequence, start, real(3, 2), real(2, 2), real(3, 2)],
     step="f s + (1 - f) tanh(x v), f = sigmoid(x w + s u)")
# The sum of all states, so that each step has a cotangent. The singular values of u are below 1: a contraction.
case("scan_1000", "scan", lambda *x: jnp.sum(states(elman)(*x), axis=0),
     [real(1000, 1, 1), real(1, 2), real(1, 2), exactly([[0.6, -0.5], [0.4, 0.7]]), real(2)],
     step="tanh(x w + s u + b)", steps=1000)

# Keys of random bits.

INDICES = [0, 1, 5, 1000, 2**32 - 1, 2**32, 2**32 + 1, 3 * 2**40 + 17, 2**64 - 1]


def bits(key, indices):
    """The elements of `jax.random.bits(key, shape, "uint32")` at these indices, also where no array is that long."""
    counters = np.array([[i >> 32 for i in indices], [i % 2**32 for i in indices]], dtype=np.uint32)
    upper, lower = threefry_2x32(jax.random.key_data(key), counters)
    return [int(word) for word in upper ^ lower]


def key_case(seed, numbers):
    key = key_of(seed)
    first = [int(word) for word in jax.random.bits(key, (2, 3), "uint32").reshape(-1)]
    assert bits(key, range(6)) == first  # that `bits` says what JAX draws
    wide = [int(word) for word in jax.random.bits(key, (2, 3), "uint64").reshape(-1)]
    return {
        "seed": seed,
        "key": words(key),
        "fold_in": [{"n": n, "key": words(jax.random.fold_in(key, np.uint32(n)))} for n in numbers],
        "first": first,
        "wide": wide,
        "bits": [{"index": i, "bits": b} for i, b in zip(INDICES, bits(key, INDICES))],
    }


KEYS = [key_case(seed, [0, 1, 7, 2**31, 2**32 - 1]) for seed in [0, 1, 42, 2**32, 2**40 + 5, 2**63, 2**64 - 1]]


def text():
    """JSON with one line for each field of a case, so that a change reads well."""
    lines = ['{', f'"header": {json.dumps(versions())},', '"cases": {']
    for n, (name, fields) in enumerate(CASES.items()):
        body = ",\n".join(f"{json.dumps(k)}: {json.dumps(v, allow_nan=False)}" for k, v in fields.items())
        lines.append(f"{json.dumps(name)}: {{\n{body}\n}}" + ("," if n + 1 < len(CASES) else ""))
    keys = ",\n".join(json.dumps(case) for case in KEYS)
    return "\n".join([*lines, "},", '"keys": [', keys, "]", "}", ""])


path = Path(__file__).with_name("jax.json")
path.write_text(text(), encoding="utf-8")
print(f"{len(CASES)} cases, {path.stat().st_size} bytes")
