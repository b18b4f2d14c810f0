"""What the scripts share: JAX in doubles, inputs that are drawn, arrays as JSON. README.md says how to run them."""

import os
import zlib

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"  # sums in one order, so each run gives the same bits

import jax
import numpy as np

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)
jax.config.update("jax_threefry_partitionable", True)  # the default: each element by its index

# Inputs: functions from a random generator to an array. Numbers of three decimals, exact in the file.


def real(*dims):
    return lambda rng: rng.integers(-2000, 2001, dims) / 1000


def positive(*dims):
    return lambda rng: rng.integers(200, 3001, dims) / 1000


def nonzero(*dims):
    return lambda rng: rng.choice([-1, 1], dims) * (rng.integers(100, 2001, dims) / 1000)


def distinct(*dims):
    """No two elements are nearer than 0.1: no maximum is near a tie. All are 0.05 or more from numbers such as 0.3."""
    size = int(np.prod(dims))
    return lambda rng: np.round((rng.permutation(2 * size)[:size].reshape(dims) - size) / 10 + 0.05, 2)


def around(center, *dims):
    return lambda rng: center + real(*dims)(rng)


def exactly(values):
    return lambda rng: np.array(values)


def generator(name):
    """Each case has numbers of its own, so a new one leaves the others as they are."""
    return np.random.default_rng(zlib.crc32(name.encode()))


class Indices:
    def __init__(self, values, bound):
        self.array, self.bound = np.array(values), bound
        assert ((0 <= self.array) & (self.array < bound)).all()


def words(key):
    """The two halves of a key."""
    return [int(word) for word in jax.random.key_data(key)]


def key_of(seed):
    return jax.random.key(np.uint64(seed), impl="threefry2x32")


def versions():
    return {"jax": jax.__version__, "jaxlib": jax.lib.__version__, "numpy": np.__version__, "jax_enable_x64": True}
