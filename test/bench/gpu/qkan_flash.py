"""Training steps of QKAN layers by the package qkan (solver flash) on CUDA: one JSON object on the standard output."""

import json
import sys
import time

import torch
from qkan import QKAN

if not torch.cuda.is_available():
    sys.exit("no CUDA")
times = {}
for name, sizes, batch in json.loads(sys.argv[1]):
    for weights in ("fixed", "trained"):
        model = QKAN(
            sizes,
            reps=3,
            device="cuda",
            solver="flash",
            ansatz="pz_encoding",
            preact_trainable=weights == "trained",
            ba_trainable=True,
            fast_measure=False,  # <Z>, as ours
            seed=1,
        )
        optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
        x = 2 * torch.rand(batch, sizes[0], device="cuda") - 1
        y = torch.randn(batch, sizes[-1], device="cuda")

        def step():
            optimiser.zero_grad()
            torch.mean((model(x) - y) ** 2).backward()
            optimiser.step()

        for _ in range(5):
            step()
        torch.cuda.synchronize()
        found = []
        for _ in range(9):
            start = time.perf_counter()
            for _ in range(10):
                step()
            torch.cuda.synchronize()
            found.append(1e2 * (time.perf_counter() - start))
        times[f"{name}, {weights}"] = sorted(found)[len(found) // 2]
json.dump({"device": torch.cuda.get_device_name(), "times": times}, sys.stdout)
