import { type Circuit, circuit, type Operation } from '../../circuits/circuit.js';
import { DaruanError } from '../foundation/errors.js';
import { rotationFrequencies } from '../gradient/frequencies.js';
import { memo } from '../gradient/parameterShift.js';
import type { ShiftRule } from '../gradient/shiftRule.js';
import { fold } from '../mitigation/fold.js';
import { basisChange } from '../mitigation/grouping.js';
import { transpile } from '../transpile/transpile.js';
import { bindEdge, type LayerCircuit, rotationAngles } from './edges.js';
import type { DeploySettings, Task } from './manifest.js';
import { type MeasuredLayer, readout } from './network.js';

/** The shift rule of each rotation of a layer's circuit; none where the expectation cannot depend on it. */
export function shiftRules({ compiled }: LayerCircuit): (ShiftRule | undefined)[] {
  const ruleOf = memo();
  return compiled.slots.map(({ rotation }) => ruleOf(rotationFrequencies(rotation)));
}

/** What a round measures: for each sample, edge, basis and scale the circuit itself, then its shifted ones. */
export function tasksOf(
  layer: MeasuredLayer,
  parts: LayerCircuit,
  samples: number,
  { gradients, zne }: Pick<DeploySettings, 'gradients' | 'zne'>,
): Task[] {
  const { letters } = readout(layer);
  const shifts: Task['shift'][] = [undefined];
  if (gradients) {
    shiftRules(parts).forEach((rule, rotation) => {
      for (const angle of rule?.shifts ?? []) shifts.push({ rotation, angle });
    });
  }
  const tasks: Task[] = [];
  for (let sample = 0; sample < samples; sample++) {
    for (let edge = 0; edge < layer.weight.length; edge++) {
      if (layer.weight[edge] === 0) continue; // removed, or not counted: nothing to measure
      const place = { sample, output: Math.floor(edge / layer.inDim), input: edge % layer.inDim };
      for (const [basis] of letters) {
        for (const scale of zne?.scales ?? [1]) {
          for (const shift of shifts) tasks.push({ ...place, basis, scale, ...(shift && { shift }) });
        }
      }
    }
  }
  return tasks;
}

/** The circuits of tasks, all angles numbers, the basis turned to Z, in native gates on request, then folded. */
export function circuitsOf(
  where: string,
  layer: MeasuredLayer,
  parts: LayerCircuit,
  x: Float64Array,
  tasks: readonly Task[],
  { target, zne }: Pick<DeploySettings, 'target' | 'zne'>,
): Circuit[] {
  const edges = Array.from({ length: layer.weight.length }, (_, edge) =>
    layer.weight[edge] === 0 ? [] : rotationAngles(where, parts, bindEdge(where, parts, layer, edge, x)),
  );
  return tasks.map((task) => {
    const angles = edges[task.output * layer.inDim + task.input];
    let rotation = 0;
    const operations = parts.source.operations.map((operation): Operation => {
      if (operation.angles.every((angle) => typeof angle === 'number')) return operation;
      const column = angles[rotation];
      const shift = task.shift?.rotation === rotation ? task.shift.angle : 0;
      rotation++;
      return { ...operation, angles: [column[column.length === 1 ? 0 : task.sample] + shift] };
    });
    const name = `output ${task.output}, input ${task.input}, sample ${task.sample}`;
    const bound = circuit({ name, numQubits: 1, operations: [...operations, ...basisChange(task.basis)] });
    const written = inGatesOf(bound, { target });
    return task.scale === 1 ? written : native(fold(written, task.scale, zne?.fold), written, target);
  });
}

/** A circuit that is measured at its end in native gates, if a target asks for them. */
export const inGatesOf = (source: Circuit, { target }: Pick<DeploySettings, 'target'>): Circuit =>
  target === undefined ? source : transpile(source, { target, finalPhases: 'drop' }).circuit;

/** Inverses that the target does not have, each in gates that it has. */
function native(folded: Circuit, original: Circuit, target: DeploySettings['target']): Circuit {
  if (target === undefined) return folded;
  const known = new Set(original.operations.map(({ gate }) => gate.name));
  const operations = folded.operations.flatMap((operation) =>
    known.has(operation.gate.name)
      ? [operation]
      : transpile(circuit({ numQubits: 1, operations: [operation] }), { target }).circuit.operations,
  );
  return circuit({ ...folded, operations });
}

/** Circuits of one qubit side by side: circuit k on qubit k. */
export function sideBySide(name: string, circuits: readonly Circuit[]): Circuit {
  if (circuits.length === 0) throw new DaruanError('deploy', 'there is nothing to run', 'Give at least one sample.');
  const operations = circuits.flatMap((source, qubit) =>
    source.operations
      .filter(({ targets, controls }) => targets.length + controls.length > 0) // a global phase is unseen
      .map((operation) => ({
        ...operation,
        targets: operation.targets.map(() => qubit),
        controls: operation.controls.map((control) => ({ ...control, qubit })),
      })),
  );
  return circuit({ name, numQubits: circuits.length, operations });
}
