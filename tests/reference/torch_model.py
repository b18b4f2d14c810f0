"""Trains a small model in PyTorch and writes its parameters, with what it says of a few images.

    python3 -m venv venv              # a directory outside of the repository
    venv/bin/pip install torch==2.15.0 safetensors==0.8.0 numpy
    venv/bin/python tests/reference/torch_model.py

It writes `tests/checkpoint/files/torch.safetensors`: the `state_dict` as PyTorch has it, and beside it `example.x` and
`example.scores`. A convolution with a batch norm reads an image of 8 by 8, an LSTM its rows, and an attention layer what the LSTM
gives for each: of each kind of layer that lies otherwise in PyTorch there is one.
"""

import gzip
import pathlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).parents[2]


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.bn = nn.BatchNorm2d(4)
        self.lstm = nn.LSTM(32, 16, batch_first=True)
        self.norm = nn.LayerNorm(16)
        self.attn = nn.MultiheadAttention(16, 4, batch_first=True)
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        h = F.relu(self.bn(self.conv(x)))
        h, _ = self.lstm(h.permute(0, 2, 1, 3).flatten(2))
        n = self.norm(h)
        h = h + self.attn(n, n, n, need_weights=False)[0]
        return self.fc(h.mean(1))


def main():
    torch.manual_seed(0)
    torch.set_num_threads(1)
    with gzip.open(ROOT / "examples/data/digits.csv.gz") as file:
        table = np.loadtxt(file, delimiter=",", dtype=np.int64)
    x = torch.tensor(table[:, :64].reshape(-1, 1, 8, 8) / 16, dtype=torch.float32)
    y = torch.tensor(table[:, 64])
    order = torch.randperm(len(x))
    train, test = order[:1437], order[1437:]
    model = Model()
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3)
    for _ in range(20):
        model.train()
        for batch in train[torch.randperm(len(train))].split(64):
            optimiser.zero_grad()
            F.cross_entropy(model(x[batch]), y[batch]).backward()
            optimiser.step()
    model.eval()
    with torch.no_grad():
        right = (model(x[test]).argmax(1) == y[test]).float().mean()
        example = x[test[:8]].contiguous()
        scores = model(example)
    print(f"{100 * right:.1f}% of the test")
    tensors = model.state_dict() | {"example.x": example, "example.scores": scores}
    save_file(tensors, ROOT / "tests/checkpoint/files/torch.safetensors")


main()
