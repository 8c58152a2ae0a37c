import { type Circuit, circuit } from '../../circuits/circuit.js';
import { checkChoice, checkInteger } from '../foundation/checks.js';
import { DaruanError, expected } from '../foundation/errors.js';
import { type Random, randomFrom } from '../foundation/random.js';
import { type Coupling, type Device, deviceOf, type ErrorRates } from './coupling.js';
import { placeAndRoute } from './layout.js';
import { nativeOperations } from './natives.js';
import { collected, type Piece, piecesOf } from './pieces.js';
import { type CircuitStatistics, circuitStatistics } from './statistics.js';
import { type Target, type TargetName, targetNamed } from './targets.js';

export interface TranspileOptions {
  /** The device's family: a row of `targets`, or its name. */
  readonly target: TargetName | Target;
  /** Which qubits interact; all of them by default. */
  readonly coupling?: Coupling;
  /** The device's errors, which choose among qubits and ways; only together with `coupling`. */
  readonly errors?: ErrorRates;
  /** A seed or a generator for the routing; 0 by default. */
  readonly seed?: number | Random;
  /** How many starts are tried; 4 by default. */
  readonly trials?: number;
  /** The device's qubit of each qubit of the circuit at first; chosen by default. Shape [numQubits]. */
  readonly initialLayout?: readonly number[];
  /** Turns about Z after the last gate of a qubit: kept by default; dropped where measurement along Z follows. */
  readonly finalPhases?: 'keep' | 'drop';
}

export interface Layout {
  /** The device's qubit that each qubit of the transpiled circuit is, in ascending order. */
  readonly deviceQubits: readonly number[];
  /** The qubit of the transpiled circuit that holds each qubit of the source, at first and at the end. */
  readonly initial: readonly number[];
  readonly final: readonly number[];
}

export interface Transpiled {
  readonly circuit: Circuit;
  readonly target: Target;
  readonly layout: Layout;
  readonly statistics: {
    readonly before: CircuitStatistics;
    readonly after: CircuitStatistics;
    readonly swaps: number;
  };
}

/**
 * The circuit in gates of a device, on pairs of qubits that interact there. Neighbouring gates are multiplied together
 * and written anew: a pair by its Weyl form in the least number of entangling gates, at most three; one qubit by Euler
 * angles, turns about Z moving through the circuit. What acts on no qubit in use is left out. Formulas stay formulas.
 *
 * With coupling, qubit q of the source is qubit `layout.initial[q]` of the result at first, `layout.final[q]` at the end,
 * and the result acts on those qubits of the device alone that it uses. Equal to the source up to a global phase, to
 * rounding: some 1e-14 · gates.
 *
 * @throws if the target is unknown; if the coupling map or its errors are malformed, or too small for the circuit; if a
 *   gate of the user has neither generator nor decomposition and needs one
 * Cost: O(operations) products of 4×4 matrices, and O(trials · swaps) for routing.
 * @example transpile(circuit({ numQubits: 2, operations: [op('ecr', [0, 1])] }), { target: 'iqm', coupling: lineCoupling(5) })
 * @see R. R. Tucci, arXiv:quant-ph/0507171 (KAK); G. Li, Y. Ding, Y. Xie, doi:10.1145/3297858.3304023 (routing)
 */
export function transpile(source: Circuit, options: TranspileOptions): Transpiled {
  if (!Array.isArray(source?.operations)) throw expected('transpile', 'a circuit', source);
  const { seed = 0, trials = 4, finalPhases = 'keep' } = options ?? {};
  const target = typeof options?.target === 'object' ? options.target : targetNamed(options?.target);
  checkInteger('transpile', 'trials', trials, 1);
  checkChoice('transpile', 'finalPhases', finalPhases, ['keep', 'drop']);
  const random = randomFrom(seed);
  const pieces = collected(piecesOf(source, turnsPairs(target)));
  const { routed, layout, swaps, hasDirection } = placed(source, pieces, { ...options, trials }, random);
  const numQubits = layout.deviceQubits.length;
  const operations = nativeOperations(collected(routed), numQubits, { target, hasDirection, finalPhases });
  const result = circuit({ name: source.name, numQubits, data: source.data, operations });
  return {
    circuit: result,
    target,
    layout,
    statistics: { before: circuitStatistics(source), after: circuitStatistics(result), swaps },
  };
}

/** Whether the target's entangling gate takes any angle, and so a formula. */
const turnsPairs = ({ pairStyle, twoQubit }: Target): boolean => pairStyle === 'rzz' && twoQubit.angles === undefined;

interface PlacedPieces {
  readonly routed: readonly Piece[];
  readonly layout: Layout;
  readonly swaps: number;
  readonly hasDirection: (first: number, second: number) => boolean;
}

/** The pieces on qubits that interact, numbered anew from 0. */
function placed(
  { numQubits }: Circuit,
  pieces: readonly Piece[],
  { coupling, errors, initialLayout, trials }: TranspileOptions & { readonly trials: number },
  random: Random,
): PlacedPieces {
  if (coupling === undefined) {
    if (errors !== undefined || initialLayout !== undefined) {
      const what = errors === undefined ? 'initialLayout' : 'errors';
      throw new DaruanError(
        'transpile',
        `${what} without a coupling map`,
        'Pass coupling too, such as lineCoupling(5).',
      );
    }
    const same = Array.from({ length: numQubits }, (_, qubit) => qubit);
    const layout = { deviceQubits: same, initial: same, final: same };
    return { routed: pieces, layout, swaps: 0, hasDirection: () => true };
  }
  const device = deviceOf(coupling, errors);
  if (numQubits > device.numQubits) {
    throw new DaruanError(
      'transpile',
      `the circuit has ${numQubits} qubits, the device ${device.numQubits}`,
      'Use a larger coupling map.',
    );
  }
  if (initialLayout) checkLayout(initialLayout, numQubits, device);
  const {
    pieces: routed,
    initial,
    final,
    swaps,
  } = placeAndRoute(pieces, numQubits, device, {
    trials,
    random,
    ...(initialLayout && { initial: initialLayout }),
  });
  const used = new Set([...initial, ...final, ...routed.flatMap(({ qubits }) => [...qubits])]);
  const deviceQubits = [...used].sort((a, b) => a - b);
  const place = new Map(deviceQubits.map((qubit, index) => [qubit, index]));
  const at = (qubit: number): number => place.get(qubit)!;
  return {
    routed: routed.map((piece) => ({ ...piece, qubits: piece.qubits.map(at) }) as unknown as Piece),
    layout: { deviceQubits, initial: initial.map(at), final: final.map(at) },
    swaps,
    hasDirection: (a, b) => device.hasDirection(deviceQubits[a], deviceQubits[b]),
  };
}

function checkLayout(layout: readonly number[], numQubits: number, { numQubits: size, distances }: Device): void {
  const isQubit = (qubit: number): boolean => Number.isInteger(qubit) && qubit >= 0 && qubit < size;
  if (layout.length !== numQubits || !layout.every(isQubit) || new Set(layout).size !== numQubits) {
    throw expected('transpile', `initialLayout to name ${numQubits} different qubits in 0 … ${size - 1}`, [...layout]);
  }
  const apart = layout.find((qubit) => distances[layout[0] * size + qubit] === Number.POSITIVE_INFINITY);
  if (apart === undefined) return;
  throw new DaruanError(
    'transpile',
    `no couplings lead from qubit ${layout[0]} to qubit ${apart} of initialLayout`,
    'Choose qubits that are connected.',
  );
}
