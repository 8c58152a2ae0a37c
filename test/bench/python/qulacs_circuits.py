"""Many circuits of one qubit, and a ring layer, by qulacs: one thread; its angles have the opposite sign, <Z> is the same."""

import os

os.environ["OMP_NUM_THREADS"] = "1"

from measure import angle_x, angle_z, data, milliseconds, report, theta  # noqa: E402
from qulacs import Observable, ParametricQuantumCircuit, QuantumCircuit, QuantumState  # noqa: E402
from qulacs.circuit import QuantumCircuitOptimizer  # noqa: E402

z = Observable(1)
z.add_operator(1.0, "Z 0")
circuit = ParametricQuantumCircuit(1)
for angle in theta:
    circuit.add_parametric_RZ_gate(0, 0.0)
    circuit.add_parametric_RY_gate(0, angle)
state = QuantumState(1)


def encode(x):
    for l in range(len(theta)):
        circuit.set_parameter(2 * l, x)


def forward():
    values = []
    for x in data:
        encode(x)
        state.set_zero_state()
        circuit.update_quantum_state(state)
        values.append(z.get_expectation_value(state))
    return values


def gradients():
    for x in data:
        encode(x)
        circuit.backprop(z)


values = {"circuits": forward()[0]}
times = {"circuits, forward": milliseconds(forward), "circuits, with gradients": milliseconds(gradients)}

for n in (4, 8, 12, 16, 20):
    ring = QuantumCircuit(n)
    for q in range(n):
        ring.add_RX_gate(q, angle_x(q))
        ring.add_RZ_gate(q, angle_z(q))
    for q in range(n):
        ring.add_CNOT_gate(q, (q + 1) % n)
    QuantumCircuitOptimizer().optimize(ring, 2)  # outside the timing
    large = QuantumState(n)
    first = Observable(n)
    first.add_operator(1.0, "Z 0")
    ring.update_quantum_state(large)
    values[f"ring, n = {n}"] = first.get_expectation_value(large)
    times[f"ring, n = {n}"] = milliseconds(lambda: ring.update_quantum_state(large), 0.5)
report(1, times, values)
