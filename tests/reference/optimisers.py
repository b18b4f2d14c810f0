"""Writes optimisers.json: parameters after 1, 10 and 100 updates, by Optax. README.md beside this file says how to run it.

The problem is a small one with fixed data: y = tanh(x w + b) v, and half the mean square of y - t. Each step takes one of four
batches in turn. Parameters: `body.weight` [3, 4], `body.bias` [4], `head.weight` [4, 2].

Where Optax does otherwise than the paper or PyTorch, and where it has nothing, the case says which formula it is, and a
function below has it as a transformation of gradients in its terms."""

import json
from pathlib import Path

from common import generator, versions  # sets JAX up

import jax
import jax.numpy as jnp
import numpy as np
import optax

RATE = 0.05
STEPS = [1, 10, 100]
BATCHES = 4

rng = generator("optimisers")
draw = lambda *dims: np.round(rng.normal(size=dims), 3)
START = {"body.weight": draw(3, 4), "body.bias": draw(4), "head.weight": draw(4, 2)}
X, T = draw(BATCHES, 6, 3), draw(BATCHES, 6, 2)


def loss(p, x, t):
    y = jnp.tanh(x @ p["body.weight"] + p["body.bias"]) @ p["head.weight"]
    return 0.5 * jnp.mean((y - t) ** 2)


# Formulas that are not those of Optax.


def rmsprop(rate, alpha=0.99, epsilon=1e-8, momentum=0.0, centred=False):
    """As in PyTorch: the rate is not in the momentum."""
    scale = optax.scale_by_stddev if centred else optax.scale_by_rms
    parts = [scale(decay=alpha, eps=epsilon, eps_in_sqrt=False)]
    if momentum:
        parts.append(optax.trace(decay=momentum))
    return optax.chain(*parts, optax.scale_by_learning_rate(rate))


def centred_rmsprop(rate, alpha, epsilon, momentum):
    """As in PyTorch: v ← α v + (1 - α) g², m ← α m + (1 - α) g, b ← μ b + g / (√(v - m²) + ε), p ← p - rate b."""

    def init(p):
        zeros = jax.tree.map(jnp.zeros_like, p)
        return zeros, zeros, zeros

    def update(g, state, _=None):
        v, m, b = state
        v = jax.tree.map(lambda v, g: alpha * v + (1 - alpha) * g * g, v, g)
        m = jax.tree.map(lambda m, g: alpha * m + (1 - alpha) * g, m, g)
        b = jax.tree.map(lambda b, g, v, m: momentum * b + g / (jnp.sqrt(v - m * m) + epsilon), b, g, v, m)
        return b, (v, m, b)

    return optax.chain(optax.GradientTransformation(init, update), optax.scale_by_learning_rate(rate))


def adagrad(rate, epsilon=1e-10):
    """As in PyTorch: the sum begins with 0, and epsilon is not under the root."""

    def init(p):
        return jax.tree.map(jnp.zeros_like, p)

    def update(g, v, _=None):
        v = jax.tree.map(lambda v, g: v + g * g, v, g)
        return jax.tree.map(lambda v, g: g / (jnp.sqrt(v) + epsilon), v, g), v

    return optax.chain(optax.GradientTransformation(init, update), optax.scale_by_learning_rate(rate))


def adafactor(rate, least_factored=128, decay=0.0, scales=True):
    """As optax.adafactor, but for two things: t^-0.8 is computed in doubles, and the decay is times the rate, as in PyTorch."""
    parts = [
        optax.scale_by_factored_rms(
            min_dim_size_to_factor=least_factored,
            decay_rate_fn=lambda i, exponent: 1.0 - jnp.asarray(i + 1, jnp.float64) ** (-exponent),
        ),
        optax.clip_by_block_rms(1.0),
    ]
    if scales:
        parts.append(optax.scale_by_param_block_rms())
    return optax.chain(*parts, optax.add_decayed_weights(decay), optax.scale_by_learning_rate(rate))


def only(part, names):
    """A transformation of some parameters only."""
    return optax.masked(part, {name: name in names for name in START})


WEIGHTS = ["body.weight", "head.weight"]
HEAD = ["head.weight"]

# Schedules, by the number of the update from 0 on, which Optax takes as a single if it is not told otherwise.

in_doubles = lambda schedule: lambda n: schedule(jnp.asarray(n, jnp.float64))
WARM_COSINE = in_doubles(optax.join_schedules(
    [optax.linear_schedule(1 / 10, 1.0, 9), optax.cosine_decay_schedule(1.0, 60, alpha=0.1)], [10]))
STEPPED_CYCLE = in_doubles(lambda n: (
    optax.exponential_decay(1.0, 30, 0.5, staircase=True)(n) * optax.cosine_onecycle_schedule(80, 1.0)(n)))

CASES = {}


def add(name, what, optimiser, batches=1, average=None, reports=None):
    """Runs 100 updates, of so many batches each. `reports` are measures, told to a plateau before each update."""
    assert name not in CASES, name
    p = {name: jnp.asarray(x) for name, x in START.items()}
    state = optimiser.init(p)
    averaged = p
    at, seen = {}, 0
    for update in range(1, STEPS[-1] + 1):
        gradients = []
        for _ in range(batches):
            batch = seen % BATCHES
            gradients.append(jax.grad(loss)(p, X[batch], T[batch]))
            seen += 1
        g = jax.tree.map(lambda *each: sum(each) / batches, *gradients)
        more = {} if reports is None else {"value": reports[update - 1]}
        changes, state = optimiser.update(g, state, p, **more)
        p = optax.apply_updates(p, changes)
        if average is not None:
            averaged = optax.incremental_update(p, averaged, 1 - average)
        if update in STEPS:
            at[str(update)] = {"parameters": flat(p)} | ({} if average is None else {"averaged": flat(averaged)})
    CASES[name] = {"what": what, "after": at}


def flat(p):
    return {name: np.asarray(x).reshape(-1).tolist() for name, x in p.items()}


add("sgd", "optax.sgd", optax.sgd(RATE))
add("momentum", "optax.sgd(momentum=0.9)", optax.sgd(RATE, momentum=0.9))
add("nesterov", "optax.sgd(momentum=0.9, nesterov=True)", optax.sgd(RATE, momentum=0.9, nesterov=True))
add("adam", "optax.adam", optax.adam(RATE))
add("adam_settings", "optax.adam(b1=0.8, b2=0.95, eps=1e-3)", optax.adam(RATE, b1=0.8, b2=0.95, eps=1e-3))
add("adamw", "optax.adamw(weight_decay=0.1)", optax.adamw(RATE, weight_decay=0.1))
add("nadam", "optax.nadam", optax.nadam(RATE))
add("rmsprop", "PyTorch's formula: epsilon outside of the root", rmsprop(RATE))
add("rmsprop_momentum", "PyTorch's formula: alpha 0.9, momentum 0.5", rmsprop(RATE, alpha=0.9, momentum=0.5))
add("rmsprop_centred", "PyTorch's formula: centred, alpha 0.9, epsilon 1e-3", centred_rmsprop(RATE, 0.9, 1e-3, 0.0))
add("rmsprop_centred_momentum", "PyTorch's formula: centred, alpha 0.9, epsilon 1e-3, momentum 0.5",
    centred_rmsprop(RATE, 0.9, 1e-3, 0.5))
add("adagrad", "PyTorch's formula: the sum begins with 0, epsilon 1e-10 outside of the root", adagrad(RATE))
add("lion", "optax.lion(0.05 / 10, weight_decay=0.1)", optax.lion(RATE / 10, weight_decay=0.1))
add("adafactor", "optax.adafactor, t^-0.8 in doubles", adafactor(RATE))
add("adafactor_factored", "optax.adafactor(min_dim_size_to_factor=2), t^-0.8 in doubles, decay 0.1 times the rate",
    adafactor(RATE, least_factored=2, decay=0.1))
add("adafactor_rate", "optax.adafactor(min_dim_size_to_factor=4, multiply_by_parameter_scale=False), t^-0.8 in doubles",
    adafactor(RATE, least_factored=4, scales=False))

add("sgd_decay", "optax.add_decayed_weights(0.1) before optax.sgd(momentum=0.9), of the weights only",
    optax.chain(only(optax.add_decayed_weights(0.1), WEIGHTS), optax.sgd(RATE, momentum=0.9)))
add("adamw_mask", "optax.adamw(weight_decay=0.1), of the weights only",
    optax.adamw(RATE, weight_decay=0.1, mask={name: name in WEIGHTS for name in START}))
add("clip_value", "optax.clip(0.02) before optax.sgd(momentum=0.9)",
    optax.chain(optax.clip(0.02), optax.sgd(RATE, momentum=0.9)))
add("clip_norm", "optax.clip_by_global_norm(0.1) before optax.adam",
    optax.chain(optax.clip_by_global_norm(0.1), optax.adam(RATE)))
add("clip_both", "optax.clip(0.05), then optax.clip_by_global_norm(0.1), then optax.sgd(momentum=0.9)",
    optax.chain(optax.clip(0.05), optax.clip_by_global_norm(0.1), optax.sgd(RATE, momentum=0.9)))
add("rates", "optax.adamw(weight_decay=0.1), and 10 times its rate for the head",
    optax.chain(optax.adamw(RATE / 10, weight_decay=0.1), only(optax.scale(10.0), HEAD)))
add("accumulated", "the mean gradient of 3 batches to optax.adam", optax.adam(RATE), batches=3)
add("averaged", "optax.incremental_update(step_size=0.1) after optax.sgd(momentum=0.9)",
    optax.sgd(RATE, momentum=0.9), average=0.9)
add("warm_cosine_of", "optax.adam with optax.join_schedules: linear_schedule(1/10, 1, 9), from 10 on cosine_decay_schedule(1, 60, 0.1)",
    optax.adam(lambda n: RATE * WARM_COSINE(n)))
add("stepped_cycle", "optax.sgd(momentum=0.9) with exponential_decay(1, 30, 0.5, staircase=True) times cosine_onecycle_schedule(80, 1)",
    optax.sgd(lambda n: RATE * STEPPED_CYCLE(n), momentum=0.9))

REPORTS = [round(float(x), 3) for x in 1 + 2 * np.exp(-np.arange(100) / 9) + 0.3 * generator("reports").random(100)]
add("plateaus", "optax.sgd, then optax.contrib.reduce_on_plateau(factor=0.5, patience=4, cooldown=2, rtol=0.01, min_scale=0.1)",
    optax.chain(optax.sgd(RATE), optax.contrib.reduce_on_plateau(
        factor=0.5, patience=4, cooldown=2, rtol=0.01, atol=0.0, min_scale=0.1)), reports=REPORTS)
add("all", "clip(0.2), clip_by_global_norm(0.3), 3 batches, adamw(weight_decay=0.1) of the weights, half the rate for the head, "
    "warm_cosine, averages of 0.9",
    optax.chain(optax.clip(0.2), optax.clip_by_global_norm(0.3),
                optax.adamw(lambda n: RATE * WARM_COSINE(n), weight_decay=0.1,
                            mask={name: name in WEIGHTS for name in START}),
                only(optax.scale(0.5), HEAD)), batches=3, average=0.9)



def text():
    """JSON with one line for each parameter, so that a change reads well."""
    dumps = json.dumps
    tensor = lambda x: dumps({"dims": list(x.shape), "data": x.reshape(-1).tolist()})
    block = lambda entries: "{\n" + ",\n".join(f"{dumps(name)}: {value}" for name, value in entries.items()) + "\n}"
    lists = lambda named: block({name: dumps(values) for name, values in named.items()})
    case = lambda fields: block(
        {"what": dumps(fields["what"])}
        | {"after": block({n: block({what: lists(p) for what, p in at.items()}) for n, at in fields["after"].items()})})
    return block({
        "header": dumps(versions() | {"optax": optax.__version__}),
        "rate": dumps(RATE),
        "start": block({name: tensor(x) for name, x in START.items()}),
        "x": tensor(X),
        "t": tensor(T),
        "reports": dumps(REPORTS),
        "cases": block({name: case(fields) for name, fields in CASES.items()}),
    }) + "\n"


path = Path(__file__).with_name("optimisers.json")
path.write_text(text(), encoding="utf-8")
print(f"{len(CASES)} cases, {path.stat().st_size} bytes")
