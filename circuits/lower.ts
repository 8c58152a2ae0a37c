import { DaruanError } from '../src/foundation/errors.js';
import { type Angle, multiply, negate } from './angle/expression.js';
import { type Circuit, type Control, circuit, controlled, type Operation, op, placeStep } from './circuit.js';
import { type Gate, gates, type Step } from './gates.js';

/** Says of an operation that the target has it as it stands. */
export type Keep = (operation: Operation) => boolean;

/**
 * The same unitary, global phase included, from few kinds of operations: h, s, sdg, x, x under one control, rz, gphase,
 * and whatever else `keep` accepts. Works for every gate that has a generator or a decomposition, under any controls.
 *
 * Cost for k controls: 2^(k+1) operations up to k = 3, then of order k³; no further qubits are used.
 *
 * @param keep  what need not be lowered; nothing more by default
 * @throws if a gate of the user has neither generator nor decomposition
 * @see A. Barenco et al., doi:10.1103/PhysRevA.52.3457, for controls; parity networks for few of them: Amy, Azimzadeh,
 *   Mosca, doi:10.1088/2058-9565/aad8ca
 */
export function lower(source: Circuit, keep: Keep = () => false): Circuit {
  return circuit({ ...source, operations: source.operations.flatMap((operation) => lowerOperation(operation, keep)) });
}

/** `lower` for one operation. */
export function lowerOperation(operation: Operation, keep: Keep = () => false): Operation[] {
  if (isElementary(operation) || keep(operation)) return [operation];
  const next = (operations: readonly Operation[]): Operation[] => operations.flatMap((o) => lowerOperation(o, keep));
  const { gate, targets, controls, angles } = operation;
  const zeros = controls.filter(({ value }) => value === 0).map(({ qubit }) => qubit);
  if (zeros.length > 0) {
    const flips = zeros.map((qubit) => op('x', [qubit]));
    const positive = controls.map(({ qubit }): Control => ({ qubit, value: 1 }));
    return [...flips, ...lowerOperation({ ...operation, controls: positive }, keep), ...flips];
  }
  const qubits = controls.map(({ qubit }) => qubit);
  if (gate === gates.gphase) return next(phaseOfOnes(qubits, angles[0]));
  if (gate === gates.x)
    return next([op('h', targets), ...phaseOfOnes([...qubits, ...targets], Math.PI), op('h', targets)]);
  if (gate === gates.rz) return next(controlledRz(qubits, targets[0], angles[0], keep));
  if (gate.generator) return next(rotation(operation, gate.generator.word, gate.generator.phase));
  if (gate.decomposition) return next(decomposed(operation, gate.decomposition(...angles)));
  throw new DaruanError(
    'lower',
    `gate "${gate.name}" has neither a generator nor a decomposition`,
    'Give your gate one of the two.',
  );
}

const uncontrolled: readonly Gate[] = [gates.h, gates.s, gates.sdg, gates.x, gates.rz, gates.gphase];

function isElementary({ gate, controls }: Operation): boolean {
  if (controls.length === 0) return uncontrolled.includes(gate);
  return gate === gates.x && controls.length === 1 && controls[0].value === 1;
}

const cx = (control: number, target: number): Operation => controlled(op('x', [target]), control);

/**
 * e^(iκθ)·exp(−iθP/2) as e^(iκθ), a change of basis that makes P a product of Zs, the parity of their qubits on the last one
 * of them, and rz(θ) there. Controls are needed on the phase and on rz alone: the rest undoes itself.
 */
function rotation({ targets, controls, angles: [theta] }: Operation, word: string, phase: number): Operation[] {
  const active = [...word].flatMap((letter, j) => (letter === 'I' ? [] : [{ letter, qubit: targets[j] }]));
  const scalar = (kappa: number): Operation[] =>
    kappa === 0 ? [] : [{ ...op('gphase', [], multiply(kappa, theta)), controls }];
  if (active.length === 0) return scalar(phase - 0.5);
  const enter = active.flatMap(({ letter, qubit }) => {
    if (letter === 'X') return [op('h', [qubit])];
    return letter === 'Y' ? [op('sdg', [qubit]), op('h', [qubit])] : [];
  });
  const ladder = active.slice(1).map(({ qubit }, j) => cx(active[j].qubit, qubit));
  const leave = [...enter].reverse().map((step) => (step.gate === gates.sdg ? op('s', step.targets) : step));
  const rz = { ...op('rz', [active[active.length - 1].qubit], theta), controls };
  return [...scalar(phase), ...enter, ...ladder, rz, ...[...ladder].reverse(), ...leave];
}

/** The steps under the operation's controls; steps at both ends that undo each other need none. */
function decomposed(operation: Operation, steps: readonly Step[]): Operation[] {
  const free = { ...operation, controls: [] };
  const [first, last] = [steps[0], steps[steps.length - 1]];
  if (steps.length > 2 && undoes(placeStep(first, free), placeStep(last, free))) {
    return [placeStep(first, free), ...decomposed(operation, steps.slice(1, -1)), placeStep(last, free)];
  }
  return steps.map((step) => placeStep(step, operation));
}

function undoes(first: Operation, last: Operation): boolean {
  const inverse = first.gate.inverse(...first.angles).map((step) => placeStep(step, first));
  const key = ({ gate, targets, controls, angles }: Operation) =>
    JSON.stringify([gate.name, targets, controls, angles]);
  return inverse.length === 1 && key(inverse[0]) === key(last);
}

/** e^(iγ) where all `qubits` are 1. */
function phaseOfOnes(qubits: readonly number[], gamma: Angle): Operation[] {
  if (qubits.length <= 4) return parityNetwork(qubits, gamma);
  const [target, ...rest] = qubits;
  const rz = { ...op('rz', [target], gamma), controls: rest.map((qubit): Control => ({ qubit, value: 1 })) };
  return [...phaseOfOnes(rest, multiply(0.5, gamma)), rz]; // p(γ) = e^(iγ/2) rz(γ)
}

/**
 * The same from rz on parities: Π x_j = 2^(1−n) Σ_S (−1)^(|S|+1) ⊕_S x over the nonempty sets S of the n qubits. The sets
 * whose highest qubit is j are visited in the order of a Gray code, one cx each.
 */
function parityNetwork(qubits: readonly number[], gamma: Angle): Operation[] {
  const n = qubits.length;
  const operations = [op('gphase', [], multiply(2 ** -n, gamma))];
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < 1 << j; i++) {
      const gray = i ^ (i >> 1);
      if (i > 0) operations.push(cx(qubits[31 - Math.clz32(i & -i)], qubits[j]));
      const sign = [...gray.toString(2)].filter((bit) => bit === '1').length % 2 === 0 ? 1 : -1;
      operations.push(op('rz', [qubits[j]], multiply(sign * 2 ** (1 - n), gamma)));
    }
    if (j > 0) operations.push(cx(qubits[j - 1], qubits[j]));
  }
  return operations;
}

/** rz(θ) under controls: half of it, flip, half of it back, flip; the last control is lent to the flips (Barenco, lemma 7.9). */
function controlledRz(controls: readonly number[], target: number, theta: Angle, keep: Keep): Operation[] {
  const last = controls.length === 1 ? [] : controls.slice(-1);
  const flip = manyControlledX(controls.length === 1 ? controls : controls.slice(0, -1), target, last[0], keep);
  const half = (angle: Angle) => controlled(op('rz', [target], angle), ...last);
  const quarter = multiply(0.5, theta);
  return [half(quarter), ...flip, half(negate(quarter)), ...flip];
}

/** x under many controls, with one more qubit in any state, which is returned in that state (Barenco, lemma 7.4). */
function manyControlledX(controls: readonly number[], target: number, borrowed: number, keep: Keep): Operation[] {
  const whole = controlled(op('x', [target]), ...controls);
  if (controls.length <= 2 || keep(whole)) return [whole];
  const middle = Math.ceil(controls.length / 2);
  const [front, back] = [controls.slice(0, middle), controls.slice(middle)];
  const gather = manyControlledX(front, borrowed, target, keep);
  const act = manyControlledX([...back, borrowed], target, front[0], keep);
  return [...gather, ...act, ...gather, ...act];
}
