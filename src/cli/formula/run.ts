import { join } from 'node:path';
import type { Dataset } from '../../data/dataset.js';
import { parseFormula } from '../../data/formula.js';
import { regressionErrors } from '../../data/metrics.js';
import type { Standardisation } from '../../data/standardise.js';
import { DaruanError } from '../../foundation/errors.js';
import { formulas } from '../../symbolic/formula.js';
import { formulaLatex } from '../../symbolic/latex.js';
import { inOriginalUnits } from '../../symbolic/originalUnits.js';
import { datasetTensors } from '../../tf/plainArrays.js';
import { loadModel } from '../../tf/storage/files.js';
import { autoSymbolic } from '../../tf/structure/autoSymbolic.js';
import { fourierFormulas } from '../../tf/structure/fourierFormulas.js';
import { startReadableEngine } from '../engine.js';
import { readSummary, requirePart } from '../readSummary.js';
import { errorsOn } from '../train/summary.js';
import { trainedSamples } from '../trainedSamples.js';
import { deliver } from '../writeText.js';
import type { FormulaOptions } from './command.js';

/** The formulas of a trained network; returns what belongs on stdout. */
export async function formula(folder: string, options: FormulaOptions): Promise<string> {
  const { data, library, digits, exact, latex, out } = options;
  const summary = await readSummary(folder);
  requirePart('formula', 'hasEdges', summary);
  const foreign = exact && (data !== undefined ? '--data' : library && '--library');
  if (foreign) throw new DaruanError(foreign, 'nothing is fitted with --exact', 'Leave one of them out.');
  const { inputs, targets, standardisation, settings } = summary;
  if (exact && settings.layer !== 'qkan') {
    const problem = `functions on the edges of --layer ${settings.layer} have no Fourier series`;
    throw new DaruanError('--exact', problem, 'Leave it out.');
  }
  const samples = exact ? undefined : await trainedSamples(summary, data);
  await startReadableEngine(settings.backend);
  const model = await loadModel(join(folder, 'model'));
  const { texts, loss = 0 } = samples
    ? fitted(model, samples, { library, digits }, standardisation)
    : { texts: fourierFormulas(model, digits).map((text) => inUnits(text, standardisation)) };
  if (samples) {
    const read = texts.map((text) => parseFormula(text, inputs.length));
    const x = original(samples.x, standardisation);
    const values = Float64Array.from({ length: samples.numSamples * targets.length }, (_, at) => {
      const row = Math.floor(at / targets.length) * inputs.length;
      return read[at % targets.length](x.subarray(row, row + inputs.length));
    });
    const { rmse } = regressionErrors(values, samples.y, targets.length);
    const own = (await errorsOn(model, samples)).rmse;
    const errors = `formula ${rmse.toExponential(3)}, network ${own.toExponential(3)}`;
    process.stderr.write(`RMSE on ${samples.numSamples} samples: ${errors}.\n`);
    const unrounded = Math.sqrt(loss);
    if (rmse > 2 * unrounded + 1e-6) {
      process.stderr.write(
        `Of the formula before it is rounded: ${unrounded.toExponential(3)}. More --digits say more.\n`,
      );
    }
  }
  if (inputs.length > 1 || targets.length > 1) process.stderr.write(legend(inputs, targets));
  const lines = latex ? texts.map(formulaLatex) : texts;
  return deliver(`${lines.join('\n')}\n`, out);
}

type Model = Awaited<ReturnType<typeof loadModel>>;

function fitted(
  model: Model,
  { numSamples, x, y }: Dataset,
  { library, digits = 4 }: Pick<FormulaOptions, 'library' | 'digits'>,
  standardisation: Standardisation | undefined,
): { readonly texts: readonly string[]; readonly loss?: number } {
  const tensors = datasetTensors(numSamples, x, y);
  try {
    type Matrix = Parameters<typeof autoSymbolic>[1];
    const { network, loss } = autoSymbolic(model, tensors.x as Matrix, {
      y: tensors.y as Matrix,
      ...(library && { library }),
    });
    return { texts: formulas(standardisation ? inOriginalUnits(network, standardisation) : network, digits), loss };
  } finally {
    tensors.x.dispose();
    tensors.y.dispose();
  }
}

/** Inputs as they were before they were standardised. */
const original = (x: Float64Array, standardisation: Standardisation | undefined): Float64Array => {
  if (!standardisation) return x;
  const { mean, scale } = standardisation;
  return x.map((value, at) => value * scale[at % mean.length] + mean[at % mean.length]);
};

/** A formula of standardised inputs as one of the inputs before. */
const inUnits = (text: string, standardisation: Standardisation | undefined): string => {
  if (!standardisation) return text;
  const { mean, scale } = standardisation;
  return text.replace(/\bx(\d*)\b/g, (symbol, number) => {
    const i = Number(number || 1) - 1;
    return `((${symbol} - ${mean[i]}) / ${scale[i]})`.replace('- -', '+ ');
  });
};

/** What the symbols stand for, and the order of the formulas. */
function legend(inputs: readonly string[], targets: readonly string[]): string {
  const symbols = inputs.map((name, i) => [inputs.length === 1 ? 'x' : `x${i + 1}`, name]);
  const other = symbols.filter(([symbol, name]) => symbol !== name).map(([symbol, name]) => `${symbol} is ${name}`);
  const parts = [
    ...(other.length > 0 ? [other.join(', ')] : []),
    ...(targets.length > 1 ? [`a formula each for ${targets.join(', ')}`] : []),
  ];
  return parts.length > 0 ? `${parts.join('; ')}.\n` : '';
}
