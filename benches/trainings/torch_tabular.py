"""`examples/tabular` in PyTorch: the same models, data, optimisers and schedules. `README.md` says how it is run."""

import argparse
import csv
import gzip
import pathlib
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

# Of each number its median, which stands where it is missing, its mean and its deviation, about.
NUMBERS = {
    "distance": (872, 1040.0, 730.0),
    "built": (2002, 2001.0, 6.5),
    "temp": (57, 57.0, 18.0),
    "humid": (58, 60.0, 20.0),
    "wind": (10, 11.0, 5.5),
    "precip": (0, 0.005, 0.03),
    "visib": (10, 9.2, 2.0),
    "pressure": (1018, 1018.0, 7.5),
}
# Of each class how many there are, and the width of a vector.
CLASSES = {"month": (12, 3), "weekday": (7, 2), "hour": (24, 3), "carrier": (15, 4), "origin": (3, 2), "dest": (97, 4)}


def read(file):
    """Numbers, classes, and 1 if it was late: of the flights for the training, and of those of other days."""
    with gzip.open(file, "rt") as lines:
        rows = [row for row in csv.DictReader(lines) if row["arr_delay"] != "NA"]

    def number(row, name):
        median, mean, deviation = NUMBERS[name]
        return (float(median if row[name] == "NA" else row[name]) - mean) / deviation

    def indices(name):
        if name == "hour":
            return [int(row[name]) for row in rows]
        names = {found: i for i, found in enumerate(sorted({row[name] for row in rows}))}
        return [names[row[name]] for row in rows]

    numbers = [[number(row, name) for name in NUMBERS] for row in rows]
    known = [[float(row[name] != "NA") for name in ("built", "temp", "pressure")] for row in rows]
    numbers = torch.cat([torch.tensor(numbers), torch.tensor(known)], 1)
    classes = torch.tensor([indices(name) for name in CLASSES]).T.contiguous()
    late = torch.tensor([float(float(row["arr_delay"]) > 15) for row in rows])
    dates = sorted({row["date"] for row in rows})
    order = torch.randperm(len(dates)).tolist()
    trained = {dates[i] for i in order[: round(0.8 * len(dates))]}
    is_trained = torch.tensor([row["date"] in trained for row in rows])
    return [(numbers[which], classes[which], late[which]) for which in (is_trained, ~is_trained)]


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.embeddings = nn.ModuleList(nn.Embedding(count, width) for count, width in CLASSES.values())
        self.mlp = nn.Sequential(nn.Linear(29, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))
        for embedding in self.embeddings:
            nn.init.normal_(embedding.weight, std=0.02)
        for layer, kind in zip(self.mlp[::2], ("relu", "relu", "linear")):
            nn.init.kaiming_uniform_(layer.weight, nonlinearity=kind)
            nn.init.zeros_(layer.bias)

    def forward(self, numbers, classes):
        vectors = [embedding(labels) for embedding, labels in zip(self.embeddings, classes.unbind(1))]
        return self.mlp(torch.cat([numbers, *vectors], 1)).squeeze(1)


class Regression(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(169, 1)
        nn.init.kaiming_uniform_(self.linear.weight, nonlinearity="linear")
        nn.init.zeros_(self.linear.bias)

    def forward(self, numbers, classes):
        ones = [F.one_hot(labels, count) for labels, (count, _) in zip(classes.unbind(1), CLASSES.values())]
        return self.linear(torch.cat([numbers, *ones], 1)).squeeze(1)


def area(odds, late):
    """Under the curve of the rates: how often a late flight has larger odds than another; half where they are equal."""
    late_odds, others = odds[late == 1], odds[late == 0].sort().values
    below = torch.searchsorted(others, late_odds) + torch.searchsorted(others, late_odds, right=True)
    return below.double().mean().item() / 2 / len(others)


def train(name, model, rate, decay, train, test, epochs):
    numbers, classes, late = train
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": matrices}, {"params": vectors, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=rate, weight_decay=decay)
    batches = len(late) // 64
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs * batches, 0.01 * rate)
    for epoch in range(epochs):
        start = time.perf_counter()
        for batch in torch.randperm(len(late)).split(64)[:batches]:
            optimiser.zero_grad()
            odds = model(numbers[batch], classes[batch])
            F.binary_cross_entropy_with_logits(odds, late[batch]).backward()
            optimiser.step()
            schedule.step()
        seconds = time.perf_counter() - start
        *flights, answers = test
        with torch.no_grad():
            odds = model(*flights)
            loss = F.binary_cross_entropy_with_logits(odds, answers).item()
        accuracy = ((odds > 0) == (answers == 1)).float().mean().item()
        print(f"{name}, epoch {epoch + 1}: {seconds:.2f} s, loss {loss:.4f} of the test", flush=True)
    return loss, accuracy, area(odds, answers)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    flights, test = read(arguments.file)
    scores = {
        "logistic regression": train("regression", Regression(), 1e-2, 0.1, flights, test, arguments.epochs),
        "network": train("network", Network(), 2e-3, 0.5, flights, test, arguments.epochs),
    }
    print(f"{len(flights[2])} flights for training, {len(test[2])} for the test\n")
    in_time = 100 * (test[2] == 0).float().mean().item()
    print(f"{'':20}{'loss':>9}{'accuracy':>10}{'AUC':>8}")
    print(f"{'none is late':20}{'':9}{in_time:9.1f}%{0.5:8.3f}")
    for name, (loss, accuracy, auc) in scores.items():
        print(f"{name:20}{loss:9.4f}{100 * accuracy:9.1f}%{auc:8.3f}")


main()
