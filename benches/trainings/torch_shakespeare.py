"""`examples/shakespeare` in PyTorch: the same model, data, optimiser and schedule. `README.md` says how it is run."""

import argparse
import gzip
import pathlib
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

LETTERS, TIME, WIDTH, HEADS, BATCH = 96, 128, 128, 4, 12
DROPPED = 0.1
RATE = 2e-3


def number(letter):
    if letter == "\n":
        return 0
    return ord(letter) - 31 if " " <= letter <= "~" else 1


def read(file, batches):
    """Pieces of `TIME + 1` letters: so many batches to train on, and the last tenth of the text."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        text = torch.tensor([number(letter) for letter in lines.read() if letter != "\r"])
    train, held_out = text.tensor_split([len(text) * 9 // 10])
    stride = max((len(train) - TIME) // (batches * BATCH), 1)
    return train.unfold(0, TIME + 1, stride), held_out.unfold(0, TIME + 1, TIME)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.second_norm = nn.LayerNorm(WIDTH)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x, turn):
        parts = self.attention(self.norm(x)).unflatten(2, (3, HEADS, -1))
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(turn(query), turn(key), value, is_causal=True)
        x = x + F.dropout(self.out(y.transpose(1, 2).flatten(2)), DROPPED, self.training)
        y = self.down(F.gelu(self.up(self.second_norm(x))))
        return x + F.dropout(y, DROPPED, self.training)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.letters = nn.Embedding(LETTERS, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(4))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, LETTERS)
        nn.init.normal_(self.letters.weight, std=0.02)
        for layer in self.modules():
            if isinstance(layer, nn.Linear):
                nn.init.kaiming_uniform_(layer.weight, nonlinearity="linear")
                nn.init.zeros_(layer.bias)
        half = WIDTH // HEADS // 2
        angles = torch.outer(torch.arange(TIME), 10000 ** (-torch.arange(half) / half))
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())

    def turn(self, x):
        """Rotary positions."""
        a, b = x.chunk(2, -1)
        return torch.cat([a * self.cos - b * self.sin, b * self.cos + a * self.sin], -1)

    def forward(self, letters):
        x = F.dropout(self.letters(letters), DROPPED, self.training)
        for block in self.blocks:
            x = block(x, self.turn)
        return self.head(self.norm(x))


def loss(model, pieces):
    return F.cross_entropy(model(pieces[:, :-1]).flatten(0, 1), pieces[:, 1:].flatten())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--updates", type=int, default=400, help="in each epoch")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    train, held_out = read(arguments.file, arguments.updates)
    model = Model()
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": matrices}, {"params": vectors, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.1)
    batches = len(train) // BATCH
    updates = arguments.epochs * batches
    warm_up = updates // 20
    schedulers = torch.optim.lr_scheduler
    schedule = schedulers.SequentialLR(
        optimiser,
        [
            schedulers.LinearLR(optimiser, 1 / warm_up, 1.0, warm_up - 1),
            schedulers.CosineAnnealingLR(optimiser, updates - warm_up, 0.05 * RATE),
        ],
        [warm_up],
    )
    losses = []
    for epoch in range(arguments.epochs):
        start = time.perf_counter()
        model.train()
        for batch in torch.randperm(len(train)).split(BATCH)[:batches]:
            optimiser.zero_grad()
            loss(model, train[batch]).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        seconds = time.perf_counter() - start
        model.eval()
        with torch.no_grad():
            held_out_losses = [loss(model, pieces) for pieces in held_out.split(8)[: len(held_out) // 8]]
        losses.append(torch.stack(held_out_losses).mean().item())
        print(f"epoch {epoch + 1}: {seconds:.1f} s, {losses[-1]:.3f} nats a letter", flush=True)
        if min(losses) < min(losses[-3:]):
            break
    steps = len(losses) * batches
    print(f"{min(losses):.3f} nats a letter of the held-out text, after at most {steps} steps")


main()
