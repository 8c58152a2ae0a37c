"""A QKAN layer 64 -> 64, pz, r = 3, batch 1024, by the package qkan (solver exact)."""

import torch
from measure import milliseconds, report
from qkan import QKAN

threads = 2
torch.set_num_threads(threads)
times = {}
for weights in ("fixed", "trained"):
    model = QKAN(
        [64, 64],
        reps=3,
        device="cpu",
        solver="exact",
        ansatz="pz_encoding",
        preact_trainable=weights == "trained",
        ba_trainable=True,
        fast_measure=False,  # <Z>, as ours
        seed=1,
    )
    x = (2 * torch.rand(1024, 64) - 1).requires_grad_()
    upstream = torch.randn(1024, 64)

    def forward():
        with torch.no_grad():
            model(x)

    def gradients():
        model.zero_grad()
        x.grad = None
        (model(x) * upstream).sum().backward()

    times[f"layer, {weights} weights, forward"] = milliseconds(forward)
    times[f"layer, {weights} weights, with gradients"] = milliseconds(gradients)
report(threads, times, {})
