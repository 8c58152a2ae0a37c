import { coefficientStatistics } from '../../spectrum/statistics.js';
import type { Result } from './result.js';

const LEVELS = [0, 0.25, 0.5, 0.75, 1];

type Row = Readonly<Record<string, number | undefined>>;

/** One row a frequency: the coefficient itself, or how it is distributed over the draws. */
function rowsOf({ spectrum, edge, signVectors, eigenvaluePairs }: Result): Row[] {
  const { variables, frequencies, batch, coefficients } = spectrum;
  const width = variables.length;
  const statistics = batch > 1 ? coefficientStatistics(spectrum, LEVELS) : undefined;
  return Array.from({ length: frequencies.length / width }, (_, k): Row => {
    const columns = variables.map((name, v) => [
      width === 1 ? 'frequency' : `frequency_${name}`,
      frequencies[k * width + v],
    ]);
    return {
      ...edge,
      ...Object.fromEntries(columns),
      ...(statistics
        ? {
            mean_re: statistics.mean[2 * k],
            mean_im: statistics.mean[2 * k + 1],
            variance: statistics.variance[k],
            mean_magnitude: statistics.magnitude[k],
            ...Object.fromEntries(
              LEVELS.map((level, l) => [`quantile_${100 * level}`, statistics.quantiles[k * LEVELS.length + l]]),
            ),
          }
        : {
            re: coefficients[2 * k],
            im: coefficients[2 * k + 1],
            magnitude: Math.hypot(coefficients[2 * k], coefficients[2 * k + 1]),
          }),
      sign_vectors: signVectors?.[k],
      eigenvalue_pairs: eigenvaluePairs?.[k],
    };
  });
}

/** A header, then one line a frequency. */
export function toCsv(results: readonly Result[]): string {
  const rows = results.flatMap(rowsOf);
  const header = Object.keys(rows[0]);
  return [header.join(','), ...rows.map((row) => header.map((column) => row[column] ?? '').join(',')), ''].join('\n');
}

/** An object for a circuit, a list of them for a network. */
export function toJsonText(results: readonly Result[]): string {
  const documents = results.map((result) => {
    const { variables, batch, method, conditionNumber } = result.spectrum;
    return {
      ...result.edge,
      variables,
      samples: batch,
      method,
      conditionNumber,
      frequencies: rowsOf({ ...result, edge: undefined }),
    };
  });
  return `${JSON.stringify(results[0].edge ? documents : documents[0], null, 2)}\n`;
}
