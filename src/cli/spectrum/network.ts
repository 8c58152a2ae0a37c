import { DaruanError } from '../../foundation/errors.js';
import { activationSpectrum } from '../../spectrum/activation.js';
import { patience } from '../patience.js';
import { trainedCircuits } from '../trainedCircuits.js';
import type { SpectrumOptions } from './command.js';
import type { Result } from './result.js';

/** The spectra of the circuits on a trained network's edges; post-activation weights and base functions are not part of them. */
export async function ofNetwork(folder: string, options: SpectrumOptions): Promise<Result[]> {
  const layers = await trainedCircuits('spectrum', folder);
  const edges = layers.flatMap(({ inDim, outDim }, layer) =>
    Array.from({ length: outDim * inDim }, (_, edge) => ({
      layer,
      output: Math.floor(edge / inDim),
      input: edge % inDim,
    })),
  );
  const chosen = edges.filter((edge) =>
    (['layer', 'output', 'input'] as const).every(
      (name) => options[name] === undefined || options[name] === edge[name],
    ),
  );
  if (chosen.length === 0) {
    throw new DaruanError('spectrum', 'the network has no such edge', 'Layers, outputs and inputs count from 0.');
  }
  const progress = patience('edges', chosen.length);
  try {
    return chosen.map((edge, k) => {
      const { plan, parameters, inDim, measurement } = layers[edge.layer];
      if (measurement === 'amplitude') {
        throw new DaruanError(
          'spectrum',
          'the network measures amplitudes: |α| − |β| is no trigonometric polynomial',
          'Train it with --measurement expectation.',
        );
      }
      const [at, width] = [edge.output * inDim + edge.input, plan.parameters.length];
      const row = Float64Array.from(parameters.subarray(at * width, (at + 1) * width));
      const spectrum = { ...activationSpectrum(plan, row), method: 'propagation', conditionNumber: 1 };
      progress.done(k + 1);
      return { edge, spectrum };
    });
  } finally {
    progress.stop();
  }
}
