import { checkInteger } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { type Activation, type ActivationTensors, constantBlock, zeroGradient } from './activation.js';
import { EVONORM_FLOOR } from './evoNormB0.js';
import { addVarianceGradient, type Entries, momentsOf } from './moments.js';

export interface EvoNormS0Options {
  /** Number of groups of neighbouring features, a divisor of the features. Default 1. */
  readonly groups?: number;
}

/**
 * EvoNorm-S0, γ·x·σ(v·x)/s + β: s the deviation over the positions and features of a group of one sample. Blocks `gain`, `shift` and
 * `slope`, each [features].
 *
 * @throws in use, unless the groups divide the features
 * @see arXiv:2004.02967
 */
export function evoNormS0({ groups = 1 }: EvoNormS0Options = {}): Activation {
  checkInteger('evoNormS0', 'groups', groups, 1);

  /** Calls `visit` for each group of each sample with its entries, mean and deviation. */
  const eachGroup = (
    { x, batch, positions, features }: ActivationTensors,
    visit: (entries: Entries, mean: number, deviation: number) => void,
  ): void => {
    const width = features / groups;
    for (let set = 0; set < batch * groups; set++) {
      const [b, g] = [Math.floor(set / groups), set % groups];
      const entries: Entries = (found) => {
        for (let p = 0; p < positions; p++) {
          for (let k = 0; k < width; k++) found((b * positions + p) * features + g * width + k);
        }
      };
      const { mean, variance } = momentsOf(x, entries);
      visit(entries, mean, Math.sqrt(variance + EVONORM_FLOOR));
    }
  };

  return {
    name: 'evoNormS0',
    options: { groups },
    batchDependent: false,
    blocks(features) {
      if (features % groups !== 0) throw expected('evoNormS0', `groups to divide ${features} features`, groups);
      return [
        constantBlock('gain', features, 1),
        constantBlock('shift', features, 0),
        constantBlock('slope', features, 1),
      ];
    },
    forward(tensors) {
      const { x, features, parameters } = tensors;
      const [gain, shift, slope] = parameters;
      const y = new Float64Array(x.length);
      eachGroup(tensors, (entries, _, deviation) => {
        entries((at) => {
          const d = at % features;
          y[at] = (gain[d] * x[at]) / (1 + Math.exp(-slope[d] * x[at])) / deviation + shift[d];
        });
      });
      return y;
    },
    backward(tensors, upstream) {
      const { x, positions, features, parameters } = tensors;
      const [gain, , slope] = parameters;
      const gradient = zeroGradient(x, parameters);
      const [byGain, byShift, bySlope] = gradient.parameters;
      const count = (positions * features) / groups;
      eachGroup(tensors, (entries, mean, deviation) => {
        let along = 0;
        entries((at) => {
          const d = at % features;
          const gate = 1 / (1 + Math.exp(-slope[d] * x[at]));
          const byGate = (gain[d] * upstream[at] * x[at] * gate * (1 - gate)) / deviation;
          byGain[d] += (upstream[at] * x[at] * gate) / deviation;
          byShift[d] += upstream[at];
          bySlope[d] += byGate * x[at];
          gradient.x[at] += (gain[d] * upstream[at] * gate) / deviation + byGate * slope[d];
          along += gain[d] * upstream[at] * x[at] * gate;
        });
        addVarianceGradient(x, entries, mean, count, -along / (2 * deviation ** 3), gradient.x);
      });
      return gradient;
    },
  };
}
