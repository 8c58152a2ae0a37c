/**
 * Two tasks beside other packages, in turn: a layer of n qubits (RX and RZ on each, a ring of CNOTs) beside simulators on
 * npm, and a QKAN layer beside the same layer composed of plain tfjs operations.
 */
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../src/tf/backend.js';
import { checkRoutes, IN, layerSides, OUT } from './peersLayer.js';
import { simulators } from './peersStates.js';
import { digits, printTable, say, takeTurns } from './turns.js';

const sizes = [4, 8, 12, 16, 20];
const LAYER_BATCH = 256;

const all = await simulators();
for (const n of [4, 8]) {
  for (const { label, precision, z0 } of all) {
    const off = Math.abs(z0(n) - all[0].z0(n));
    if (!(off < (precision === 'float32' ? 5e-6 : 1e-12))) throw new Error(`${label} is off by ${off} at n = ${n}`);
  }
}

say(
  'One layer: RX and RZ on every qubit, a ring of CNOTs. Ours gives ⟨Z⟩ of qubit 0 and runs what that needs, or the final state as the packages do. Medians (least), ms; ratio to the first line.',
);
const cells = all.map((): string[] => []);
for (const n of sizes) {
  const able = all.filter(({ most }) => n <= most);
  const timings = takeTurns(able.map(({ label, layer }) => ({ label, run: layer(n) })));
  all.forEach((simulator, k) => {
    const timing = timings[able.indexOf(simulator)];
    const ratio = timing && k > 0 ? ` ${digits(timing.median / timings[0].median)}×` : '';
    cells[k].push(timing ? `${digits(timing.median)} (${digits(timing.least)})${ratio}` : '–');
  });
}
printTable(
  ['', 'precision', 'threads', ...sizes.map((n) => `n = ${n}`)],
  all.map(({ label, precision, threads }, k) => [label, precision, `${threads}`, ...cells[k]]),
);

tf.enableProdMode();
const backend = await selectBackend();
const sides = layerSides(LAYER_BATCH);
checkRoutes(sides);
say(
  `QKAN layer ${IN} → ${OUT}, pz, r = 3, batch ${LAYER_BATCH}, float32, tfjs backend ${backend.name}; ` +
    '`composed` is plain tfjs. Medians (least), ms; ratio of `composed`.',
);
const [forwards, both] = (['forward', 'gradients'] as const).map((what) =>
  takeTurns(sides.map((side) => ({ label: side.route, run: side[what] }))),
);
printTable(
  ['encoding weights', 'route', 'forward', 'with all gradients'],
  sides.map(({ weights, route }, k) => {
    const plain = sides.findIndex((side) => side.weights === weights && side.route === 'composed');
    const cell = (timings: typeof forwards) => {
      const { median, least } = timings[k];
      const ratio = k === plain ? '' : ` ${digits(timings[plain].median / median)}×`;
      return `${digits(median)} (${digits(least)})${ratio}`;
    };
    return [weights, route, cell(forwards), cell(both)];
  }),
);
