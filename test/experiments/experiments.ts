import { feynmanSuite } from '../../src/data/suites/feynman.js';
import { fourierClassTask } from '../../src/data/suites/fourierClass.js';
import { specialSuite } from '../../src/data/suites/special.js';
import { toySuite } from '../../src/data/suites/toy.js';
import type { Experiment } from './experiment.js';
import { regression } from './suites/regression.js';

const toys = toySuite().filter(({ inputs }) => inputs.length <= 4);
const fourierClass = [3, 5, 10].map((frequencies) => fourierClassTask({ frequencies, seed: 7 }));

/** The comparisons, in the order of the documentation. */
export const experiments: readonly Experiment[] = [
  regression('feynman', "Feynman's formulas", feynmanSuite, { quick: ['I.26.2', 'I.16.6'] }),
  regression('toy', 'Toy functions of the paper on KANs', () => toys, { quick: ['exp-sine', 'product'] }),
  regression('special', 'Special functions', specialSuite, { quick: ['ellipj', 'lpmv1'] }),
  regression('fourier', 'Functions of the Fourier class', () => fourierClass, { quick: ['fourier-3'] }),
];
