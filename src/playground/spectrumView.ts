import { drawAxes, type Frame } from '../plot/axes.js';
import { element, label } from '../plot/markup.js';
import { linearScale, type Scale } from '../plot/ticks.js';
import type { FourierTerm } from '../spectrum/activation.js';
import { openPicture, part, set, tenth, widthOf } from './picture.js';
import type { Qubit } from './qubit.js';

export interface SpectrumView {
  readonly show: (terms: readonly FourierTerm[] | undefined) => void;
}

/** Stems of |c| over the frequency, with axes that change only when a frequency leaves them. */
export function openSpectrum(host: HTMLElement, { plan }: Qubit): SpectrumView {
  let greatest = 0;
  let drawn: { stems: Element; note: Element; across: Scale; up: Scale; bottom: number } | undefined;
  const draw = (end: number): NonNullable<typeof drawn> => {
    greatest = end;
    const width = widthOf(host, 900);
    const frame: Frame = { left: 40, top: 30, width: width - 56, height: 190 };
    const bottom = frame.top + frame.height;
    const across = linearScale([0, end], [frame.left + 12, frame.left + frame.width - 12], width < 400 ? 5 : 9, false);
    const up = linearScale([0, 1], [bottom, frame.top + 4], 5, false);
    const svg = openPicture(host, {
      width,
      height: 272,
      title: 'The spectrum: amplitude of each frequency',
      description: 'A stem for each frequency ω of the activation, as high as the absolute value of its coefficient c.',
      content: [
        drawAxes(frame, across, up, {
          x: plan.encoding === 'acos' ? 'frequency ω in acos x' : 'frequency ω (1/rad)',
          y: '|c(ω)|',
        }),
        element('path', { class: 'moving stroke-series0', fill: 'none', 'stroke-linecap': 'round' }),
        label(frame.left + frame.width / 2, frame.top + frame.height / 2, '', {
          class: 'note fill-muted',
          'text-anchor': 'middle',
          'font-size': 13,
        }),
      ],
    });
    return { stems: part(svg, 'moving'), note: part(svg, 'note'), across, up, bottom };
  };
  return {
    show(terms = []) {
      const last = terms[terms.length - 1]?.frequency ?? plan.reps;
      // a little room to grow, and none wasted when frequencies shrink
      if (!drawn || last > greatest || last < 0.45 * greatest) drawn = draw(Math.max(1, Math.ceil(1.15 * last)));
      const { stems, note, across, up, bottom } = drawn;
      let d = '';
      for (const { frequency, re, im } of terms) {
        const height = Math.hypot(re, im);
        if (height < 5e-4) continue; // less than a tenth of a pixel
        d += `M${tenth(across.map(frequency))},${bottom}V${tenth(up.map(Math.min(1, height)))}`;
      }
      set(stems, 'd', d);
      set(stems, 'stroke-width', terms.length > 60 ? '2' : terms.length > 20 ? '4' : '7');
      const text = terms.length > 0 ? '' : 'acos(w·x) with w ≠ 1 has no finite series';
      if (note.textContent !== text) note.textContent = text;
    },
  };
}
