"""W1 and W7 as the C that CasADi generates: the losses first, then the table.

    python3 -m venv venv              # a directory outside of the repository
    venv/bin/pip install casadi==3.8.2 numpy
    venv/bin/python benches/peers/casadi_rows.py

A step is one C function over floats without a loop, with the update. It is compiled by `gcc -O3 -march=native
-ffast-math` with `casadi_main.c`, which calls it.
"""

import math
import pathlib
import subprocess
import tempfile

import casadi
import numpy as np

import data
import measure

HERE = pathlib.Path(__file__).parent


def tiny(row):
    """Parameters and the loss of W1. CasADi's matrices are column major, so all are transposed: `w' x`."""
    p = {name: casadi.SX.sym(name, *array.T.reshape(-1, array.shape[0]).shape) for name, array in row.parameters.items()}
    x, y = (casadi.SX.sym(name, row.data[name].size) for name in ("x", "y"))
    h = x
    for i in (1, 2, 3):
        h = p[f"w{i}"] @ h + p[f"b{i}"].T
        h = casadi.tanh(h) if i < 3 else h
    return p, [x, y], casadi.sumsqr(h - y) / y.numel()


def pendulum(row):
    p = {"controls": casadi.SX.sym("controls", row.parameters["controls"].size)}
    angle = speed = 0
    for torque in casadi.vertsplit(p["controls"]):
        speed = speed + (torque - casadi.sin(angle)) * 0.1
        angle = angle + speed * 0.1
    return p, [], (angle - math.pi) ** 2 + speed**2 + 0.001 * casadi.sumsqr(p["controls"])


def generate(row, model, folder):
    """The C of a step, over all parameters as one vector, and what it begins with."""
    p, d, loss = model(row)
    flat = casadi.vertcat(*(casadi.vec(symbol) for symbol in p.values()))
    step = casadi.Function("step", [flat, *d], [flat - row.rate * casadi.gradient(loss, flat), loss])
    options = {"casadi_real": "float", "casadi_int": "int", "with_header": False}
    code = casadi.CodeGenerator("step.c", options)
    code.add(step)
    code.generate(f"{folder}/")
    # Row major is the column major of the transpose.
    numbers = [np.concatenate([array.ravel() for array in row.parameters.values()])]
    numbers += [row.data[name].ravel() for name in ("x", "y") if d]
    np.concatenate(numbers).astype(np.float32).tofile(f"{folder}/numbers")
    return [array.size for array in numbers]


def run(row, model, seconds):
    """Losses of the first and of the tenth step, then median and least of a step, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = generate(row, model, folder)
        command = ["gcc", "-O3", "-march=native", "-ffast-math", f"{folder}/step.c", str(HERE / "casadi_main.c")]
        subprocess.run([*command, "-lm", "-o", f"{folder}/step"], check=True)
        arguments = [f"{folder}/numbers", str(seconds), *map(str, sizes)]
        done = subprocess.run([f"{folder}/step", *arguments], check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.split()]


def main():
    arguments = measure.arguments(__doc__)
    rows = data.rows()
    measure.head(f"C of CasADi {casadi.__version__}", 1)
    for name, model in (("W1", tiny), ("W7", pendulum)):
        first, tenth, *taken = run(rows[name], model, arguments.seconds)
        measure.check(name, first, tenth)
        measure.line(name, taken)


if __name__ == "__main__":
    main()
