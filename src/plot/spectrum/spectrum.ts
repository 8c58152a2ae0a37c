import type { Spectrum } from '../../spectrum/spectrum.js';
import { drawLegend, type Frame, type LegendEntry } from '../axes.js';
import { element, label } from '../markup.js';
import { shortNumber } from '../numbers.js';
import { svgDocument } from '../theme.js';
import { drawBars } from './bar.js';
import { checkSpectrum, checkSpectrumOptions, column, draws, rangeOf, type SpectrumOptions } from './picture.js';
import { drawSpokes } from './radial.js';
import { drawViolins, sides } from './violin.js';

const WHERE = 'spectrumSvg';

/**
 * A Fourier spectrum in one variable as SVG: the coefficients c_ω of f(t) = Σ_ω c_ω e^{iωt}, ω ≥ 0, over all draws of the
 * parameters. Bars of |c_ω|, violins of its real and imaginary parts, or spokes around a centre.
 *
 * @param spectrum  frequencies in 1/(unit of the variable), coefficients of shape [batch, frequencies, 2]
 * @returns a whole SVG document; the same input gives the same text
 * @throws if the spectrum has several variables, is not finite, or has too few draws for violins
 * Cost: O(batch · log batch) a frequency, for the quantiles.
 * @example spectrumSvg({ variables: ['x'], frequencies: Float64Array.of(0, 1), batch: 1, coefficients: Float64Array.of(0.5, 0, 0.2, -0.1) })
 */
export function spectrumSvg(spectrum: Spectrum, options: SpectrumOptions = {}): string {
  checkSpectrumOptions(WHERE, options);
  checkSpectrum(WHERE, 'spectrum', spectrum);
  const { kind = 'bar', verticalScale = 'linear', title, xName = `frequency ω in ${spectrum.variables[0]}` } = options;
  const { width = kind === 'radial' ? 560 : 720, height = kind === 'radial' ? 560 : 420 } = options;
  const head = title ? 46 : 14;
  const entries = legendOf(spectrum, kind);
  const top = head + 30 + 18 * (entries.length - 1) + 14;
  const frame: Frame = { left: 64, top: top + 14, width: width - 64 - 24, height: height - top - 14 - 52 };
  const centre = {
    x: width / 2,
    y: (top + height - 32) / 2,
    radius: Math.min(width / 2 - 44, (height - 32 - top) / 2 - 26),
  };
  const drawn =
    kind === 'bar'
      ? drawBars(spectrum, frame, xName, verticalScale)
      : kind === 'violin'
        ? drawViolins(WHERE, spectrum, frame, xName)
        : drawSpokes(spectrum, centre) +
          label(24, height - 14, `|c(ω)| at ${xName}, clockwise`, { 'font-size': 12, class: 'fill-ink' });
  const content = [
    ...(title ? [label(24, 32, title, { 'font-size': 17, 'font-weight': 600, class: 'fill-ink' })] : []),
    element('g', { class: 'legend-place' }, drawLegend(24, head + 10, entries)),
    drawn,
  ];
  return svgDocument(
    { width, height, title: title ?? `Spectrum in ${spectrum.variables[0]}`, description: describe(spectrum), content },
    options,
  );
}

function legendOf({ batch }: Spectrum, kind: SpectrumOptions['kind']): LegendEntry[] {
  if (kind === 'violin')
    return sides.map(({ name, colour, sign }) => ({
      text: `${name}, ${sign < 0 ? 'left' : 'right'}; line: median of ${draws(batch)}`,
      colour,
    }));
  if (batch === 1) return [{ text: kind === 'radial' ? '|c(ω)|' : '|c(ω)| of one draw', colour: 'series0' }];
  return [{ text: `median of ${draws(batch)}; broad: middle half; fine: all`, colour: 'series0' }];
}

/** The frequencies and the strongest coefficients, for those who cannot see them. */
function describe(spectrum: Spectrum): string {
  const { frequencies, batch, variables } = spectrum;
  const medians = Array.from(frequencies, (frequency, k) => ({
    frequency,
    median: rangeOf(column(spectrum, k, 'abs')).median,
  }));
  const strongest = medians.sort((a, b) => b.median - a.median).slice(0, 8);
  const list = strongest.map(({ frequency, median }) => `${shortNumber(median)} at ω = ${shortNumber(frequency)}`);
  const [first, last] = [frequencies[0], frequencies[frequencies.length - 1]];
  return `Fourier coefficients in ${variables[0]} at ${frequencies.length} frequencies from ${shortNumber(first)} to ${shortNumber(last)}, ${draws(batch)}. Strongest, by median |c|: ${list.join(', ')}.`;
}
