"""Times of steps and their table, as src/measure.rs and src/report.rs have them."""

import argparse
import os
import statistics
import time

import data


def arguments(about):
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rows", help="as W1,W7")
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--write-losses", action="store_true", help="write losses.csv")
    return parser.parse_args()


def pin(threads):
    """So many cores for this process. It goes before the import of a library, which counts them."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[:threads])


def close(loss, expected):
    return abs(loss - expected) <= 1e-4 * abs(expected)


def check(name, first, tenth):
    expected = data.losses()[name]
    if not (close(first, expected[0]) and close(tenth, expected[1])):
        raise SystemExit(f"{name}: the losses are {first} and {tenth}, expected {expected}")


def times(step, seconds):
    """Median and least of a step, in seconds: of groups of steps of at least 50 µs."""
    begin = time.perf_counter()
    step()
    at_once = max(1, round(50e-6 / (time.perf_counter() - begin)))
    taken, until = [], time.perf_counter() + seconds
    while len(taken) < 3 or time.perf_counter() < until:
        start = time.perf_counter()
        for _ in range(at_once):
            step()
        taken.append((time.perf_counter() - start) / at_once)
    return statistics.median(taken), min(taken)


def shown(seconds):
    micros = seconds * 1e6
    for below, by, unit in ((1e3, 1, "µs"), (1e6, 1e3, "ms"), (float("inf"), 1e6, "s")):
        if micros < below:
            number = micros / by
            digits = 2 if number < 10 else 1 if number < 100 else 0
            return f"{number:.{digits}f} {unit}"


def head(engine, threads):
    print(f"\nThreads: {threads}\n\nMedian of a step, in brackets the least.\n")
    print(f"| | {engine} |\n| --- | ---: |")


def line(name, taken):
    print(f"| {name} | {shown(taken[0])} ({shown(taken[1])}) |", flush=True)
