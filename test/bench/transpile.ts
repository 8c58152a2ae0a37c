/** Native gates at full count: how exact, how many, how fast. A random unitary each, every other one of special angles. */
import type { Circuit } from '../../circuits/circuit.js';
import { Random } from '../../src/foundation/random.js';
import { lineCoupling } from '../../src/transpile/coupling.js';
import { isNative, type Target, targets } from '../../src/transpile/targets.js';
import { transpile } from '../../src/transpile/transpile.js';
import { randomCircuit } from '../circuits/randomCircuit.js';
import { difference, randomPair, randomTurn } from '../transpile/equality.js';
import { printTable, say } from './turns.js';

const [UNITARIES, CIRCUITS] = [1000, 50];

interface Outcome {
  worst: number;
  mostPairs: number;
  readonly before: number[];
  readonly after: number[];
  milliseconds: number;
}

function measure(target: Target, sources: readonly Circuit[], onLine: boolean): Outcome {
  const outcome: Outcome = { worst: 0, mostPairs: 0, before: [], after: [], milliseconds: 0 };
  sources.forEach((source, seed) => {
    const start = performance.now();
    const made = transpile(source, { target, seed, ...(onLine && { coupling: lineCoupling(source.numQubits) }) });
    outcome.milliseconds += performance.now() - start;
    if (!made.circuit.operations.every((operation) => isNative(target, operation))) throw new Error('not native');
    const { before, after } = made.statistics;
    outcome.worst = Math.max(outcome.worst, difference(source, made));
    outcome.mostPairs = Math.max(outcome.mostPairs, after.twoQubit);
    outcome.before.push(before.twoQubit, before.depth);
    outcome.after.push(after.twoQubit, after.depth);
  });
  return outcome;
}

const draw = (make: (random: Random, special: boolean) => Circuit): Circuit[] => {
  const random = new Random(1);
  return Array.from({ length: UNITARIES }, (_, k) => make(random, k % 2 === 0));
};
const [turns, pairs] = [draw(randomTurn), draw(randomPair)];
const circuits = Array.from({ length: CIRCUITS }, (_, seed) => randomCircuit(seed, 5, 30, 1));

const mean = (values: readonly number[], of: 0 | 1): string => {
  const chosen = values.filter((_, k) => k % 2 === of);
  return (chosen.reduce((sum, value) => sum + value, 0) / chosen.length).toFixed(1);
};

const rows = Object.values(targets).map((target: Target) => {
  const [one, two, five] = [
    measure(target, turns, false),
    measure(target, pairs, false),
    measure(target, circuits, true),
  ];
  return [
    target.name,
    one.worst.toExponential(1),
    two.worst.toExponential(1),
    String(two.mostPairs),
    five.worst.toExponential(1),
    `${mean(five.before, 0)} → ${mean(five.after, 0)}`,
    `${mean(five.before, 1)} → ${mean(five.after, 1)}`,
    (five.milliseconds / CIRCUITS).toFixed(1),
  ];
});

printTable(['target', '1 qubit', '2 qubits', 'gates', '5 qubits', 'two-qubit', 'depth', 'ms'], rows);
say(
  `${UNITARIES} unitaries of one qubit and of two, ${CIRCUITS} circuits of 30 operations on 5 qubits in a line: the largest difference of any matrix entry, up to a global phase; the most entangling gates of a pair; means of operations on two qubits or more, and of depth, before → after; milliseconds a circuit.`,
);
