import { customAnsatz } from '../../../circuits/ansatz/custom.js';
import { type AnsatzName, ansatze } from '../../../circuits/ansatz/table.js';
import { circuit, op } from '../../../circuits/circuit.js';

/** A circuit of a user's own: data in two gates, formulas of parameters, gates of other kinds, an observable of several words. */
const ownAnsatz = customAnsatz(
  circuit({
    numQubits: 1,
    data: ['x'],
    operations: [
      op('u', [0], 'alpha', 'beta', 'gamma'),
      op('ry', [0], '2*x + sin(delta)'),
      op('sx', [0]),
      op('p', [0], 'epsilon/2'),
      op('rx', [0], '-x'),
      op('t', [0]),
      op('ry', [0], 'zeta^2 - zeta^3/eta'),
    ],
  }),
  [
    ['Z', 0.7],
    ['X', -0.4],
    ['I', 0.2],
  ],
);

/** All ansätze by name, and one of a user's own: what a layer takes. */
export const namedAndOwn = [
  ...(Object.keys(ansatze) as AnsatzName[]).map((name) => [name, name] as const),
  ['a circuit of their own', ownAnsatz] as const,
];
