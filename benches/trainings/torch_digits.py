"""`examples/digits` in PyTorch: the same model, data, optimiser and schedule. `README.md` says how it is run."""

import argparse
import pathlib
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

TRAIN = 1437


def read(file):
    table = torch.from_numpy(np.loadtxt(file, np.float32, delimiter=","))
    table = table[torch.randperm(len(table))]
    images, labels = table[:, :64] / 16, table[:, 64].long()
    return (images[:TRAIN], labels[:TRAIN]), (images[TRAIN:], labels[TRAIN:])


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(64, 48)
        self.output = nn.Linear(48, 10)
        nn.init.kaiming_uniform_(self.hidden.weight, nonlinearity="relu")
        nn.init.kaiming_uniform_(self.output.weight, nonlinearity="linear")
        for layer in self.children():
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        return self.output(F.relu(self.hidden(x)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    (images, labels), (test, answers) = read(arguments.file)
    model = Model()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    batches = len(images) // 32
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, arguments.epochs * batches)
    for epoch in range(arguments.epochs):
        start = time.perf_counter()
        for batch in torch.randperm(len(images)).split(32)[:batches]:
            optimiser.zero_grad()
            F.cross_entropy(model(images[batch]), labels[batch]).backward()
            optimiser.step()
            schedule.step()
        seconds = time.perf_counter() - start
        with torch.no_grad():
            right = (model(test).argmax(1) == answers).sum().item()
        print(f"epoch {epoch + 1}: {seconds:.3f} s, {100 * right / len(test):.1f}% of the test", flush=True)
    print(f"test accuracy {100 * right / len(test):.1f}%: {right} of {len(test)}")


main()
