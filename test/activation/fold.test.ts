import { describe, expect, test } from 'vitest';
import { ansatze } from '../../circuits/ansatz/table.js';
import { circuit, op } from '../../circuits/circuit.js';
import { referenceNodeKernel } from '../../kernels/reference/nodes.js';
import { wasmNodeKernel } from '../../kernels/wasm/nodes/kernel.js';
import { foldEdges, unfoldEdges } from '../../src/activation/fold.js';
import { nodeCoefficients, nodeCoefficientsBackward, planNodes } from '../../src/activation/nodes.js';
import { type ActivationPlan, planActivation } from '../../src/activation/plan.js';
import { Random } from '../../src/foundation/random.js';

const custom = circuit({
  numQubits: 1,
  data: ['x'],
  operations: [
    op('u', [0], 'alpha', 'beta', 'gamma'),
    op('ry', [0], '2*x + delta'),
    op('t', [0]),
    op('ry', [0], 'alpha^2'),
    op('rx', [0], '-x'),
    op('ry', [0], 'delta'),
  ],
});
const plans: [string, ActivationPlan][] = [
  ...Object.values(ansatze).map((ansatz): [string, ActivationPlan] => {
    const names = ansatz.names(3);
    const columns = [...names.theta, ...names.weights, ...names.biases];
    return [ansatz.name, planActivation(ansatz.circuit(3), ansatz.observable, columns)];
  }),
  [
    'a circuit of other gates',
    planActivation(custom, [
      ['Z', 0.7],
      ['X', -0.4],
      ['I', 0.2],
    ]),
  ],
];

/** Rows of parameters; encoding weights 1, and no biases for an acos encoding. */
function rowsOf(plan: ActivationPlan, edges: number): Float64Array {
  const random = new Random(edges);
  return Float64Array.from({ length: edges * plan.parameters.length }, (_, at) => {
    const column = at % plan.parameters.length;
    if (plan.slopes.some(({ symbols }) => symbols.includes(column))) return 1;
    if (plan.encoding === 'acos' && plan.intercepts.some(({ symbols }) => symbols.includes(column))) return 0;
    return random.uniform(-3, 3);
  });
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, k) => sum + value * b[k], 0);

describe.each(plans)('%s', (_, plan) => {
  const width = plan.parameters.length;

  test('folds many edges as each on its own, however they are cut into blocks', () => {
    const edges = 517;
    const rows = rowsOf(plan, edges);
    const all = foldEdges(plan, rows, edges);
    for (const edge of [0, 1, 255, 256, 511, 516]) {
      const one = foldEdges(plan, rows.slice(edge * width, (edge + 1) * width), 1);
      for (const part of ['start', 'blocks', 'end', 'weights', 'biases'] as const) {
        const size = all[part].length / edges;
        expect(all[part].slice(edge * size, (edge + 1) * size), part).toEqual(one[part]);
      }
    }
  });

  test('pulls gradients back as differences of the node values say, edge by edge', () => {
    const edges = 3;
    const degree = plan.slopes.reduce((sum, slope) => sum + Math.abs(slope.value(rowsOf(plan, 1))), 0);
    const rows = rowsOf(plan, edges);
    const upstream = Float64Array.from({ length: (2 * degree + 1) * edges }, (_, k) => Math.cos(k));
    const loss = (parameters: Float64Array) =>
      dot(nodeCoefficients(referenceNodeKernel, plan, degree, parameters, edges), upstream);
    const gradient = nodeCoefficientsBackward(referenceNodeKernel, plan, degree, rows, edges, upstream);
    const h = 1e-5;
    for (let k = 0; k < rows.length; k++) {
      if (plan.slopes.some(({ symbols }) => symbols.includes(k % width))) continue;
      if (plan.encoding === 'acos' && plan.intercepts.some(({ symbols }) => symbols.includes(k % width))) continue;
      const shifted = (by: number) => loss(rows.map((value, at) => (at === k ? value + by : value)));
      // h²/6 times a third derivative, of up to 6³ where angles are squared, and ε/h
      expect(Math.abs(gradient[k] - (shifted(h) - shifted(-h)) / (2 * h))).toBeLessThan(1e-8);
    }
  });

  test('the compiled kernel finds the same coefficients', async () => {
    const kernel = await wasmNodeKernel({ threads: 1 });
    const rows = rowsOf(plan, 30);
    const wanted = nodeCoefficients(referenceNodeKernel, plan, 4, rows, 30);
    const got = nodeCoefficients(kernel, plan, 4, rows, 30);
    // angles of up to 9 in float32, and a dozen turns
    expect(Math.max(...Array.from(got, (value, k) => Math.abs(value - wanted[k])))).toBeLessThan(5e-6);
  });
});

test('the fold follows its parameters when they change in place', () => {
  const [[, plan]] = plans;
  const rows = rowsOf(plan, 2);
  const before = foldEdges(plan, rows, 2).start.slice();
  rows[0] += 1;
  rows[1] += 1;
  const gradient = { torque: new Float64Array(24).fill(1), weights: new Float64Array(6), biases: new Float64Array(6) };
  const after = foldEdges(plan, rows, 2).start;
  expect(after.slice(0, 3)).not.toEqual(before.slice(0, 3));
  expect(after.slice(3)).toEqual(before.slice(3));
  const pulled = unfoldEdges(plan, rows, 2, gradient);
  expect(pulled).toEqual(unfoldEdges({ ...plan }, rows, 2, gradient));
});

test('turns about one axis with encodings between become one', () => {
  const pz = plans.find(([name]) => name === 'pz')![1];
  const { program, computed } = planNodes(pz, rowsOf(pz, 1));
  expect(program.steps.map(({ kind }) => kind)).not.toContain('rotate');
  // RZ(θ) after each data gate takes in its bias: two turns a block of gates
  const turns = program.steps.filter((step) => step.kind === 'turn');
  expect(turns.map(({ terms }) => terms.length)).toEqual([1, 1, 2, 1, 2, 1, 2, 1]);
  expect(computed).toEqual([]);
});
