import { DaruanError } from '../foundation/errors.js';
import type { Random } from '../foundation/random.js';
import type { Device } from './coupling.js';
import { type Piece, swap } from './pieces.js';
import { type Routed, route } from './route.js';

/** Entangling gates that a swap takes, and that any other pair takes at most in the mean. */
const [PER_SWAP, PER_PAIR] = [3, 2];

/** A routed circuit, and where its qubits were at first. */
export interface Placed extends Routed {
  readonly initial: readonly number[];
}

/**
 * Chooses where the circuit's qubits start, and routes. Each trial starts on a connected region, the first on the one of
 * the least errors, the others at random; it is refined by routing forwards, backwards and forwards again, since the
 * end of one way is a good start of the other. The trial that is expected to fail least wins.
 */
export function placeAndRoute(
  pieces: readonly Piece[],
  numQubits: number,
  device: Device,
  options: { readonly trials: number; readonly random: Random; readonly initial?: readonly number[] },
): Placed {
  const { trials, random, initial } = options;
  if (initial) return { initial, ...route(pieces, device, initial, random) };
  const backwards = [...pieces].reverse();
  const tries = Array.from({ length: trials }, (_, trial): Placed => {
    const start = trial === 0 ? bestRegion(numQubits, device) : randomRegion(numQubits, device, random);
    const there = route(pieces, device, start, random).final;
    const back = route(backwards, device, there, random).final;
    const [direct, refined] = [start, back].map(
      (from): Placed => ({ initial: from, ...route(pieces, device, from, random) }),
    );
    return loss(refined, device) < loss(direct, device) ? refined : direct;
  });
  return tries.reduce((best, found) => (loss(found, device) < loss(best, device) ? found : best));
}

/** −log of the chance that nothing fails; where no errors are reported, the number of entangling gates. */
function loss({ pieces, initial }: Placed, device: Device): number {
  const entangling = pieces.reduce((sum, piece) => {
    if (piece.qubits.length === 1) return sum;
    const count = piece.kind === 'pair' && piece.matrix === swap ? PER_SWAP : PER_PAIR;
    return sum + count * device.cost(piece.qubits[0], piece.qubits[1]);
  }, 0);
  return initial.reduce((sum, qubit) => sum + device.qubitCost(qubit), entangling);
}

/** Grows a region from each qubit, always by the neighbour of the least cost, and takes the best one. */
function bestRegion(size: number, device: Device): number[] {
  const regions = Array.from({ length: device.numQubits }, (_, seed) =>
    grow(size, device, seed, (inside, next) => {
      const edges = device.neighbours[next].filter((other) => inside.includes(other));
      const mean = edges.reduce((sum, other) => sum + device.cost(next, other), 0) / edges.length;
      return device.qubitCost(next) + mean / edges.length;
    }),
  );
  const whole = regions.filter(({ qubits }) => qubits.length === size);
  if (whole.length === 0) {
    throw new DaruanError(
      'transpile: coupling',
      `no ${size} qubits of the device are connected`,
      'Add edges to the coupling map, or use fewer qubits.',
    );
  }
  return whole.reduce((best, found) => (found.cost < best.cost ? found : best)).qubits;
}

function randomRegion(size: number, device: Device, random: Random): number[] {
  for (;;) {
    const { qubits } = grow(size, device, random.integer(device.numQubits), () => random.uniform());
    if (qubits.length === size) return [...random.permutation(size)].map((k) => qubits[k]);
  }
}

function grow(
  size: number,
  device: Device,
  seed: number,
  costOf: (inside: readonly number[], next: number) => number,
): { readonly qubits: number[]; readonly cost: number } {
  const qubits = [seed];
  let cost = device.qubitCost(seed);
  while (qubits.length < size) {
    const border = new Set(
      qubits.flatMap((qubit) => device.neighbours[qubit]).filter((next) => !qubits.includes(next)),
    );
    if (border.size === 0) break;
    const priced = [...border].map((next) => ({ next, price: costOf(qubits, next) }));
    const { next, price } = priced.reduce((best, found) => (found.price < best.price ? found : best));
    qubits.push(next);
    cost += price;
  }
  return { qubits, cost };
}
