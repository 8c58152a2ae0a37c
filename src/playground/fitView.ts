import { drawAxes, type Frame } from '../plot/axes.js';
import { element } from '../plot/markup.js';
import { extent } from '../plot/numbers.js';
import { linearScale, type Scale } from '../plot/ticks.js';
import { movingPath, openPicture, part, set, tenth, widthOf } from './picture.js';
import { NUM_SAMPLES, roundDrawn, sampleX } from './state.js';

export interface FitView {
  readonly showTarget: (values: ArrayLike<number>) => void;
  readonly showFit: (values: ArrayLike<number> | undefined) => void;
}

/** The target, which can be drawn over with the pointer or with arrow keys, and the network's output. */
export function openFit(host: HTMLElement, drawn: (values: readonly number[]) => void): FitView {
  let target: number[] = Array.from({ length: NUM_SAMPLES }, () => 0);
  let fit: ArrayLike<number> | undefined;
  let cursor = (NUM_SAMPLES - 1) / 2;
  let [low, high] = [0, 0];
  let scene: { svg: SVGSVGElement; across: Scale; up: Scale } | undefined;

  /** Axes that hold every target within −1 … 1, and more only where the target needs it. */
  const open = (): NonNullable<typeof scene> => {
    const width = widthOf(host, 900);
    const height = Math.round(Math.min(380, Math.max(280, 0.5 * width)));
    const frame: Frame = { left: 44, top: 30, width: width - 60, height: height - 82 };
    const bottom = frame.top + frame.height;
    const across = linearScale([-1, 1], [frame.left, frame.left + frame.width], width < 400 ? 5 : 9, false);
    const up = linearScale([low, high], [bottom - 8, frame.top + 8], 5, false);
    const line = (name: string, colour: string, weight: number, opacity?: number): string =>
      element('path', {
        class: `${name} stroke-${colour}`,
        'stroke-width': weight,
        'stroke-opacity': opacity,
        'stroke-linejoin': 'round',
        'stroke-linecap': 'round',
        fill: 'none',
      });
    const svg = openPicture(host, {
      width,
      height,
      title: 'Target and network',
      description: 'Two curves over x from −1 to 1: the target, and what the network gives.',
      content: [
        drawAxes(frame, across, up, { x: 'x', y: 'y' }),
        line('target', 'series1', 5, 0.55),
        line('fit', 'series0', 2.5),
        element('circle', { class: 'cursor stroke-ink', fill: 'none', 'stroke-width': 2, r: 7 }),
      ],
    });
    scene = { svg, across, up };
    return scene;
  };

  const paint = (): void => {
    const [least, most] = extent(target);
    const [from, to] = [Math.min(-1, least), Math.max(1, most)];
    if (!scene || from !== low || to !== high) {
      [low, high] = [from, to];
      scene = open();
    }
    const { svg, across, up } = scene;
    const curve = (values: ArrayLike<number>): string =>
      movingPath(
        (k) => across.map(sampleX[k]),
        (k) => up.map(Math.min(2 * high - low, Math.max(2 * low - high, values[k]))),
        NUM_SAMPLES,
      );
    set(part(svg, 'target'), 'd', curve(target));
    set(part(svg, 'fit'), 'd', fit ? curve(fit) : '');
    const mark = part(svg, 'cursor');
    set(mark, 'cx', String(tenth(across.map(sampleX[cursor]))));
    set(mark, 'cy', String(tenth(up.map(target[cursor]))));
    host.setAttribute('aria-valuenow', String(Math.round(1000 * target[cursor]) / 1000));
    host.setAttribute('aria-valuemin', low.toFixed(2));
    host.setAttribute('aria-valuemax', high.toFixed(2));
    host.setAttribute('aria-valuetext', `y = ${target[cursor].toFixed(2)} at x = ${sampleX[cursor].toFixed(2)}`);
  };

  /** Sets the target between two points that the pointer went through. */
  const draw = (from: readonly [number, number], to: readonly [number, number]): void => {
    const [a, b] = from[0] <= to[0] ? [from, to] : [to, from];
    target = target.map((value, k) => {
      if (k < a[0] || k > b[0]) return value;
      return roundDrawn(a[0] === b[0] ? to[1] : a[1] + ((b[1] - a[1]) * (k - a[0])) / (b[0] - a[0]));
    });
    cursor = to[0];
    drawn(target);
    paint();
  };

  let last: readonly [number, number] | undefined;
  const place = (event: PointerEvent): readonly [number, number] => {
    const { svg, across, up } = scene ?? open();
    const box = svg.getBoundingClientRect();
    const size = svg.viewBox.baseVal;
    const [px, py] = [
      ((event.clientX - box.left) / box.width) * size.width,
      ((event.clientY - box.top) / box.height) * size.height,
    ];
    const [left, right, bottom, top] = [across.map(-1), across.map(1), up.map(low), up.map(high)];
    const share = Math.min(1, Math.max(0, (px - left) / (right - left)));
    const height = Math.min(1, Math.max(0, (py - bottom) / (top - bottom)));
    return [Math.round(share * (NUM_SAMPLES - 1)), low + height * (high - low)];
  };
  host.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    host.setPointerCapture(event.pointerId);
    last = place(event);
    draw(last, last);
  });
  host.addEventListener('pointermove', (event) => {
    if (!last) return;
    const next = place(event);
    draw(last, next);
    last = next;
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    host.addEventListener(end, () => {
      last = undefined;
    });
  }
  host.addEventListener('keydown', (event) => {
    const along = { ArrowLeft: -1, ArrowRight: 1, Home: -NUM_SAMPLES, End: NUM_SAMPLES }[event.key];
    const upwards = { ArrowUp: 0.02, ArrowDown: -0.02, PageUp: 0.2, PageDown: -0.2 }[event.key];
    if (along === undefined && upwards === undefined) return;
    event.preventDefault();
    if (along !== undefined) {
      const next = Math.min(NUM_SAMPLES - 1, Math.max(0, cursor + along * (event.shiftKey ? 10 : 1)));
      cursor = next;
      paint();
    } else {
      const value = Math.min(high, Math.max(low, target[cursor] + (upwards as number) * ((high - low) / 2)));
      raise(value);
    }
  });
  /** A bump around the cursor, so that a few keys make a smooth curve. */
  const raise = (value: number): void => {
    const change = value - target[cursor];
    target = target.map((y, k) => {
      const away = (k - cursor) / 6;
      return roundDrawn(Math.min(high, Math.max(low, y + change * Math.exp(-away * away))));
    });
    drawn(target);
    paint();
  };

  new ResizeObserver(() => {
    if (!scene || scene.svg.viewBox.baseVal.width === widthOf(host, 900)) return;
    open();
    paint();
  }).observe(host);

  return {
    showTarget(values) {
      target = Array.from(values);
      paint();
    },
    showFit(values) {
      fit = values;
      paint();
    },
  };
}
