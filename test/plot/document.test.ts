import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circuit, op } from '../../circuits/circuit.js';
import { activationSvg } from '../../src/plot/activation.js';
import { blochSvg } from '../../src/plot/bloch/bloch.js';
import { circuitSvg } from '../../src/plot/circuit/circuit.js';
import { lossSvg } from '../../src/plot/loss.js';
import { networkSvg } from '../../src/plot/network.js';
import { frequencyGrowthSvg } from '../../src/plot/spectrum/growth.js';
import { spectrumHistorySvg } from '../../src/plot/spectrum/history.js';
import { spectrumSvg } from '../../src/plot/spectrum/spectrum.js';
import type { PictureOptions } from '../../src/plot/theme.js';
import { blochPath } from '../../src/simulate/blochPath.js';
import { network } from './networks.js';
import { all, numbersOf, parse, select, textsOf } from './picture.js';
import { spectrum } from './spectra.js';

/** Each kind of picture, all its texts replaced by `text`. */
const pictures: Readonly<Record<string, (text: string, options?: PictureOptions) => string>> = {
  networkSvg: (text, options) =>
    networkSvg({ ...network([2, 3, 1], [1]), title: text, inputNames: [text, text], outputNames: [text] }, options),
  lossSvg: (text, options) => {
    const history = [1, 0.1, 0.02].map((loss, k) => ({ step: 10 * k, loss, validationLoss: 2 * loss, method: text }));
    return lossSvg(history, { ...options, title: text, lossName: text });
  },
  activationSvg: (text, options) => {
    const terms = [{ frequency: 1, re: 0.5, im: 0 }];
    return activationSvg({ x: [0, 1, 2], y: [1, 0.5, -0.4], terms, title: text, xName: text, yName: text }, options);
  },
  spectrumSvg: (text, options) => spectrumSvg(spectrum(4), { ...options, title: text, xName: text }),
  'spectrumSvg, violins': (text, options) => spectrumSvg(spectrum(9), { ...options, kind: 'violin', title: text }),
  'spectrumSvg, radial': (text, options) => spectrumSvg(spectrum(4), { ...options, kind: 'radial', title: text }),
  spectrumHistorySvg: (text, options) =>
    spectrumHistorySvg(
      { steps: [0, 3], spectra: [spectrum(1), spectrum(2)] },
      { ...options, title: text, yName: text },
    ),
  frequencyGrowthSvg: (text, options) =>
    frequencyGrowthSvg([{ name: text, reps: [1, 2, 3], counts: [2, 5, 14] }], { ...options, title: text, yName: text }),
  blochSvg: (text, options) => {
    const source = circuit({
      numQubits: 1,
      data: ['x'],
      operations: [op('h', [0]), op('rz', [0], 'x'), op('u', [0], 1, 2, 'a')],
    });
    return blochSvg(blochPath(source, { x: 1, a: 0.3 }), { ...options, title: text });
  },
  circuitSvg: (text, options) => {
    const operations = [op('h', [0]), op('rz', [1], 'theta_0*x + 0.123456')];
    return circuitSvg(circuit({ numQubits: 2, data: ['x'], operations }), { ...options, title: text });
  },
};

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(pictures))('%s', (_, draw) => {
  it('is well-formed XML that holds any text unchanged', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((s) => s.trim() === s);
    fc.assert(
      fc.property(fc.oneof(text, fc.constantFrom('a < b & "c" > \'d\'', '</text><script>', '&amp;', ']]>')), (name) => {
        const root = parse(draw(name));
        expect(root.attributes['aria-label']).toBe(name);
        expect(root.children.find((child) => child.name === 'title')?.text).toBe(name);
        expect(select(root, 'script')).toEqual([]);
      }),
      { seed: 20260102, numRuns: 60 },
    );
  });

  it('replaces what XML cannot hold', () => {
    const svg = draw('a\u0000b\u001bc\ud800d');
    expect(parse(svg).attributes['aria-label']).toBe('a\ufffdb\ufffdc\ufffdd');
  });

  it('is the same text for the same input, with coordinates of at most two decimals', () => {
    expect(draw('name')).toBe(draw('name'));
    for (const { attributes } of all(parse(draw('name')))) {
      for (const value of Object.values(attributes))
        expect(value).not.toMatch(/\.\d{3}|NaN|Infinity|undefined|-0(?![.\d])/);
    }
  });

  it('says what it is and what it shows to those who cannot see it', () => {
    const root = parse(draw('My picture'));
    expect(root.attributes).toMatchObject({
      role: 'img',
      'aria-label': 'My picture',
      xmlns: 'http://www.w3.org/2000/svg',
    });
    expect(root.children.slice(0, 2).map(({ name }) => name)).toEqual(['title', 'desc']);
    expect(root.children[1].text.length).toBeGreaterThan(20);
  });

  it('needs nothing outside itself and has no ids, so that many can share a page', () => {
    const svg = draw('name');
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|href/);
    expect(all(parse(svg)).filter(({ attributes }) => 'id' in attributes)).toEqual([]);
  });

  it('follows the theme of the reader, or the one that is asked for', () => {
    const style = (options?: PictureOptions): string => select(parse(draw('name', options)), 'style')[0].text;
    expect(style()).toContain('prefers-color-scheme:dark');
    const [light, dark] = [style({ theme: 'light' }), style({ theme: 'dark' })];
    for (const sheet of [light, dark]) expect(sheet).not.toContain('@media');
    expect(light).toContain('.daruan-light .fill-background{fill:#ffffff}');
    expect(dark).not.toContain('#ffffff');
  });

  it('uses only classes of colour that the stylesheet knows', () => {
    const root = parse(draw('name'));
    const style = select(root, 'style')[0].text;
    const used = all(root).flatMap(({ attributes }) => attributes.class?.match(/(fill|stroke)-\w+/g) ?? []);
    expect(used.length).toBeGreaterThan(5);
    for (const name of used) expect(style).toContain(`.${name}{`);
  });

  it('leaves the background out if asked', () => {
    const grounds = (options?: PictureOptions) =>
      parse(draw('name', options)).children.filter(({ attributes }) => attributes.class === 'fill-background');
    expect(grounds()).toHaveLength(1);
    expect(grounds({ transparent: true })).toHaveLength(0);
  });
});

describe('Numbers of any size', () => {
  const value = fc.double({ min: -1e300, max: 1e300, noNaN: true });
  const curve = fc.uniqueArray(value, { minLength: 2, maxLength: 6 }).chain((x) => {
    const sorted = Float64Array.from(new Set(x.map((at) => at + 0))).sort(); // −0 and 0 are one place
    const y = fc.array(fc.oneof(value, fc.constantFrom(0, 1, 1 + 2 ** -52)), {
      minLength: sorted.length,
      maxLength: sorted.length,
    });
    return y.map((values) => ({ x: sorted, y: values }));
  });

  it('are drawn as finite coordinates inside the picture', () => {
    const history = (losses: readonly number[]) => losses.map((loss, step) => ({ step, loss }));
    fc.assert(
      fc.property(
        curve,
        fc.array(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), { minLength: 1 }),
        (points, losses) => {
          if (points.x.length < 2) return;
          const [x0, x1] = [points.x[0], points.x[points.x.length - 1]];
          const layers = [{ inDim: 1, outDim: 1, curves: [points], importance: [1] }];
          const drawn = [
            networkSvg({ layers }),
            activationSvg({ ...points, title: `${x0} to ${x1}` }),
            lossSvg(history(losses)),
            lossSvg(history(points.y), { verticalScale: 'linear' }),
          ];
          for (const svg of drawn) {
            const root = parse(svg);
            const [, , width, height] = root.attributes.viewBox.split(' ').map(Number);
            for (const { attributes } of select(root, 'path')) {
              expect(attributes.d).not.toMatch(/NaN|Infinity|e/);
              if (/^M[^a-z]*$/.test(attributes.d)) {
                numbersOf(attributes.d).forEach((at, k) => {
                  expect(at).toBeGreaterThanOrEqual(0);
                  expect(at).toBeLessThanOrEqual(k % 2 === 0 ? width : height);
                });
              }
            }
            for (const text of textsOf(root)) expect(text).not.toMatch(/NaN|Infinity|undefined/);
          }
        },
      ),
      { seed: 20260103, numRuns: 50 },
    );
  });
});

describe('The themes', () => {
  it.each(['light', 'dark'] as const)('give series a contrast of 3 and text one of 4.5 in the %s', (theme) => {
    const style = select(parse(networkSvg(network([1, 1]), { theme })), 'style')[0].text;
    const colours = Object.fromEntries(
      [...style.matchAll(/\.fill-(\w+)\{fill:(#\w{6})\}/g)].map(([, role, c]) => [role, c]),
    );
    const least = (role: string): number => (role.startsWith('series') ? 3 : 4.5);
    const roles = Object.keys(colours).filter((role) => role !== 'background' && role !== 'faint');
    expect(roles).toHaveLength(8);
    for (const role of roles) {
      expect(contrast(colours[role], colours.background), role).toBeGreaterThanOrEqual(least(role));
    }
  });

  it('draw every text in the network from the names given', () => {
    const texts = textsOf(parse(pictures.networkSvg('w')));
    expect(texts.filter((text) => text === 'w')).toHaveLength(4); // the title, two inputs, one output
  });
});
