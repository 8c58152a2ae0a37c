import * as tf from '@tensorflow/tfjs-core';
import {
  backwardText,
  type ChainVariant,
  chainSizes,
  dataGradientText,
  forwardText,
  GROUP,
  gradientLength,
  LANES,
  recordLength,
  variantKey,
} from '../../../kernels/webgpu/chainText.js';
import type { ElementwiseActivation } from '../../activation/elementwise.js';
import type { ActivationPlan } from '../../activation/plan.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import { apply } from '../differentiable.js';
import { foldText, unfoldText } from './foldText.js';
import { groupsFor, runProgram } from './program.js';

/** Sizes of a layer, or of activations element by element (outDim 1). */
export interface DeviceShape {
  readonly inDim: number;
  readonly outDim: number;
  readonly elementwise: boolean;
}

/**
 * The chain kernel on tfjs's webgpu backend, with θ folded there: nothing is read back. Differentiable once in all three tensors;
 * the gradient is computed by the adjoint method, its sums in an order that the sizes alone decide.
 *
 * @param x           shape [batch, in]
 * @param parameters  shape [edges, plan.parameters.length]; radians
 * @param scale       shape [out, in], or [in] element by element
 * @returns shape [batch, out], or [batch, in] element by element; NaN where an acos encoding leaves [−1, 1] and may not
 */
export function deviceChain(
  activation: ElementwiseActivation,
  shape: DeviceShape,
  x: tf.Tensor2D,
  parameters: tf.Tensor2D,
  scale: tf.Tensor,
): tf.Tensor2D {
  const { plan, measurement } = activation;
  if (measurement === 'amplitude' && !readsZ(plan)) {
    throw expected('activation', 'the observable Z with measurement "amplitude"', 'another', 'Use "expectation".');
  }
  const variant: ChainVariant = {
    reps: plan.reps,
    encoding: plan.encoding,
    measurement,
    offset: plan.offset,
    outside: activation.outsideDomain === 'clamp' ? 'clamp' : 'nan',
  };
  const key = variantKey(variant);
  const { groups, packedLength, ...uniforms } = chainSizes(
    plan.reps,
    x.shape[0],
    shape.inDim,
    shape.outDim,
    shape.elementwise,
  );
  const planKey = keyOf(plan);
  const perEdge = (
    name: string,
    text: () => string,
    output: readonly number[],
    inputs: Readonly<Record<string, tf.Tensor>>,
  ) =>
    runProgram({
      key: name,
      text,
      shape: output,
      inputs,
      uniforms: { edgeCount: uniforms.edgeCount, chunks: uniforms.chunks },
      workgroup: GROUP,
      groups: groupsFor(uniforms.edgeCount, GROUP),
    });
  const fold = (rows: tf.Tensor) =>
    perEdge(`fold_${planKey}`, () => foldText(plan), [uniforms.edgeCount, recordLength(plan.reps)], {
      parameters: rows,
    });
  return apply<tf.Tensor2D>(
    {
      forward: (data, rows, factors) =>
        runProgram({
          key: `chain_${key}`,
          text: () => forwardText(variant),
          shape: [uniforms.batch, uniforms.columns],
          inputs: { x: data, edges: fold(rows), scale: factors },
          uniforms,
          workgroup: GROUP,
          groups: groupsFor(uniforms.columns * Math.ceil(uniforms.batch / LANES), GROUP),
        }),
      gradient: (dy, data, rows, factors) => {
        const packed = once('chain', [dy, data, rows, factors], (upstream, ...saved) =>
          tf.tidy(() =>
            runProgram<tf.Tensor1D>({
              key: `chainBackward_${key}`,
              text: () => backwardText(variant),
              shape: [packedLength],
              inputs: { x: saved[0], edges: fold(saved[1]), scale: saved[2], upstream },
              uniforms,
              workgroup: GROUP,
              groups,
            }),
          ),
        );
        return [
          () =>
            once('chain', [packed], (parts) =>
              runProgram({
                key: `chainData_${plan.reps}`,
                text: () => dataGradientText(plan.reps),
                shape: data.shape,
                inputs: { packed: parts },
                uniforms,
                workgroup: GROUP,
                groups: groupsFor(data.size, GROUP),
              }),
            ),
          () =>
            once('chain', [packed, rows], (parts, saved) =>
              perEdge(`unfold_${planKey}`, () => unfoldText(plan), rows.shape, { parameters: saved, packed: parts }),
            ),
          () =>
            once('chain', [packed], (parts) =>
              perEdge(`chainScale_${plan.reps}`, () => scaleGradientText(plan.reps), factors.shape, { packed: parts }),
            ),
        ];
      },
    },
    x,
    parameters,
    scale,
  );
}

/** The last number of every edge's gradient. */
const scaleGradientText = (reps: number): string => `
fn main(index : i32) {
  if (index >= uniforms.edgeCount) { return; }
  var sum = 0.0;
  for (var c = 0; c < uniforms.chunks; c++) {
    sum += packed[(c * uniforms.edgeCount + index + 1) * ${gradientLength(reps)} - 1];
  }
  result[index] = sum;
}
`;

/** A computation on the device that may be used, but not differentiated again. */
const once = (route: string, inputs: readonly tf.Tensor[], compute: (...inputs: tf.Tensor[]) => tf.Tensor): tf.Tensor =>
  apply(
    {
      forward: compute,
      gradient: () => {
        throw new DaruanError(
          'activation',
          `the route "${route}" has first derivatives only, but a derivative of its gradient is asked for`,
          'Set route: "composed" (any order), or "nodes" (any order in x).',
        );
      },
    },
    ...inputs,
  );

const readsZ = ({ readout, offset }: ActivationPlan): boolean =>
  offset === 0 && readout[0] === 0 && readout[1] === 0 && readout[2] === 1;

const keys = new WeakMap<ActivationPlan, string>();
const byText = new Map<string, string>();

/** A name for the texts that a plan's gates are folded by; plans of equal texts share it, and so their compiled programs. */
function keyOf(plan: ActivationPlan): string {
  const known = keys.get(plan);
  if (known !== undefined) return known;
  const text = foldText(plan);
  const key = byText.get(text) ?? `${byText.size}`;
  byText.set(text, key);
  keys.set(plan, key);
  return key;
}
