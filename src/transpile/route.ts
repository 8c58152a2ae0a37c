import type { Random } from '../foundation/random.js';
import type { Device } from './coupling.js';
import { type Pair, type Piece, swap } from './pieces.js';

/** Pieces on the qubits of a device. */
export interface Routed {
  readonly pieces: readonly Piece[];
  /** Where each qubit of the circuit is at the end; shape [numQubits of the circuit]. */
  readonly final: readonly number[];
  readonly swaps: number;
}

/** How many pairs beyond the next ones are looked at, and what they weigh. */
const HORIZON = 20;
const WEIGHT = 0.5;
/** What a swap of qubits that were just swapped costs more, so that the search does not run to and fro. */
const DECAY = 0.001;
/** Scores closer than this are equal. */
const TIE = 1e-12;

/**
 * Pieces with swaps in between, so that every pair is an edge of the device: of all swaps that move a next pair, the one
 * that brings the next pairs and some later ones nearest, again and again; ties by chance.
 *
 * Cost: O(pieces + swaps · degree · horizon).
 * @see G. Li, Y. Ding, Y. Xie, SABRE, doi:10.1145/3297858.3304023
 */
export function route(pieces: readonly Piece[], device: Device, initial: readonly number[], random: Random): Routed {
  const { neighbours, distances, numQubits } = device;
  const place = [...initial];
  const holder = new Array<number>(numQubits).fill(-1);
  for (const [qubit, at] of place.entries()) holder[at] = qubit;
  const queues: number[][] = place.map(() => []);
  pieces.forEach((piece, index) => {
    for (const qubit of piece.qubits) queues[qubit].push(index);
  });
  const heads = place.map(() => 0);
  const done = new Uint8Array(pieces.length);
  const result: Piece[] = [];
  const decay = new Float64Array(numQubits).fill(1);
  let [first, swaps, stalled] = [0, 0, 0];

  const between = ([a, b]: Pair): number => distances[place[a] * numQubits + place[b]];
  const isNeighbour = ([a, b]: Pair): boolean => neighbours[place[a]].includes(place[b]);
  const isNext = (index: number): boolean => pieces[index].qubits.every((q) => queues[q][heads[q]] === index);

  const execute = (index: number): void => {
    const piece = pieces[index];
    done[index] = 1;
    result.push({ ...piece, qubits: piece.qubits.map((qubit) => place[qubit]) } as unknown as Piece);
    for (const qubit of piece.qubits) heads[qubit] += 1;
  };
  const trade = (a: number, b: number): void => {
    [holder[a], holder[b]] = [holder[b], holder[a]];
    if (holder[a] >= 0) place[holder[a]] = a;
    if (holder[b] >= 0) place[holder[b]] = b;
  };
  const exchange = (a: number, b: number): void => {
    result.push({ kind: 'pair', qubits: [a, b], matrix: swap });
    trade(a, b);
    swaps += 1;
  };

  /** Executes all that can be; gives the pairs that come next. */
  const advance = (): Pair[] => {
    const waiting: Pair[] = [];
    const open = queues.flatMap((queue, qubit) => (heads[qubit] < queue.length ? [qubit] : []));
    while (open.length > 0) {
      const qubit = open.pop()!;
      const index = queues[qubit][heads[qubit]];
      if (index === undefined || !isNext(index)) continue;
      const { qubits } = pieces[index];
      if (qubits.length === 2 && !isNeighbour(qubits)) {
        if (qubits[0] === qubit) waiting.push(qubits);
        else if (!open.includes(qubits[0])) open.push(qubits[0]);
        continue;
      }
      execute(index);
      open.push(...qubits);
      stalled = 0;
      decay.fill(1);
    }
    while (done[first] === 1) first += 1;
    return waiting.filter((pair, k) => waiting.indexOf(pair) === k);
  };

  const later = (front: readonly Pair[]): Pair[] => {
    const found: Pair[] = [];
    for (let index = first; index < pieces.length && found.length < HORIZON; index++) {
      const { qubits } = pieces[index];
      if (done[index] === 0 && qubits.length === 2 && !front.includes(qubits)) found.push(qubits);
    }
    return found;
  };

  const mean = (pairs: readonly Pair[]): number =>
    pairs.length === 0 ? 0 : pairs.reduce((sum, pair) => sum + between(pair), 0) / pairs.length;

  for (let front = advance(); front.length > 0; front = advance()) {
    stalled += 1;
    if (stalled > 3 * numQubits) {
      approach(front[0]);
      continue;
    }
    const horizon = later(front);
    let [best, ties] = [Number.POSITIVE_INFINITY, 0];
    let chosen: Pair = [0, 0];
    for (const [a, b] of candidates(front)) {
      trade(a, b);
      const score = Math.max(decay[a], decay[b]) * (mean(front) + WEIGHT * mean(horizon));
      trade(a, b);
      if (score > best + TIE) continue;
      ties = score < best - TIE ? 1 : ties + 1;
      if (random.integer(ties) === 0) chosen = [a, b];
      best = Math.min(best, score);
    }
    exchange(...chosen);
    for (const qubit of chosen) decay[qubit] += DECAY;
  }
  return { pieces: result, final: place, swaps };

  function candidates(front: readonly Pair[]): Pair[] {
    const ends = new Set(front.flatMap((pair) => pair.map((qubit) => place[qubit])));
    return [...ends].flatMap((a) => neighbours[a].filter((b) => !ends.has(b) || a < b).map((b): Pair => [a, b]));
  }

  /** Moves the first of a pair along a shortest path until the two are neighbours. */
  function approach(pair: Pair): void {
    while (!isNeighbour(pair)) {
      const [at, goal] = [place[pair[0]], place[pair[1]]];
      const next = neighbours[at].reduce((best, b) =>
        distances[b * numQubits + goal] < distances[best * numQubits + goal] ? b : best,
      );
      exchange(at, next);
    }
  }
}
