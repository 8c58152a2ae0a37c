import { drawAxes, type Frame } from '../plot/axes.js';
import { element } from '../plot/markup.js';
import { linearScale } from '../plot/ticks.js';
import { movingPath, openPicture, part, set, tenth, widthOf } from './picture.js';
import { type Angles, curveOf, type Qubit } from './qubit.js';

export interface ActivationView {
  /** The values that are shown. */
  readonly show: (angles: Angles, x: number) => Float64Array;
  /** The curve's x. */
  readonly x: Float64Array;
}

const POINTS = 241;

/** The curve of ⟨Z⟩ over x with fixed axes, and a point at one x. */
export function openActivation(host: HTMLElement, qubit: Qubit): ActivationView {
  const { domain } = qubit;
  const width = widthOf(host);
  const frame: Frame = { left: 40, top: 30, width: width - 56, height: 190 };
  const bottom = frame.top + frame.height;
  const across = linearScale([-domain, domain], [frame.left, frame.left + frame.width], width < 400 ? 5 : 9, false);
  const up = linearScale([-1, 1], [bottom - 4, frame.top + 4], 5, false);
  const svg = openPicture(host, {
    width,
    height: 272,
    title: 'The activation: ⟨Z⟩ as a function of x',
    description: `A curve for x from ${-domain} to ${domain}, values from −1 to 1, and a point at the x that is chosen.`,
    content: [
      drawAxes(frame, across, up, { x: qubit.plan.encoding === 'acos' ? 'x' : 'x (rad)', y: '⟨Z⟩' }),
      element('path', { class: 'guide stroke-series1', 'stroke-width': 1, 'stroke-dasharray': '3 3' }),
      element('path', {
        class: 'moving stroke-series0',
        'stroke-width': 2.5,
        'stroke-linejoin': 'round',
        fill: 'none',
      }),
      element('circle', { class: 'at fill-series1', r: 5 }),
    ],
  });
  const [curve, guide, at] = ['moving', 'guide', 'at'].map((name) => part(svg, name));
  const x = Float64Array.from({ length: POINTS }, (_, k) => domain * ((2 * k) / (POINTS - 1) - 1));
  return {
    x,
    show(angles, chosen) {
      const y = curveOf(qubit, angles, x);
      set(
        curve,
        'd',
        movingPath(
          (k) => across.map(x[k]),
          (k) => up.map(y[k]),
          POINTS,
        ),
      );
      const left = tenth(across.map(chosen));
      set(guide, 'd', `M${left},${frame.top}V${bottom}`);
      set(at, 'cx', String(left));
      set(at, 'cy', String(tenth(up.map(curveOf(qubit, angles, Float64Array.of(chosen))[0]))));
      return y;
    },
  };
}
