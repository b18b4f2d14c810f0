"""Writes programs.json: loops, results beside a loss, masks by key, and computed indices, by JAX. README.md beside
this file says how to run it."""

import json
from functools import partial
from pathlib import Path

from common import Indices, distinct, exactly, generator, key_of, nonzero, real, versions, words  # sets JAX up

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.nn import log_softmax, one_hot, sigmoid, softmax

CASES = {}
INF, NAN = float("inf"), float("nan")


class Seed:
    """An entry of the environment: the key of this seed."""

    def __init__(self, seed):
        self.seed = seed


def number(x):
    """JSON has no NaN and no infinity."""
    return float(x) if np.isfinite(x) else str(float(x))


def tensor(x):
    x = np.asarray(x)
    assert x.dtype == np.float64
    return {"dims": list(x.shape), "data": [number(v) for v in x.reshape(-1)]}


def indices(x, bound):
    x = np.asarray(x).astype(np.int64)
    assert ((0 <= x) & (x < bound)).all()
    return {"dims": list(x.shape), "bound": bound, "data": x.reshape(-1).tolist()}


def entry(x):
    match x:
        case Seed():
            return {"seed": x.seed, "key": words(key_of(x.seed))}
        case Indices():
            return indices(x.array, x.bound)
        case _:
            return tensor(x)


def operand(x):
    match x:
        case Seed():
            return key_of(x.seed)
        case Indices():
            return jnp.asarray(x.array)
        case _:
            return jnp.asarray(x)


def named(names, entries):
    return [{"name": name, **entry} for name, entry in zip(names, entries, strict=True)]


def add(name, what, f, inputs, outputs, environment=(), computed=(), seeded=None, masks=()):
    """Adds a case. `f` takes the inputs, which are differentiated, then the environment, which is not. It gives a tuple
    of float outputs and a tuple of integers: `computed` are their names and bounds. Only the outputs `seeded` have a
    cotangent; if nothing is said, all; with "value_and_grad" the first one, which is 1."""
    assert name not in CASES, name
    rng = generator(name)
    draw = lambda x: np.asarray(x(rng), dtype=np.float64) if callable(x) else x
    inputs = {name: draw(x) for name, x in dict(inputs).items()}
    environment = {name: draw(x) for name, x in dict(environment).items()}
    x = [jnp.asarray(x) for x in inputs.values()]
    of_inputs = lambda *x: f(*x, *map(operand, environment.values()))

    tangents = [nonzero(*x.shape)(rng) for x in x]
    y, dy, integers = jax.jvp(of_inputs, x, [jnp.asarray(t) for t in tangents], has_aux=True)
    _, vjp, _ = jax.vjp(of_inputs, *x, has_aux=True)
    given = [seeded is None or output in seeded for output in outputs]
    seeds = [nonzero(*y.shape)(rng) for y in y]
    if seeded == "value_and_grad":
        given, seeds[0] = [True] + [False] * (len(y) - 1), np.ones(())
    cotangents = vjp(tuple(jnp.asarray(s) if g else jnp.zeros_like(y) for s, g, y in zip(seeds, given, y)))
    if seeded == "value_and_grad":
        of_loss = lambda *x: (lambda y, integers: (y[0], (y[1:], integers)))(*of_inputs(*x))
        (loss, _), cotangents = jax.value_and_grad(of_loss, argnums=tuple(range(len(x))), has_aux=True)(*x)
        assert loss == y[0]

    CASES[name] = {
        "what": what,
        "inputs": named(inputs, map(tensor, x)),
        "environment": named(environment, map(entry, environment.values())),
        "outputs": named(outputs, map(tensor, y)),
        "computed": named([name for name, _ in computed], [indices(i, c[1]) for i, c in zip(integers, computed)]),
        "tangents": [tensor(t) for t in tangents],
        "output_tangents": [tensor(t) for t in dy],
        "seeds": [tensor(s) if given else None for s, given in zip(seeds, given)],
        "cotangents": [tensor(c) for c in cotangents],
        "masks": list(masks),
    }


# Loops. A state is a pair, an input of a step is a pair, and a step returns a pair.


def step(state, inputs, parameters):
    (h, m), (x, k), (w, u, b) = state, inputs, parameters
    next_h = jnp.tanh(h @ w + x @ u + b)
    next_m = sigmoid(k) * m + jnp.outer(x, next_h)
    return (next_h, next_m), (jnp.sum(next_m * next_m), next_m @ h)


def loop(h, m, x, k, w, u, b, reverse):
    last, steps = lax.scan(lambda s, i: step(s, i, (w, u, b)), (h, m), (x, k), reverse=reverse)
    return (*last, *steps), ()


STATE = {"state.h": real(3), "state.m": real(2, 3)}
STEPS = {"inputs.x": real(5, 2), "inputs.k": real(5)}
PARAMETERS = {"parameters.w": real(3, 3), "parameters.u": real(2, 3), "parameters.b": real(3)}
LAST, EACH = ["last.h", "last.m"], ["each.y", "each.z"]
PAIR = "step ((h, m), (x, k), (w, u, b)) = ((h', m'), (sum(m' m'), m' h)), "
PAIR += "h' = tanh(h w + x u + b), m' = sigmoid(k) m + outer(x, h')"

for name, reverse, seeded in [
    ("scan_pair", False, None),
    ("scan_pair_reverse", True, None),
    ("scan_pair_last", False, LAST),
    ("scan_pair_each", False, EACH),
    ("scan_pair_reverse_last", True, LAST),
    ("scan_pair_reverse_each", True, EACH),
]:
    add(name, PAIR, partial(loop, reverse=reverse), STATE | STEPS | PARAMETERS, LAST + EACH, seeded=seeded)


def loop_with_data(h, m, w, u, b, x, k):
    return loop(h, m, x, k, w, u, b, False)


add("scan_data", PAIR + "; the inputs of the steps are data", loop_with_data, STATE | PARAMETERS, LAST + EACH,
    environment=STEPS)


def loop_with_labels(s, table, labels, scale):
    """An environment for each step, and one for all."""

    def body(s, label):
        seen = scale * table[label]
        return jnp.tanh(s + seen), jnp.sum(s * seen)

    last, each = lax.scan(body, s, labels)
    return (last, each), ()


add("scan_labels", "step (s, label) = (tanh(s + scale table[label]), sum(s scale table[label]))", loop_with_labels,
    {"s": real(3), "table": real(4, 3)}, ["last", "each"],
    environment={"labels": Indices([2, 0, 3, 2, 2, 1], 4), "scale": real(3)})

# A loss, and what was computed beside it.


def classifier(w1, b1, w2, b2, x, labels):
    logits = jnp.tanh(x @ w1 + b1) @ w2 + b2
    loss = -jnp.mean(jnp.take_along_axis(log_softmax(logits, axis=1), labels[:, None], axis=1))
    predictions = jnp.argmax(logits, axis=1)
    accuracy = jnp.mean((predictions == labels).astype(jnp.float64))
    return (loss, logits, accuracy), (predictions,)


LAYERS = {"hidden.weight": real(4, 5), "hidden.bias": real(5), "out.weight": real(5, 3), "out.bias": real(3)}
DATA = {"x": real(6, 4), "labels": Indices([2, 0, 1, 1, 2, 0], 3)}
RESULTS = ["loss", "logits", "accuracy"]
TEXT = "logits = tanh(x hidden.weight + hidden.bias) out.weight + out.bias; loss = cross_entropy(logits, labels)"
for name, seeded in [("classifier_has_aux", "value_and_grad"), ("classifier_all", ["loss", "logits"])]:
    add(name, TEXT, classifier, LAYERS, RESULTS, environment=DATA, computed=[("predictions", 3)], seeded=seeded)

# Dropout. A key is folded with where it is used; `FOLDS` says with which numbers.


def place(values_before):
    """An op folds a key with its number in its graph: as many values come before, inputs and nodes."""
    return {"by": "place", "n": values_before}


def call(values_before):
    """A call of a graph folds a key with its number in its graph."""
    return {"by": "call", "n": values_before}


def turn(n):
    """A loop folds a key with the number of its step."""
    return {"by": "step", "n": n}


def use(n):
    """An op folds a key with how many times it has used keys before."""
    return {"by": "use", "n": n}


def folded(key, folds):
    for fold in folds:
        key = jax.random.fold_in(key, np.uint32(fold["n"]))
    return key


def kept(key, dims, p):
    """Where the random bits, as they are, are below the threshold that is nearest to the probability."""
    threshold = round((1.0 - p) * 2**32)
    return threshold, jax.random.bits(key, dims, "uint32").astype(jnp.uint64) < threshold


def dropout(x, key, p):
    return jnp.where(kept(key, x.shape, p)[1], x / (1 - p), 0.0)


def mask(seed, folds, dims, p):
    """The record of a mask: what the key is folded with, in this order, the key that draws, and the mask."""
    key = folded(key_of(seed), folds)
    threshold, data = kept(key, dims, p)
    return {"folds": folds, "key": words(key), "threshold": threshold, **indices(data, 2)}


P = [0.5, 0.1, 0.25, 0.9, 0.0]
for n, (seed, dims, p) in enumerate(zip([7, 0, 2**32 + 5, 2**64 - 1, 42], [(64,), (4, 3), (), (2, 3, 5), (7,)], P)):
    folds = [place(1), use(0)]
    add(f"dropout_{n}", f"|x; key| dropout(x, key, {p})",
        lambda x, key: ((dropout(x, folded(key, folds), p),), ()), {"x": nonzero(*dims)}, ["y"],
        environment={"key": Seed(seed)}, masks=[mask(seed, folds, dims, p)])

# Two nodes of a graph: places 1 and 2.
FOLDS = [[place(1), use(0)], [place(2), use(0)]]
add("dropout_twice", "|x; key| a = dropout(x, key, 0.5), b = dropout(x, key, 0.1); a, b",
    lambda x, key: (tuple(dropout(x, folded(key, folds), p) for folds, p in zip(FOLDS, P)), ()),
    {"x": nonzero(16)}, ["a", "b"], environment={"key": Seed(3)},
    masks=[mask(3, folds, (16,), p) for folds, p in zip(FOLDS, P)])

# In an op that records another one: its place and its first use, then those of the op inside.
FOLDS_IN_OP = [place(2), use(0), place(0), use(0)]
add("dropout_in_op", "|x, s; key| op(x, s), an op that records s + dropout(x, key, 0.5)",
    lambda x, s, key: ((s + dropout(x, folded(key, FOLDS_IN_OP), 0.5),), ()),
    {"x": nonzero(16), "s": exactly(np.zeros(16))}, ["y"], environment={"key": Seed(11)},
    masks=[mask(11, FOLDS_IN_OP, (16,), 0.5)])

# A graph, called twice: the calls are values 1 and 2, the dropout is value 2 of the graph that is called.
FOLDS_IN_CALL = [[call(n), place(2), use(0)] for n in [1, 2]]


def called(x, key, folds):
    return dropout(x * x, folded(key, folds), 0.25)


add("dropout_in_call",
    "|x; key| a = f(x, key), b = f(a, key); a, b, with f = |x; key| y = x * x, dropout(y, key, 0.25)",
    lambda x, key: ((a := called(x, key, FOLDS_IN_CALL[0]), called(a, key, FOLDS_IN_CALL[1])), ()),
    {"x": nonzero(4, 3)}, ["a", "b"], environment={"key": Seed(2**40 + 5)},
    masks=[mask(2**40 + 5, folds, (4, 3), 0.25) for folds in FOLDS_IN_CALL])


def looped(s, xs, key, before):
    """A loop that is called as a node of a graph. The number of the step is that of its entry, also in reverse."""
    outside, inside = folded(key, [call(before)]), [place(2), use(0)]

    def body(s, x):
        number, x = x
        seen = dropout(x, folded(jax.random.fold_in(outside, number), inside), 0.5)
        return s + s * seen, seen

    return partial(lax.scan, body, s, (jnp.arange(3, dtype=jnp.uint32), xs))


def masks_of_steps(seed, before, dims):
    return [mask(seed, [call(before), turn(n), place(2), use(0)], dims, 0.5) for n in range(3)]


for name, reverse in [("dropout_in_scan", False), ("dropout_in_scan_reverse", True)]:
    add(name, "|s, xs; key| scan(step)(s, xs, key), with step = |s, x; key| d = dropout(x, key, 0.5), (s + s * d, d)",
        lambda s, xs, key: (looped(s, xs, key, 2)(reverse=reverse), ()),
        {"s": nonzero(2, 4), "xs": nonzero(3, 2, 4)}, ["last", "each"], environment={"key": Seed(13)},
        masks=masks_of_steps(13, 2, (2, 4)))

add("dropout_in_repeat",
    "|s, p: [_; 3]; key| repeat(layer)(s, p, key), with layer = |s, p; key| d = dropout(p, key, 0.5), s + s * d",
    lambda s, p0, p1, p2, key: (looped(s, jnp.stack([p0, p1, p2]), key, 4)()[:1], ()),
    {"s": nonzero(2, 4), "p.0": nonzero(2, 4), "p.1": nonzero(2, 4), "p.2": nonzero(2, 4)}, ["y"],
    environment={"key": Seed(13)}, masks=masks_of_steps(13, 4, (2, 4)))

# Entries of the environment are no values of a graph, labels that it computes are: the dropout is value 2.
FOLDS_AFTER_LABELS = [place(2), use(0)]
add("dropout_after_labels", "|x; w, key| c = x < w, d = dropout(x, key, 0.5); where(c, d, x)",
    lambda x, w, key: ((jnp.where(x < w, dropout(x, folded(key, FOLDS_AFTER_LABELS), 0.5), x),), (x < w,)),
    {"x": nonzero(16)}, ["y"], environment={"w": real(16), "key": Seed(5)}, computed=[("c", 2)],
    masks=[mask(5, FOLDS_AFTER_LABELS, (16,), 0.5)])

# What is of each step is data, so that caller and step have one value before.
FOLDS_OF_EACH = [[call(1), turn(n), place(1), use(0)] for n in range(3)]


def loop_over_data(s, xs, key):
    each = []
    for x, folds in zip(xs, FOLDS_OF_EACH):
        each.append(dropout(x, folded(key, folds), 0.5))
        s = s + s * each[-1]
    return (s, jnp.stack(each)), ()


add("dropout_in_scan_each", "|s; xs, key| scan_each(step)(s, xs, key), with step = |s; x, key| as in dropout_in_scan",
    loop_over_data, {"s": nonzero(2, 4)}, ["last", "each"], environment={"xs": nonzero(3, 2, 4), "key": Seed(17)},
    masks=[mask(17, folds, (2, 4), 0.5) for folds in FOLDS_OF_EACH])

# Layers, each of which is a loop.
FOLDS_OF_LOOPS = [[[call(3), turn(n), call(2), turn(m), place(2), use(0)] for m in range(2)] for n in range(2)]


def loops(s, p0, p1, key):
    for p, layer in zip([p0, p1], FOLDS_OF_LOOPS):
        for x, folds in zip(p, layer):
            s = s + s * dropout(x, folded(key, folds), 0.5)
    return (s,), ()


add("dropout_in_scan_in_repeat",
    "|s, p: [_; 2]; key| repeat(layer)(s, p, key), with layer = |s, xs; key| the last of scan(step)(s, xs, key)",
    loops, {"s": nonzero(2, 4), "p.0": nonzero(2, 2, 4), "p.1": nonzero(2, 2, 4)}, ["y"], environment={"key": Seed(19)},
    masks=[mask(19, folds, (2, 4), 0.5) for layer in FOLDS_OF_LOOPS for folds in layer])

# The masks that are recorded are those that the functions have drawn: zeros among what a dropout gives of no zeros. A
# second call sees what the first one left, and a layer multiplies.
for name in [*(f"dropout_{n}" for n in range(5)), "dropout_twice", "dropout_in_op", "dropout_in_scan",
             "dropout_in_scan_reverse", "dropout_in_scan_each"]:
    y = [x for output in CASES[name]["outputs"] if output["name"] != "last" for x in output["data"]]
    assert [int(x != 0) for x in y] == [bit for mask in CASES[name]["masks"] for bit in mask["data"]], name

# Numbers and labels of `jax.random`, over doubles. `u` is value 1; the sigmoid is value 1, and what is drawn by it value 2.

FIRST, SECOND = [place(1), use(0)], [place(2), use(0)]
for seed, dims in [(7, (64,)), (2**40 + 5, (2, 3, 4))]:
    add(f"uniform_{len(dims)}d", "|x; key| u = uniform(key); x * u, u",
        lambda x, key: ((x * (u := jax.random.uniform(folded(key, FIRST), x.shape, jnp.float64)), u), ()),
        {"x": nonzero(*dims)}, ["y", "u"], environment={"key": Seed(seed)})


def bernoulli(key, p, dims):
    return jax.random.bernoulli(key, p, dims).astype(jnp.int64)


add("bernoulli", "|x; key| c = bernoulli(key, 0.3); x * c, c",
    lambda x, key: ((x * (c := bernoulli(folded(key, FIRST), jnp.float64(0.3), x.shape)),), (c,)),
    {"x": nonzero(4, 16)}, ["y"], environment={"key": Seed(3)}, computed=[("c", 2)])
add("bernoulli_of_logits", "|x; key| p = sigmoid(x), c = bernoulli(key, p); x * c, c",
    lambda x, key: ((x * (c := bernoulli(folded(key, SECOND), sigmoid(x), x.shape)),), (c,)),
    {"x": nonzero(4, 16)}, ["y"], environment={"key": Seed(2**63)}, computed=[("c", 2)])


def categorical(x, key, axis):
    i = jax.random.categorical(folded(key, FIRST), x, axis=axis)
    return (x * jnp.moveaxis(one_hot(i, x.shape[axis], dtype=jnp.float64), -1, axis),), (i,)


for axis, dims in [(1, (20, 4)), (0, (5, 16))]:
    add(f"categorical_axis_{axis}", f"|x; key| i = categorical(key, x, axis {axis}); x where it was chosen, i",
        partial(categorical, axis=axis), {"x": real(*dims)}, ["y"], environment={"key": Seed(11)},
        computed=[("i", dims[axis])])

# The place of the largest and of the smallest, and what is there.


def extreme(x, f, axis):
    index = f(x, axis=axis)
    return (jnp.take_along_axis(x, jnp.expand_dims(index, axis), axis=axis).squeeze(axis),), (index,)


TIES = exactly([[1.5, -2.0, 1.5, -2.0], [0.25, 0.25, 0.25, 0.25], [0.0, -0.0, 0.0, -0.0], [-0.0, 0.0, -0.0, 0.0],
                [3.0, 3.0, 1.0, 1.0]])
UNUSUAL = exactly([[1.0, NAN, 9.0, -9.0], [NAN, 9.0, -9.0, NAN], [1.0, INF, NAN, NAN], [INF, -INF, INF, -INF],
                   [-INF, -INF, -INF, 5.0], [1.0, -INF, INF, 2.0]])
for f in [jnp.argmax, jnp.argmin]:
    for suffix, x, axis in [("axis_0", distinct(3, 4), 0), ("axis_1", distinct(2, 3, 4), 1),
                            ("axis_2", distinct(2, 3, 4), 2), ("ties", TIES, 1), ("unusual", UNUSUAL, 1)]:
        sizes = np.asarray(x(generator("sizes"))).shape
        add(f"{f.__name__}_{suffix}", f"i = {f.__name__}(x, axis {axis}), and the elements there",
            partial(extreme, f=f, axis=axis), {"x": x}, ["picked"], computed=[("i", sizes[axis])])

add("one_hot", "one_hot(labels) w, and one_hot(labels)",
    lambda w, labels: ((one_hot(labels, 4, dtype=jnp.float64) @ w, one_hot(labels, 4, dtype=jnp.float64)), ()),
    {"w": real(4)}, ["y", "hot"], environment={"labels": Indices([[2, 0, 3], [3, 1, 2]], 4)})
add("one_hot_of_argmax", "one_hot(argmax(x, axis 1)) * x, with ties",
    lambda x: ((one_hot(jnp.argmax(x, axis=1), 4, dtype=jnp.float64) * x,), (jnp.argmax(x, axis=1),)),
    {"x": TIES}, ["y"], computed=[("i", 4)])


def positions(x):
    rows, columns = (lax.broadcasted_iota(jnp.int64, (2, 3), axis) for axis in range(2))
    return (x * rows + columns,), (rows, columns)


add("iota", "x * rows + columns, where these are the positions along the axes", positions, {"x": real(2, 3)}, ["y"],
    computed=[("rows", 2), ("columns", 3)])


def causal(x):
    rows, columns = (lax.broadcasted_iota(jnp.int64, (4, 4), axis) for axis in range(2))
    past = columns <= rows
    return (softmax(jnp.where(past, x, -jnp.inf), axis=1),), (past,)


add("iota_causal", "softmax(where(columns <= rows, x, -inf), axis 1)", causal, {"x": real(4, 4)}, ["y"],
    computed=[("past", 2)])

# Comparisons, and values that they choose. No subnormal numbers: XLA takes them for zeros.

LEFT = [1.0, 2.0, 2.0, 0.0, -0.0, NAN, 1.0, NAN, INF, -INF, INF, 1e-300]
RIGHT = [2.0, 1.0, 2.0, -0.0, 0.0, 1.0, NAN, NAN, INF, INF, -INF, 0.0]
COMPARISONS = {
    "less": ("a < b", lambda a, b: a < b),
    "less_equal": ("a <= b", lambda a, b: a <= b),
    "equal": ("a == b", lambda a, b: a == b),
    "greater": ("a > b", lambda a, b: a > b),
    "greater_equal": ("a >= b", lambda a, b: a >= b),
}
for name, (text, compare) in COMPARISONS.items():
    add(f"where_{name}", f"c = {text}; where(c, x, y)",
        lambda a, b, x, y: ((jnp.where(compare(a, b), x, y),), (compare(a, b),)),
        {"a": exactly(LEFT), "b": exactly(RIGHT), "x": nonzero(12), "y": nonzero(12)}, ["chosen"], computed=[("c", 2)])

# A NaN that is not chosen does not count.
add("where_not_chosen", "where(a < b, x, y), where what is not chosen is NaN or infinite",
    lambda a, b, x, y: ((jnp.where(a < b, x, y),), (a < b,)),
    {"a": exactly([1.0, 2.0, 1.0, 2.0, 1.0]), "b": exactly([2.0, 1.0, 2.0, 2.0, 2.0]),
     "x": exactly([0.5, NAN, 1.5, INF, NAN]), "y": exactly([NAN, 0.75, -INF, 1.25, 2.0])}, ["chosen"],
    computed=[("c", 2)])
KINK = exactly([-1.5, -0.0, 0.0, 1e-300, 2.5, NAN, INF, -INF])
add("where_relu", "where(0 < x, x, 0)", lambda x: ((jnp.where(0 < x, x, 0.0),), (0 < x,)), {"x": KINK}, ["y"],
    computed=[("c", 2)])
add("where_abs", "where(x < 0, -x, x)", lambda x: ((jnp.where(x < 0, -x, x),), (x < 0,)), {"x": KINK}, ["y"],
    computed=[("c", 2)])
add("where_clip", "where(x < low, low, where(high < x, high, x))",
    lambda x, low, high: ((jnp.where(x < low, low, jnp.where(high < x, high, x)),), (x < low, high < x)),
    {"x": exactly([[-2.0, 0.5, 3.0], [-1.0, 1.0, NAN], [-INF, INF, 0.0]]), "low": exactly([[-1.0] * 3] * 3),
     "high": exactly([[1.0] * 3] * 3)}, ["y"], computed=[("below", 2), ("above", 2)])
# A derivative that is not defined, times a zero, is NaN: the argument has to be chosen, too.
ROOTS = {"x": exactly([4.0, 0.25, 0.0, -1.0, 2.0])}
add("where_sqrt", "where(0 < x, sqrt(x), 0)", lambda x: ((jnp.where(0 < x, jnp.sqrt(x), 0.0),), (0 < x,)), ROOTS, ["y"],
    computed=[("c", 2)])
add("where_sqrt_safe", "where(0 < x, sqrt(where(0 < x, x, 1)), 0)",
    lambda x: ((jnp.where(0 < x, jnp.sqrt(jnp.where(0 < x, x, 1.0)), 0.0),), (0 < x,)), ROOTS, ["y"],
    computed=[("c", 2)])


def text():
    """JSON with one line for each tensor, so that a change reads well."""
    dumps = partial(json.dumps, allow_nan=False)
    lines = ["{", f'"header": {dumps(versions())},', '"cases": {']
    for n, (name, fields) in enumerate(CASES.items()):
        body = []
        for key, value in fields.items():
            if isinstance(value, list) and value:
                body.append(f"{dumps(key)}: [\n" + ",\n".join(map(dumps, value)) + "\n]")
            else:
                body.append(f"{dumps(key)}: {dumps(value)}")
        lines.append(f"{dumps(name)}: {{\n" + ",\n".join(body) + "\n}" + ("," if n + 1 < len(CASES) else ""))
    return "\n".join([*lines, "}", "}", ""])


path = Path(__file__).with_name("programs.json")
path.write_text(text(), encoding="utf-8")
print(f"{len(CASES)} cases, {path.stat().st_size} bytes")
