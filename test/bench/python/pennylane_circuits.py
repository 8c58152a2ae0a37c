"""Many circuits of one qubit by default.qubit (broadcasting, backprop), and a ring layer by lightning.qubit."""

import pennylane as qml
from measure import LAYERS, angle_x, angle_z, data, milliseconds, report, theta
from pennylane import numpy as np


@qml.qnode(qml.device("default.qubit", wires=1), diff_method="backprop")
def circuits(x, angles):
    for l in range(LAYERS):
        qml.RZ(x, wires=0)
        qml.RY(angles[l], wires=0)
    return qml.expval(qml.PauliZ(0))


x = np.array(data, requires_grad=True)
angles = np.array(theta, requires_grad=True)
gradients = qml.grad(lambda x, angles: np.sum(circuits(x, angles)))
values = {"circuits": float(circuits(x, angles)[0])}
times = {
    "circuits, forward": milliseconds(lambda: circuits(x, angles)),
    "circuits, with gradients": milliseconds(lambda: gradients(x, angles)),
}

for n in (4, 8, 12, 16):

    @qml.qnode(qml.device("lightning.qubit", wires=n), diff_method=None)
    def ring():
        for q in range(n):
            qml.RX(angle_x(q), wires=q)
            qml.RZ(angle_z(q), wires=q)
        for q in range(n):
            qml.CNOT(wires=[q, (q + 1) % n])
        return qml.expval(qml.PauliZ(0))

    values[f"ring, n = {n}"] = float(ring())
    times[f"ring, n = {n}"] = milliseconds(ring, 0.5)
report(1, times, values)
