"""The rows in PyTorch: the losses first, then the table.

    python3 -m venv venv              # a directory outside of the repository
    venv/bin/pip install torch==2.15.0 numpy
    venv/bin/python benches/peers/torch_rows.py --threads 1

As it is written, operation by operation: what `torch.compile` would make of a row is not measured here.
"""

import measure

ARGUMENTS = measure.arguments(__doc__)
measure.pin(ARGUMENTS.threads)

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

import data  # noqa: E402

torch.set_num_threads(ARGUMENTS.threads)


def mlp(p, x, bend):
    layers = len(p) // 2
    for i in range(1, layers + 1):
        x = torch.addmm(p[f"b{i}"], x, p[f"w{i}"])
        x = bend(x) if i < layers else x
    return x


def chain(p):
    x = p["x"]
    return (torch.tanh(x * p["a"] + p["b"]) * x + torch.exp(-x * x)).sum()


def convolutions(p, x, labels):
    h = F.max_pool2d(F.relu(F.conv2d(x, p["w1"], p["b1"])), 2)
    h = F.max_pool2d(F.relu(F.conv2d(h, p["w2"], p["b2"])), 2)
    return F.cross_entropy(torch.addmm(p["b3"], h.flatten(1), p["w3"]), labels)


def block(p, x):
    b, t, d = x.shape
    h = F.layer_norm(x, (d,), p["gain1"], p["shift1"], 1e-5)
    parts = (h @ p[name] + p[f"{name}_bias"] for name in ("query", "key", "value"))
    q, k, v = (part.view(b, t, 4, 64).transpose(1, 2) for part in parts)
    mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    x = x + mixed.transpose(1, 2).reshape(b, t, d) @ p["out"] + p["out_bias"]
    h = F.layer_norm(x, (d,), p["gain2"], p["shift2"], 1e-5)
    h = F.gelu(h @ p["up"] + p["up_bias"], approximate="tanh")
    return x + h @ p["down"] + p["down_bias"]


def pendulum(p):
    angle = speed = torch.zeros(())
    for torque in p["controls"].unbind():
        speed = speed + (torque - angle.sin()) * 0.1
        angle = angle + speed * 0.1
    return (angle - torch.pi) ** 2 + speed**2 + 0.001 * (p["controls"] ** 2).sum()


def lstm(p, x, labels):
    """PyTorch's own LSTM, which has its weights transposed and two biases."""
    zeros = torch.zeros(2, x.shape[1], 128)
    nothing = torch.zeros(512)
    weights = []
    for i in (1, 2):
        weights += [p[f"w{i}"].t(), p[f"u{i}"].t(), p[f"b{i}"], nothing]
    h, _, _ = torch.lstm(x, (zeros, zeros), weights, True, 2, 0.0, True, False, False)
    return F.cross_entropy(torch.addmm(p["b3"], h[-1], p["w3"]), labels)


LOSSES = {
    "W1": lambda p, d, _: F.mse_loss(mlp(p, d["x"], torch.tanh), d["y"]),
    "W2": lambda p, d, labels: F.cross_entropy(mlp(p, d["x"], F.relu), labels),
    "W3": lambda p, d, _: F.mse_loss(mlp(p, d["x"], F.relu), d["y"]),
    "W4": lambda p, d, _: chain(p),
    "W5": lambda p, d, labels: convolutions(p, d["x"], labels),
    "W6": lambda p, d, _: block(p, d["x"]).square().mean(),
    "W7": lambda p, d, _: pendulum(p),
    "W8": lambda p, d, labels: lstm(p, d["x"], labels),
}


def tensors(arrays):
    return {name: torch.tensor(array) for name, array in arrays.items()}


def training(name, row):
    p, d, loss = tensors(row.parameters), tensors(row.data), LOSSES[name]
    labels = None if row.labels is None else torch.tensor(row.labels).long()
    for parameter in p.values():
        parameter.requires_grad_()
    sgd = torch.optim.SGD(p.values(), lr=row.rate)

    def step():
        sgd.zero_grad()
        value = loss(p, d, labels)
        value.backward()
        sgd.step()
        return value

    return step


def serving(name, row):
    p, x = tensors(row.parameters), torch.tensor(row.data["x"])
    forward = block if "block" in name else lambda p, x: mlp(p, x, F.relu)

    def step():
        with torch.inference_mode():
            return forward(p, x)

    return step


def main():
    rows = data.rows()
    names = ARGUMENTS.rows.split(",") if ARGUMENTS.rows else list(rows)
    measure.head(f"PyTorch {torch.__version__.split('+')[0]}", ARGUMENTS.threads)
    for name in names:
        row = rows[name]
        step = training(name, row) if name in LOSSES else serving(name, row)
        losses = [step().detach().flatten()[-1].item() for _ in range(10)]
        measure.check(name, losses[0], losses[-1])
        measure.line(name, measure.times(step, ARGUMENTS.seconds))


if __name__ == "__main__":
    main()
