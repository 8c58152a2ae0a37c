import { describe, expect, it } from 'vitest';
import type { ActivationTensors } from '../../src/activations/activation.js';
import { activationFrom, activationNames, activationSpec } from '../../src/activations/table.js';
import { Random } from '../../src/foundation/random.js';
import { activationOf, FEATURES, POSITIONS, specs, tensorsOf } from './cases.js';

const cases = specs.map((spec) => [JSON.stringify(spec), spec] as const);

describe.each(cases)('activation %s', (_, spec) => {
  const activation = activationOf(spec);

  it.each([true, false])('has the derivatives that differences give, training %s', (training) => {
    const tensors = tensorsOf(activation, training);
    const random = new Random(2);
    const upstream = tensors.x.map(() => random.normal()) as Float64Array;
    const loss = () => activation.forward(tensors).reduce((sum, y, at) => sum + y * upstream[at], 0);
    /** Five-point rule in float64: an error of h⁴·f⁽⁵⁾/30 ≈ 1e-12 and of rounding ε/h ≈ 1e-12. */
    const differences = (array: Float64Array) =>
      array.map((start, k) => {
        const h = 1e-3;
        const at = (shift: number) => {
          array[k] = start + shift;
          const value = loss();
          array[k] = start;
          return value;
        };
        return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      });
    const gradient = activation.backward(tensors, upstream);
    const compare = (got: Float64Array, wanted: Float64Array, name: string) => {
      const largest = Math.max(1, ...wanted.map(Math.abs));
      wanted.forEach((value, k) => {
        expect(Math.abs(got[k] - value) / largest, `${name}[${k}]`).toBeLessThan(1e-8);
      });
    };
    compare(gradient.x, differences(tensors.x as Float64Array), 'x');
    activation.blocks(FEATURES).forEach(({ name, trainable }, b) => {
      if (!trainable) return;
      const wanted = differences(tensors.parameters[b] as Float64Array);
      compare(gradient.parameters[b], wanted, name);
      expect(Math.max(...wanted.map(Math.abs)), `${name} has an effect`).toBeGreaterThan(1e-6);
    });
  });

  it('says truly whether a row depends on the rows beside it', () => {
    const whole = activation.forward(tensorsOf(activation, true));
    const alone = activation.forward(tensorsOf(activation, true, 1));
    const same = alone.every((y, at) => y === whole[at]);
    expect(same).toBe(!activation.batchDependent);
    const inferred = activation.forward(tensorsOf(activation, false));
    const inferredAlone = activation.forward(tensorsOf(activation, false, 1));
    expect([...inferredAlone]).toEqual([...inferred.subarray(0, FEATURES * POSITIONS)]);
  });

  it('comes back from plain data', () => {
    const kept = JSON.parse(JSON.stringify(activationSpec(activation)));
    const again = activationFrom('test', kept);
    expect([...again.forward(tensorsOf(again, false))]).toEqual([...activation.forward(tensorsOf(activation, false))]);
  });

  it('has moments for its untrained blocks of a batch, where it depends on the batch', () => {
    const untrained = activation.blocks(FEATURES).filter(({ name }) => name === 'mean' || name === 'variance');
    const moments = activation.moments?.(tensorsOf(activation, true)) ?? [];
    expect(moments.map(({ length }) => length)).toEqual(untrained.map(() => FEATURES));
    expect(moments.length > 0).toBe(activation.batchDependent);
  });
});

describe('The table of activations', () => {
  it('is tried in full', () => {
    expect(new Set(specs.map(({ name }) => name))).toEqual(new Set(activationNames));
  });

  it('takes an activation of one’s own as it is', () => {
    const own = { ...activationOf({ name: 'selu' }), name: 'own' };
    expect(activationFrom('test', own)).toBe(own);
    expect(activationSpec(own)).toBeUndefined();
  });
});

describe('Published values of', () => {
  const evaluate = (
    name: (typeof specs)[number],
    x: number[],
    shape: Partial<ActivationTensors> = {},
    first: number[] = [],
  ) => {
    const activation = activationOf(name);
    const features = shape.features ?? 1;
    const parameters = activation
      .blocks(features)
      .map(({ values }, b) => (b === 0 && first.length > 0 ? Float64Array.from(first) : values));
    const y = activation.forward({
      x: Float64Array.from(x),
      batch: x.length / features,
      positions: 1,
      features,
      parameters,
      training: true,
      ...shape,
    });
    return [...y];
  };
  /** The values are printed with 9 or 10 digits after the point. */
  const close = (got: number[], wanted: number[]) => {
    expect(got.length).toBe(wanted.length);
    got.forEach((value, k) => {
      expect(Math.abs(value - wanted[k])).toBeLessThanOrEqual(6e-10);
    });
  };
  const line = [-2, -1, -0.5, 0, 0.5, 1, 2, 3];
  const grid = Array.from({ length: 16 }, (_, k) => (k - 7.5) / 4);
  /** [2, 2, 2, 2] with channels second to channels last, and back. */
  const channelsLast = (values: number[]) =>
    values.map((_, at) => values[8 * (at >> 3) + 4 * (at & 1) + ((at >> 1) & 3)]);
  const channelsSecond = (values: number[]) =>
    values.map((_, at) => values[8 * (at >> 3) + 2 * (at & 3) + ((at >> 2) & 1)]);
  const map = { batch: 2, positions: 4, features: 2 };

  it('SELU', () => close(evaluate({ name: 'selu' }, [-1, -3]), [-1.1113307378, -1.6705687288]));

  it('CRReLU', () =>
    close(
      evaluate({ name: 'crrelu' }, [-2, -1, -0.5, 0.5, 1, 2]),
      [-0.0027067057, -0.0060653066, -0.0044124845, 0.5044124845, 1.0060653066, 2.0027067057],
    ));

  it('PolyNorm and PolyReLU', () => {
    close(
      evaluate({ name: 'polyNorm' }, line, { features: 8 }),
      [-0.332870871, -0.157802154, -0.088805623, 0, 0.132740449, 0.333541457, 1.03582808, 2.299865735],
    );
    close(evaluate({ name: 'polyReLU' }, line), [0, 0, 0, 0, 0.291666667, 1, 4.666666667, 13]);
    expect(evaluate({ name: 'polyReLU' }, line, {}, [0, 1, 0, 0])).toEqual(line.map((x) => Math.max(0, x)));
  });

  it('EvoNorm-B0', () =>
    close(
      channelsSecond(evaluate({ name: 'evoNormB0' }, channelsLast(grid), map)),
      [
        -1.805779422, -1.565008832, -1.324238243, -1.083467653, -0.842697063, -0.601926474, -0.361155884, -0.120385295,
        0.120385295, 0.361155884, 0.601926474, 0.757886534, 0.800981749, 0.831053534, 0.8532305, 0.870260867,
      ],
    ));

  it('EvoNorm-S0 of one group', () =>
    close(
      channelsSecond(evaluate({ name: 'evoNormS0' }, channelsLast(grid), map)),
      [
        -0.435221008, -0.466698549, -0.48442443, -0.481330076, -0.449413945, -0.380397233, -0.266658242, -0.102296943,
        0.115917622, 0.387985453, 0.710675593, 1.07808801, 1.48260101, 1.915935786, 2.370090797, 2.837997469,
      ],
    ));

  it('Dice, which is the identity for α = 1', () => {
    close(evaluate({ name: 'dice', alpha: 0.25 }, [1, 2, 3, 4]), [0.405430272, 1.085035194, 2.122447208, 3.378278913]);
    expect(evaluate({ name: 'dice', alpha: 1 }, [1, 2, 4])).toEqual([1, 2, 4]);
    close(evaluate({ name: 'dice', alpha: 0 }, [3, 3]), [1.5, 1.5]);
  });
});
