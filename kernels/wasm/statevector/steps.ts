import type { Apply, Controls, Program, Rotate } from '../../backend.js';
import { fuseConstants } from './fuse.js';
import { isFlip, isRealMatrix } from './structure.js';

/** cos and sin of multiplier·θ, θ from a slot or constant; `multiplier` ≥ 0. */
export interface Row {
  readonly source: { readonly slot: number } | { readonly constant: number };
  readonly multiplier: number;
}

/** exp(±i·row). */
export interface Phase {
  readonly row: number;
  readonly negative: boolean;
}

/** exp(−iθP/2) with a P that flips bits. `row` is θ/2; `slot` gets its slope, −1 stands for none. */
export interface Turn extends Controls {
  readonly kind: 'turn';
  readonly xMask: number;
  readonly zMask: number;
  readonly row: number;
  readonly slot: number;
}

/** A diagonal: one number where the parity under `zMask` is even, another where it is odd. */
export interface Diagonal extends Controls {
  readonly kind: 'diagonal';
  readonly zMask: number;
  readonly numbers: { readonly even: Phase; readonly odd: Phase } | { readonly entries: readonly number[] };
  readonly slot: number;
}

/** A constant matrix; what its entries look like decides how it is run. */
export interface Constant extends Controls {
  readonly kind: 'constant';
  readonly structure: 'flip' | 'real' | 'general' | 'dense';
  readonly targets: readonly number[];
  readonly entries: Float64Array;
}

export type Step = Turn | Diagonal | Constant;

/** A program as the kernel's steps, in logical qubits, with the rows of cosines and sines that they read. */
export interface Steps {
  readonly rows: readonly Row[];
  readonly steps: readonly Step[];
}

/** Sorts a program's instructions by what they do to amplitudes. O(instructions), once a program. */
export function stepsOf(program: Program): Steps {
  const rows: Row[] = [];
  const known = new Map<string, number>();
  const steps = fuseConstants(program.instructions).flatMap((instruction) =>
    instruction.kind === 'rotate' ? rotation(instruction) : [constant(instruction)],
  );
  return { rows, steps };

  function phase(rotate: Rotate, multiplier: number): Phase {
    const key = `${JSON.stringify(rotate.angle)} ${Math.abs(multiplier)}`;
    let row = known.get(key);
    if (row === undefined) {
      row = rows.push({ source: rotate.angle, multiplier: Math.abs(multiplier) }) - 1;
      known.set(key, row);
    }
    return { row, negative: multiplier < 0 };
  }

  /** A rotation's phase exp(iκθ) is a part of it where it is diagonal, and a step of its own where it is not. */
  function rotation(rotate: Rotate): Step[] {
    const { xMask, zMask, controlMask, controlValue, phase: kappa } = rotate;
    const slot = 'slot' in rotate.angle ? rotate.angle.slot : -1;
    const controls = { controlMask, controlValue };
    if (xMask === 0) return [diagonal(rotate, zMask, kappa - 0.5, kappa + 0.5, slot)];
    const turn: Turn = { kind: 'turn', xMask, zMask, ...controls, row: phase(rotate, 0.5).row, slot };
    return kappa === 0 ? [turn] : [turn, diagonal(rotate, 0, kappa, kappa, slot)];
  }

  function diagonal(rotate: Rotate, zMask: number, even: number, odd: number, slot: number): Diagonal {
    const half = halfOnly(rotate, zMask, even === 0, odd === 0);
    const other = even === 0 ? odd : even;
    if (half) return numbers(half, other, other);
    return numbers({ zMask, controlMask: rotate.controlMask, controlValue: rotate.controlValue }, even, odd);

    function numbers(masks: Controls & { zMask: number }, first: number, second: number): Diagonal {
      return {
        kind: 'diagonal',
        ...masks,
        numbers: { even: phase(rotate, first), odd: phase(rotate, second) },
        slot,
      };
    }
  }
}

/** A diagonal that is 1 on one value of its only qubit acts under a control on the other value: half of the work. */
function halfOnly(
  { controlMask, controlValue }: Controls,
  zMask: number,
  evenIsOne: boolean,
  oddIsOne: boolean,
): (Controls & { zMask: number }) | undefined {
  if (zMask === 0 || (zMask & (zMask - 1)) !== 0 || evenIsOne === oddIsOne) return undefined;
  return {
    zMask: 0,
    controlMask: controlMask | zMask,
    controlValue: evenIsOne ? controlValue | zMask : controlValue,
  };
}

function constant({ targets, entries, controlMask, controlValue }: Apply): Step {
  const controls = { controlMask, controlValue };
  if (targets.length === 0) {
    const both = [...entries, ...entries];
    return { kind: 'diagonal', zMask: 0, ...controls, numbers: { entries: both }, slot: -1 };
  }
  if (targets.length > 1) return { kind: 'constant', structure: 'dense', targets, entries, ...controls };
  const [even, evenIm, right, rightIm, left, leftIm, odd, oddIm] = entries;
  if (right === 0 && rightIm === 0 && left === 0 && leftIm === 0) {
    const zMask = 1 << targets[0];
    const isOne = (re: number, im: number): boolean => re === 1 && im === 0;
    const half = halfOnly(controls, zMask, isOne(even, evenIm), isOne(odd, oddIm));
    if (half === undefined) {
      return { kind: 'diagonal', zMask, ...controls, numbers: { entries: [even, evenIm, odd, oddIm] }, slot: -1 };
    }
    const other = isOne(even, evenIm) ? [odd, oddIm] : [even, evenIm];
    return { kind: 'diagonal', ...half, numbers: { entries: [...other, ...other] }, slot: -1 };
  }
  const structure = isFlip(entries) ? 'flip' : isRealMatrix(entries) ? 'real' : 'general';
  return { kind: 'constant', structure, targets, entries, ...controls };
}
