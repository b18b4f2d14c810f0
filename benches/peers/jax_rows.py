"""The rows in JAX: jitted, with donated parameters; the losses first, then the table.

    python3 -m venv venv              # a directory outside of the repository
    venv/bin/pip install jax==0.10.2
    venv/bin/python benches/peers/jax_rows.py --threads 1

With `--write-losses` it writes losses.csv, to which every engine is held. One call is one step, and waits for what it
gives; `W1 in a scan` is a step of W1 inside of a `lax.scan` of 100.
"""

import os

import measure

ARGUMENTS = measure.arguments(__doc__)
measure.pin(ARGUMENTS.threads)
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["NPROC"] = str(ARGUMENTS.threads)
if ARGUMENTS.threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
from jax import lax  # noqa: E402

import data  # noqa: E402

IN_SCAN = 100


def cross_entropy(scores, labels):
    return -jnp.mean(jax.nn.log_softmax(scores)[jnp.arange(len(labels)), labels])


def mse(x, y):
    return jnp.mean((x - y) ** 2)


def mlp(p, x, bend):
    layers = len(p) // 2
    for i in range(1, layers + 1):
        x = x @ p[f"w{i}"] + p[f"b{i}"]
        x = bend(x) if i < layers else x
    return x


def chain(p):
    x = p["x"]
    return jnp.sum(jnp.tanh(x * p["a"] + p["b"]) * x + jnp.exp(-x * x))


def convolutions(p, x, labels):
    def layer(x, w, b):
        x = jax.nn.relu(lax.conv(x, w, (1, 1), "VALID") + b[:, None, None])
        window = (1, 1, 2, 2)
        return lax.reduce_window(x, -jnp.inf, lax.max, window, window, "VALID")

    h = layer(layer(x, p["w1"], p["b1"]), p["w2"], p["b2"])
    return cross_entropy(h.reshape(len(h), -1) @ p["w3"] + p["b3"], labels)


def norm(x, gain, shift):
    return jax.nn.standardize(x, epsilon=1e-5) * gain + shift


def block(p, x):
    b, t, d = x.shape
    h = norm(x, p["gain1"], p["shift1"])
    parts = (h @ p[name] + p[f"{name}_bias"] for name in ("query", "key", "value"))
    q, k, v = (part.reshape(b, t, 4, 64) for part in parts)
    mixed = jax.nn.dot_product_attention(q, k, v, is_causal=True).reshape(b, t, d)
    x = x + mixed @ p["out"] + p["out_bias"]
    h = norm(x, p["gain2"], p["shift2"])
    return x + jax.nn.gelu(h @ p["up"] + p["up_bias"]) @ p["down"] + p["down_bias"]


def pendulum(p):
    def step(state, torque):
        angle, speed = state
        speed = speed + (torque - jnp.sin(angle)) * 0.1
        return (angle + speed * 0.1, speed), None

    (angle, speed), _ = lax.scan(step, (0.0, 0.0), p["controls"])
    return (angle - jnp.pi) ** 2 + speed**2 + 0.001 * jnp.sum(p["controls"] ** 2)


def lstm(p, x, labels):
    def layer(x, w, u, b):
        def step(state, x):
            h, c = state
            i, f, g, o = jnp.split(x + h @ u + b, 4, axis=1)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            h = jax.nn.sigmoid(o) * jnp.tanh(c)
            return (h, c), h

        zeros = jnp.zeros((x.shape[1], u.shape[0]), x.dtype)
        return lax.scan(step, (zeros, zeros), x @ w)[1]

    h = layer(layer(x, p["w1"], p["u1"], p["b1"]), p["w2"], p["u2"], p["b2"])
    return cross_entropy(h[-1] @ p["w3"] + p["b3"], labels)


LOSSES = {
    "W1": lambda p, d, _: mse(mlp(p, d["x"], jnp.tanh), d["y"]),
    "W2": lambda p, d, labels: cross_entropy(mlp(p, d["x"], jax.nn.relu), labels),
    "W3": lambda p, d, _: mse(mlp(p, d["x"], jax.nn.relu), d["y"]),
    "W4": lambda p, d, _: chain(p),
    "W5": lambda p, d, labels: convolutions(p, d["x"], labels),
    "W6": lambda p, d, _: jnp.mean(block(p, d["x"]) ** 2),
    "W7": lambda p, d, _: pendulum(p),
    "W8": lambda p, d, labels: lstm(p, d["x"], labels),
}


def updated(loss, rate):
    """The body of a step: the parameters after it, and the loss before."""

    def step(p, d, labels):
        value, gradient = jax.value_and_grad(loss)(p, d, labels)
        return jax.tree.map(lambda p, g: p - rate * g, p, gradient), value

    return step


def training(name, row):
    """A step that returns the loss as an array that has been computed."""
    jitted = jax.jit(updated(LOSSES[name], row.rate), donate_argnums=0)
    d, labels = jax.device_put((row.data, row.labels))
    # Copies: what is donated is overwritten.
    p = {key: jnp.array(value) for key, value in row.parameters.items()}

    def step():
        nonlocal p
        p, value = jitted(p, d, labels)
        jax.block_until_ready(p)
        return value

    return step


def serving(name, row):
    forward = block if "block" in name else lambda p, x: mlp(p, x, jax.nn.relu)
    jitted = jax.jit(forward)
    p, x = jax.device_put((row.parameters, row.data["x"]))
    return lambda: jitted(p, x).block_until_ready()


def in_scan(row):
    """100 steps of W1 in one call."""
    step = updated(LOSSES["W1"], row.rate)

    def many(p, d):
        return lax.scan(lambda p, _: step(p, d, None), p, None, length=IN_SCAN)

    jitted = jax.jit(many, donate_argnums=0)
    d = jax.device_put(row.data)
    p = {key: jnp.array(value) for key, value in row.parameters.items()}

    def steps():
        nonlocal p
        p, values = jitted(p, d)
        jax.block_until_ready(p)
        return values

    return steps


def main():
    rows = data.rows()
    names = ARGUMENTS.rows.split(",") if ARGUMENTS.rows else list(rows)
    lines = ["row,first,tenth"]
    measure.head(f"JAX {jax.__version__}", ARGUMENTS.threads)
    for name in names:
        row = rows[name]
        step = training(name, row) if name in LOSSES else serving(name, row)
        losses = [np.asarray(step()).ravel()[-1] for _ in range(10)]
        lines.append(f"{name},{losses[0]},{losses[-1]}")
        if not ARGUMENTS.write_losses:
            measure.check(name, float(losses[0]), float(losses[-1]))
        measure.line(name, measure.times(step, ARGUMENTS.seconds))
        if name == "W1":
            taken = measure.times(in_scan(row), ARGUMENTS.seconds)
            measure.line("W1 in a scan", [time / IN_SCAN for time in taken])
    if ARGUMENTS.write_losses:
        data.LOSSES.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
