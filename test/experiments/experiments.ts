import { feynmanSuite } from '../../src/data/suites/feynman.js';
import { fourierClassTask } from '../../src/data/suites/fourierClass.js';
import { specialSuite } from '../../src/data/suites/special.js';
import { toySuite } from '../../src/data/suites/toy.js';
import type { Experiment } from './experiment.js';
import { activations } from './models/families.js';
import { parity } from './suites/boolean.js';
import { digits } from './suites/digits.js';
import { find } from './suites/find.js';
import { grokking } from './suites/grokking.js';
import { regression } from './suites/regression.js';
import { text } from './suites/text.js';

const toys = toySuite().filter(({ inputs }) => inputs.length <= 4);
const fourierClass = [3, 5, 10].map((frequencies) => fourierClassTask({ frequencies, seed: 7 }));

const single = [...toys.filter(({ inputs }) => inputs.length === 1), ...fourierClass];

/** The comparisons, in the order of the documentation. */
export const experiments: readonly Experiment[] = [
  regression('feynman', "Feynman's formulas", feynmanSuite, { quick: ['I.26.2', 'I.16.6'] }),
  regression('toy', 'Toy functions of the paper on KANs', () => toys, { quick: ['exp-sine', 'product'] }),
  regression('special', 'Special functions', specialSuite, { quick: ['ellipj', 'lpmv1'] }),
  regression('fourier', 'Functions of the Fourier class', () => fourierClass, { quick: ['fourier-3'] }),
  regression('activation', 'One activation', () => single, {
    quick: ['J0', 'corner'],
    models: activations,
    numbers: { budget: 24, steps: 10, iterations: 20, samples: 500 },
    about: ({ numbers: n, seeds }) =>
      `One input, one edge, one output: each activation has the size (repetitions, cells, frequencies, degree) whose number of trained
parameters is nearest to ${n.budget}. Inputs are scaled to [−1, 1], targets to mean 0 and deviation 1. ${n.samples} samples to train, ${n.samples} to
test; ${n.steps * n.iterations} iterations of L-BFGS in float64. DARUAN is rpz with trained encodings and SiLU beside it; the encoding weights of
"wide" start at 1, 2, 4, …, the others at 1. Mean ± standard deviation over seeds ${seeds.join(', ')}.`,
  }),
  find,
  parity,
  grokking,
  digits,
  text,
];
