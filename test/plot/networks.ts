import { Random } from '../../src/foundation/random.js';
import type { NetworkPicture, PlotCurve } from '../../src/plot/networkPicture.js';

/** A network of the given widths whose edge e of a layer is a wave of amplitude 1 + e/10; those in `removed` are zero. */
export function network(widths: readonly number[], removed: readonly number[] = []): NetworkPicture {
  const random = new Random(7);
  const layers = widths.slice(1).map((outDim, l) => {
    const inDim = widths[l];
    const curves = Array.from({ length: inDim * outDim }, (_, e): PlotCurve => {
      const [phase, gone] = [random.uniform(0, 6), l === 0 && removed.includes(e)];
      const x = Array.from({ length: 21 }, (_, k) => -1 + k / 10);
      return { x, y: x.map((at) => (gone ? 0 : (1 + e / 10) * Math.cos(3 * at + phase))) };
    });
    return { inDim, outDim, curves, importance: curves.map(({ y }) => Math.abs(y[3])) };
  });
  return { layers };
}
