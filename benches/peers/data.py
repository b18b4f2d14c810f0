"""The rows of rows.csv with their numbers, as src/data.rs and src/rows/table.rs make them: the same bits."""

import csv
import pathlib
import types

import numpy as np

HERE = pathlib.Path(__file__).parent
LOSSES = HERE / "losses.csv"


def hashes(count, seed):
    """The finaliser of MurmurHash3, over an index and a seed. Products are modulo 2**32."""
    h = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B9)
    h = h ^ np.uint32(seed * 0x85EBCA6B % 2**32)
    h = (h ^ (h >> 16)) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> 13)) * np.uint32(0xC2B2AE35)
    return h ^ (h >> 16)


def floats(dims, seed, scale):
    """Numbers from -scale to scale."""
    h = (hashes(int(np.prod(dims)), seed) >> 8).astype(np.float32)
    return ((h / np.float32(8388608) - np.float32(1)) * np.float32(scale)).reshape(dims)


def rows():
    """Every row by its name: rate, parameters, data, labels."""
    all_rows = {}
    with open(HERE / "rows.csv", newline="") as file:
        for seed, line in enumerate(csv.DictReader(file), 1):
            empty = types.SimpleNamespace(rate=0.0, parameters={}, data={}, labels=None)
            row = all_rows.setdefault(line["row"], empty)
            role, name = line["role"], line["name"]
            dims = [int(n) for n in line["dims"].split("x")] if line["dims"] else []
            if role == "rate":
                row.rate = float(line["scale"])
            elif role == "parameter":
                row.parameters[name] = floats(dims, seed, line["scale"])
            elif role == "one":
                row.parameters[name] = np.ones(dims, np.float32)
            elif role == "zero":
                row.parameters[name] = np.zeros(dims, np.float32)
            elif role == "data":
                row.data[name] = floats(dims, seed, line["scale"])
            elif role == "label":
                classes = int(line["scale"])
                row.labels = (hashes(dims[0], seed) % np.uint32(classes)).astype(np.int32)
            elif role == "as":
                row.parameters = all_rows[name].parameters
            else:
                raise ValueError(f"line {seed + 1} of rows.csv: no role {role}")
    return all_rows


def losses():
    """The first and the tenth loss of each row, as losses.csv has them."""
    with open(LOSSES, newline="") as file:
        return {line["row"]: (float(line["first"]), float(line["tenth"])) for line in csv.DictReader(file)}


if __name__ == "__main__":
    print([float(x) for x in floats([2, 2], 7, 0.5).ravel()])
    print([int(x) for x in hashes(6, 7) % np.uint32(10)])
