import { describe, expect, it } from 'vitest';
import { customAnsatz } from '../../../circuits/ansatz/custom.js';
import { ansatze, entanglingAnsatze } from '../../../circuits/ansatz/table.js';
import { type Circuit, circuit, op } from '../../../circuits/circuit.js';
import circuitCases from '../../fixtures/circuit-cases.json' with { type: 'json' };
import daruanCases from '../../fixtures/daruan-cases.json' with { type: 'json' };
import { applyOperation, type Values } from '../unitary.js';

/** ⟨Z⟩ on qubit 0 after the circuit, from |0…0⟩. */
function expectationZ({ operations, numQubits }: Circuit, values: Values): number {
  const start = new Float64Array(2 * 2 ** numQubits);
  start[0] = 1;
  const state = operations.reduce<Float64Array>(
    (v, operation) => applyOperation(operation, v, numQubits, values),
    start,
  );
  return state.reduce((sum, part, i) => sum + ((i >> 1) % 2 === 0 ? part * part : -part * part), 0);
}

describe.each(Object.entries(ansatze))('the ansatz %s', (key, ansatz) => {
  it.each([1, 2, 5])('names its parameters block by block for %i repetitions', (reps) => {
    const source = ansatz.circuit(reps);
    const { theta, weights, biases } = ansatz.names(reps);
    const [rows, columns] = ansatz.thetaShape(reps);
    expect(theta.length).toBe(rows * columns);
    expect(weights.length).toBe(reps);
    expect([...source.parameters].sort()).toEqual([...theta, ...weights, ...biases].sort());
    expect(source.parameters.filter((name) => name.startsWith('theta'))).toEqual(theta);
    expect(source.data).toEqual(['x']);
    expect(ansatz.name).toBe(key);
  });

  const edges = daruanCases.edges.filter((edge) => edge.ansatz === key && edge.measurement === 'expectation');
  it(`has the values of the paper's package (${edges.length} edges)`, () => {
    expect(edges.length).toBeGreaterThan(0);
    for (const edge of edges) {
      const { theta, weights, biases } = ansatz.names(edge.reps);
      const values: Record<string, number> = {};
      edge.theta.flat().forEach((value, i) => {
        values[theta[i]] = value;
      });
      for (let l = 0; l < edge.reps; l++) [values[weights[l]], values[biases[l]]] = [edge.w[l], edge.b[l]];
      edge.x.forEach((x, i) => {
        const found = expectationZ(ansatz.circuit(edge.reps), { ...values, x });
        expect(Math.abs(found - edge.y[i])).toBeLessThan(1e-12);
      });
    }
  });
});

describe('customAnsatz', () => {
  it('takes every parameter of the circuit as an entry of θ', () => {
    const own = customAnsatz(
      circuit({ name: 'own', numQubits: 1, data: ['t'], operations: [op('rx', [0], 'a*t + b')] }),
    );
    expect(own.thetaShape(7)).toEqual([2, 1]);
    expect(own.names(7)).toEqual({ theta: ['a', 'b'], weights: [], biases: [] });
    expect(own.name).toBe('own');
  });
});

describe('the entangling ansatz ring', () => {
  it.each(circuitCases.spectra)('has the reference spectrum on $num_qubits qubits in $layers layers', (reference) => {
    const { num_qubits: numQubits, layers, degree, theta, coefficients } = reference;
    const source = entanglingAnsatze.ring.circuit(numQubits, layers);
    const values: Record<string, number> = {};
    theta.forEach((block, l) => {
      block.forEach((angles, q) => {
        angles.forEach((angle, k) => {
          values[`theta_${l}_${q}_${k}`] = angle;
        });
      });
    });
    expect([...source.parameters].sort()).toEqual(Object.keys(values).sort());
    const size = 2 * degree + 1;
    const nodes = Array.from({ length: size }, (_, k) => (2 * Math.PI * k) / size);
    const samples = nodes.map((x) => expectationZ(source, { ...values, x }));
    for (const [k, re, im] of coefficients) {
      const found = [0, 0];
      samples.forEach((sample, j) => {
        found[0] += (sample * Math.cos(k * nodes[j])) / size;
        found[1] -= (sample * Math.sin(k * nodes[j])) / size;
      });
      expect(Math.hypot(found[0] - re, found[1] - im)).toBeLessThan(1e-12);
    }
  });
});

describe.each(Object.entries(entanglingAnsatze))('the entangling ansatz %s', (key, ansatz) => {
  it.each([
    [2, 1],
    [3, 2],
    [5, 3],
  ])(
    'on %i qubits in %i repetitions uses all qubits, names no parameter twice, and has data in every one',
    (n, reps) => {
      const source = ansatz.circuit(n, reps);
      expect(source.name).toBe(`${key}_${n}_${reps}`);
      const touched = new Set(source.operations.flatMap(({ targets }) => targets));
      expect([...touched].sort()).toEqual(Array.from({ length: n }, (_, q) => q));
      const uses = source.operations.flatMap(({ angles }) => angles).map((angle) => JSON.stringify(angle));
      for (const name of source.parameters) {
        expect(uses.filter((text) => text.includes(`"name":"${name}"`)).length, name).toBe(1);
      }
      for (const slot of source.data) {
        const count = uses.filter((text) => text.includes(`"name":"${slot}"`)).length;
        expect(count).toBe(source.data.length === 1 ? n * reps : reps);
      }
    },
  );

  it('correlates qubits: ⟨Z⟩ on qubit 0 depends on rotations of qubit 1', () => {
    const source = ansatz.circuit(3, 2);
    const values = Object.fromEntries([...source.data, ...source.parameters].map((name, i) => [name, 0.3 + 0.17 * i]));
    const others = source.parameters.filter((name) => /^(theta|field)_\d_1/.test(name));
    const changes = others.map((name) => expectationZ(source, { ...values, [name]: 2 }) - expectationZ(source, values));
    expect(Math.max(...changes.map(Math.abs))).toBeGreaterThan(1e-3);
  });
});
