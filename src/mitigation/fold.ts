import { type Circuit, circuit, inverse, type Operation } from '../../circuits/circuit.js';
import { expected } from '../foundation/errors.js';

/**
 * The same unitary with its noise scaled, by going back and forth: `global` folds the end of the whole circuit, C (C†C)^k and
 * then L†L for the last part L; `local` folds gates one by one, G → G (G†G)^k, the first ones once more. For noise that
 * follows every gate equally the scale is the factor of its strength.
 *
 * A compiler must not undo it: run folded circuits without optimisation.
 *
 * @param scale  number of gates afterwards over that before, ≥ 1; odd numbers are met exactly, others as nearly as gates allow
 * @throws if `scale` is below 1 or not finite
 * Source: Giurgica-Tiron et al., IEEE QCE 2020, 306, arXiv:2005.10921.
 * @example fold(circuit({ numQubits: 1, operations: [op('h', [0]), op('t', [0])] }), 3, 'global')    // h t t† h h t
 */
export function fold(source: Circuit, scale: number, method: 'global' | 'local' = 'global'): Circuit {
  if (!(scale >= 1) || !Number.isFinite(scale)) throw expected('fold', 'a scale ≥ 1', scale);
  if (method !== 'global' && method !== 'local') throw expected('fold', 'method "global" or "local"', method);
  const { operations } = source;
  const pairs = Math.round((operations.length * (scale - 1)) / 2); // of a gate and its inverse
  const whole = operations.length === 0 ? 0 : Math.floor(pairs / operations.length);
  const rest = operations.length === 0 ? 0 : pairs % operations.length;
  const undo = (part: readonly Operation[]): readonly Operation[] =>
    inverse(circuit({ ...source, operations: part })).operations;
  const repeated = (part: readonly Operation[], times: number): Operation[] =>
    Array.from({ length: times }, () => [...undo(part), ...part]).flat();
  const folded =
    method === 'global'
      ? [
          ...operations,
          ...repeated(operations, whole),
          ...repeated(operations.slice(operations.length - rest), rest > 0 ? 1 : 0),
        ]
      : operations.flatMap((gate, k) => [gate, ...repeated([gate], whole + (k < rest ? 1 : 0))]);
  return circuit({ ...source, operations: folded });
}
