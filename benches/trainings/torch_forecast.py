"""`examples/forecast` in PyTorch: the same models, data, optimisers and schedules. `README.md` says how it is run."""

import argparse
import csv
import gzip
import pathlib
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

NUMBERS = ["temp_max", "temp_min", "precipitation", "wind"]
MEAN = [16.0, 8.0, 3.0, 3.0]
DEVIATION = [7.5, 5.0, 6.5, 1.5]
WEATHER = ["drizzle", "fog", "rain", "snow", "sun"]
TEST = 365


def read(file):
    """Windows of 15 days, `(N, 15, 11)`: those for the training, and those whose last day is in the last year."""
    with gzip.open(file, "rt") as lines:
        rows = list(csv.DictReader(lines))
    numbers = np.array([[float(row[name]) for name in NUMBERS] for row in rows])
    angles = 2 * np.pi * np.arange(len(rows)) / 365.25
    season = np.stack([np.cos(angles), np.sin(angles)], 1)
    weather = np.eye(5)[[WEATHER.index(row["weather"]) for row in rows]]
    days = np.concatenate([(numbers - MEAN) / DEVIATION, season, weather], 1)
    windows = torch.from_numpy(days.astype(np.float32)).unfold(0, 15, 1).transpose(1, 2).contiguous()
    return windows[:-TEST], windows[-TEST:]


def linear(width):
    layer = nn.Linear(width, 1)
    nn.init.kaiming_uniform_(layer.weight, nonlinearity="linear")
    nn.init.zeros_(layer.bias)
    return layer


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.memory = nn.LSTM(11, 32, batch_first=True)
        self.change = linear(32)
        nn.init.xavier_uniform_(self.memory.weight_ih_l0)
        nn.init.orthogonal_(self.memory.weight_hh_l0)
        nn.init.zeros_(self.memory.bias_ih_l0)
        # One bias is enough: two of them would move twice as fast.
        nn.init.zeros_(self.memory.bias_hh_l0).requires_grad_(False)

    def forward(self, days):
        """The largest temperature of the last day, from the days before it."""
        _, (last, _) = self.memory(days[:, :14])
        return days[:, 13, 0] + self.change(last[0]).squeeze(1)


class LastDay(nn.Module):
    def __init__(self):
        super().__init__()
        self.change = linear(11)

    def forward(self, days):
        return days[:, 13, 0] + self.change(days[:, 13]).squeeze(1)


def errors(expected, was):
    errors = DEVIATION[0] * (expected - was)
    return errors.square().mean().sqrt().item(), errors.abs().mean().item()


def train(name, model, rate, decay, train, test, epochs):
    parameters = [p for p in model.parameters() if p.requires_grad]
    matrices = [p for p in parameters if p.dim() > 1]
    vectors = [p for p in parameters if p.dim() <= 1]
    groups = [{"params": matrices}, {"params": vectors, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=rate, weight_decay=decay)
    batches = len(train) // 32
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs * batches, 0.01 * rate)
    for epoch in range(epochs):
        start = time.perf_counter()
        for batch in torch.randperm(len(train)).split(32)[:batches]:
            days = train[batch]
            optimiser.zero_grad()
            F.mse_loss(model(days), days[:, 14, 0]).backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
        seconds = time.perf_counter() - start
        with torch.no_grad():
            rmse, mae = errors(model(test), test[:, 14, 0])
        print(f"{name}, epoch {epoch + 1}: {seconds:.2f} s, mean absolute error {mae:.2f} °C", flush=True)
    return rmse, mae


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    windows, test = read(arguments.file)
    scores = {
        "tomorrow is as today": errors(test[:, 13, 0], test[:, 14, 0]),
        "linear, by the last day": train("linear", LastDay(), 3e-2, 0.01, windows, test, arguments.epochs),
        "LSTM, by the last 14 days": train("LSTM", Recurrent(), 3e-3, 0.5, windows, test, arguments.epochs),
    }
    print(f"{'errors in °C':28}{'root mean square':>18}{'mean absolute':>16}")
    for name, (rmse, mae) in scores.items():
        print(f"{name:28}{rmse:18.2f}{mae:16.2f}")


main()
