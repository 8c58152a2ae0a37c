import { drawSphere } from '../plot/bloch/bloch.js';
import { pieces, viewFrom } from '../plot/bloch/view.js';
import { element, label } from '../plot/markup.js';
import type { BlochPath, BlochStep } from '../simulate/blochPath.js';
import { openPicture, part, set, tenth, widthOf } from './picture.js';

export interface BlochView {
  readonly show: (path: BlochPath) => void;
}

const roles: readonly { readonly role: BlochStep['role']; readonly colour: string; readonly name: string }[] = [
  { role: 'data', colour: 'series1', name: 'data' },
  { role: 'trainable', colour: 'series0', name: 'angles' },
  { role: 'fixed', colour: 'muted', name: 'fixed' },
];

/** The way of the qubit over the Bloch sphere: two paths a role, in front and behind, and an arrow to the end. */
export function openBloch(host: HTMLElement): BlochView {
  const width = widthOf(host, 360);
  const height = 320;
  const centre = { x: width / 2, y: 150, radius: Math.min(112, width / 2 - 56) };
  const view = viewFrom(centre);
  const path = (name: string, colour: string, front: boolean): string =>
    element('path', {
      class: `${name} stroke-${colour}`,
      fill: 'none',
      'stroke-width': front ? 2.4 : 1.5,
      'stroke-opacity': front ? undefined : 0.45,
      'stroke-linejoin': 'round',
    });
  const start = view(0, 0, 1);
  const svg = openPicture(host, {
    width,
    height,
    title: 'The way of the qubit over the Bloch sphere, for the x that is chosen',
    description: 'An arc for each gate, from |0⟩ at the top to the end of an arrow, whose height is ⟨Z⟩.',
    content: [
      drawSphere(view, centre),
      ...roles.flatMap(({ role, colour }) => [
        path(`${role}-back`, colour, false),
        path(`${role}-front`, colour, true),
      ]),
      element('path', { class: 'arrow stroke-ink', 'stroke-width': 1.6 }),
      element('circle', { class: 'fill-background stroke-ink', 'stroke-width': 1.6, cx: start.x, cy: start.y, r: 4.5 }),
      element('circle', { class: 'tip fill-ink', r: 5 }),
      ...roles.map(({ colour, name }, k) => {
        const left = width / 2 - 118 + 86 * k;
        const line = element('path', {
          class: `stroke-${colour}`,
          'stroke-width': 2.4,
          d: `M${left},${height - 10}h18`,
        });
        return line + label(left + 24, height - 6, name, { 'font-size': 12, class: 'fill-ink' });
      }),
    ],
  });
  const lines = roles.map(({ role }) => ({ role, back: part(svg, `${role}-back`), front: part(svg, `${role}-front`) }));
  const [arrow, tip] = [part(svg, 'arrow'), part(svg, 'tip')];
  return {
    show({ steps }) {
      for (const { role, back, front } of lines) {
        const drawn = steps
          .filter((step) => step.role === role)
          .flatMap(({ points }) => {
            const at = (k: number) => view(points[3 * k], points[3 * k + 1], points[3 * k + 2]);
            return pieces(Array.from({ length: points.length / 3 }, (_, k) => at(k)));
          });
        const join = (inFront: boolean): string =>
          drawn.flatMap((piece) => (piece.front === inFront ? [piece.d] : [])).join('');
        set(back, 'd', join(false));
        set(front, 'd', join(true));
      }
      const { points } = steps[steps.length - 1];
      const end = view(...(Array.from(points.subarray(-3)) as [number, number, number]));
      set(arrow, 'd', `M${centre.x},${centre.y}L${tenth(end.x)},${tenth(end.y)}`);
      set(tip, 'cx', String(tenth(end.x)));
      set(tip, 'cy', String(tenth(end.y)));
    },
  };
}
