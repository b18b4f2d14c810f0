"""`examples/fashion` in PyTorch: the same model, data, optimiser and schedule.

    python3 -m venv venv              # a directory outside of the repository
    venv/bin/pip install torch==2.15.0 numpy
    venv/bin/python benches/trainings/torch_fashion.py FOLDER --seed 0 --epochs 8 --threads 2

FOLDER has the four files of the set, packed by gzip.
"""

import argparse
import gzip
import pathlib
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

MEAN = 0.286


def read(folder, name, header):
    data = gzip.decompress((folder / name).read_bytes())
    return np.frombuffer(data, np.uint8, offset=header)


def read_set(folder, name):
    images = read(folder, f"{name}-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28)
    labels = read(folder, f"{name}-labels-idx1-ubyte.gz", 8)
    images = torch.from_numpy(images.astype(np.float32) / 255 - MEAN)
    return images, torch.from_numpy(labels.astype(np.int64))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 16, 3, padding=1)
        self.second = nn.Conv2d(16, 32, 3, padding=1)
        self.hidden = nn.Linear(1568, 128)
        self.scores = nn.Linear(128, 10)
        for layer in (self.first, self.second, self.hidden):
            nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
        nn.init.kaiming_uniform_(self.scores.weight, nonlinearity="linear")
        for layer in self.children():
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.first(x)), 2)
        x = F.max_pool2d(F.relu(self.second(x)), 2).flatten(1)
        x = F.dropout(F.relu(self.hidden(x)), 0.3, self.training)
        return self.scores(x)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    (images, labels), (test, answers) = (read_set(arguments.folder, name) for name in ("train", "t10k"))
    model = Model()
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": matrices}, {"params": vectors, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=2e-3, weight_decay=0.01)
    updates = arguments.epochs * (len(images) // 64)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, updates, 2e-5)
    for epoch in range(arguments.epochs):
        start = time.perf_counter()
        model.train()
        order = torch.randperm(len(images))
        for batch in order.split(64)[: len(images) // 64]:
            optimiser.zero_grad()
            F.cross_entropy(model(images[batch]), labels[batch]).backward()
            optimiser.step()
            schedule.step()
        seconds = time.perf_counter() - start
        model.eval()
        with torch.no_grad():
            right = sum((model(x).argmax(1) == y).sum().item() for x, y in zip(test.split(100), answers.split(100)))
        print(f"epoch {epoch + 1}: {seconds:.1f} s, {100 * right / len(test):.2f}% of the test", flush=True)


main()
