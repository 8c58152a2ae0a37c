/**
 * 4096 circuits of ten gates on one qubit, layers RZ(x) RY(θ): ⟨Z⟩ of each, and its derivatives with respect to every x
 * and θ. Peers on npm take turns with us; figures of systems that are not on npm are quoted.
 */
import { ourSides, type Side } from './batchedOurs.js';
import { peerSides } from './batchedPeers.js';
import { wordOnMissing } from './peersLoad.js';
import { digits, printTable, say, takeTurns } from './turns.js';

/** Milliseconds measured elsewhere on this kind of machine: forward, forward with gradients. */
const quoted: readonly (readonly [name: string, precision: string, forward: number, gradients?: number])[] = [
  ['C in WebAssembly SIMD, forward alone', 'float32', 0.107],
  ['C in WebAssembly SIMD, forward alone', 'float64', 0.147],
  ['qulacs without OpenMP, raw gate calls; its backprop', 'float64', 0.87, 323],
  ['qulacs with OpenMP; its backprop', 'float64', 14.5, 370],
  ['TorchQuantum', 'float32', 3.64, 6.6],
  ['PennyLane default.qubit, 20 gates; gradients of 10 angles, not of x', 'float64', 8.6, 98],
  ['quantum-circuit (npm)', 'float64', 5700],
];

const ours = await ourSides();
const sides: readonly Side[] = [...ours, ...(await peerSides())];

const truth = ours[ours.length - 1].forward();
for (const { label, precision, forward } of sides) {
  const worst = Math.max(...Array.from(forward(), (value, k) => Math.abs(value - truth[k])));
  if (!(worst < (precision === 'float32' ? 5e-6 : 1e-12))) throw new Error(`${label} is off by ${worst}`);
}

const forwards = takeTurns(sides.map(({ label, forward, part }) => ({ label, run: forward, part })));
const withGradients = sides.filter((side) => side.gradients);
const gradients = takeTurns(withGradients.map(({ label, gradients: run }) => ({ label, run: run! })));

const fastest = forwards[0].median;
printTable(
  ['', 'precision', 'threads', 'forward: median (least), ms', 'to the first line', 'forward with gradients, ms'],
  sides.map(({ label, precision, threads, gradients: has }, k) => {
    const { median, least } = forwards[k];
    const both = has ? gradients[withGradients.indexOf(sides[k])] : undefined;
    return [
      label,
      precision,
      `${threads}`,
      `${digits(median)} (${digits(least)})`,
      `${digits(median / fastest)}×`,
      both ? `${digits(both.median)} (${digits(both.least)})` : '–',
    ];
  }),
);
const missing = wordOnMissing(['quantum-circuit', 'jsqubits', 'gpu.js']);
say(`All of these gave the same values before they were timed.${missing ? ` ${missing}` : ''}`);
say('Quoted, not run here; measured on the same kind of machine:');
printTable(
  ['', 'precision', 'forward, ms', 'with gradients, ms'],
  quoted.map(([name, precision, forward, both]) => [
    name,
    precision,
    `${forward}`,
    both === undefined ? '–' : `${both}`,
  ]),
);
