"""What the scripts beside share: the task's numbers, timing, and how a result is printed."""

import json
import math
import sys
import time

BATCH = 4096
LAYERS = 5
data = [3 * math.sin(1.7 * b + 0.4) for b in range(BATCH)]
theta = [math.cos(2.3 * l) for l in range(LAYERS)]


def angle_x(qubit):
    return math.sin(1.7 * qubit + 0.3)


def angle_z(qubit):
    return math.cos(2.3 * qubit + 0.1)


def milliseconds(call, seconds=1.5):
    """Median and least of repeated calls, after one that is not counted."""
    call()
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 3 or (time.perf_counter() < end and len(times) < 2000):
        start = time.perf_counter()
        call()
        times.append(1e3 * (time.perf_counter() - start))
    times.sort()
    return {"median": times[len(times) // 2], "least": times[0]}


def report(threads, times, values):
    """times: task -> milliseconds; values: task -> <Z> of qubit 0, of the first circuit where there are many."""
    json.dump({"threads": threads, "times": times, "values": values}, sys.stdout)
