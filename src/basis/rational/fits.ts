/** P(x)/Q(x) with numerator a_0 … a_5 and denominator b_1 … b_4. */
export interface RationalFit {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

/** How Q stays at 1 or more: 1 + Σ|b_j||x|^j, or 1 + |Σ b_j x^j|. They are different functions. */
export type DenominatorForm = 'sumOfAbsolutes' | 'absoluteOfSum';

const identity: RationalFit = { numerator: [0, 1, 0, 0, 0, 0], denominator: [0, 0, 0, 0] };

/**
 * Functions as rational functions of degree 5 over 4, each fitted for its own form of the denominator on 1000 points of [−3, 3].
 * Largest errors there: silu, tanh, sigmoid and softplus below 5e-6; gelu 4e-3 and 1e-3, sin 4e-3 and 2e-5; relu 4e-2.
 */
export const rationalFits = {
  sumOfAbsolutes: {
    identity,
    gelu: {
      numerator: [-0.00126125959, 0.504046908, 0.412239171, 0.121389423, 0.0185239136, 0.00183367385],
      denominator: [0.0381663665, 0.193750987, 0.0232802874, 6.4819351e-9],
    },
    silu: {
      numerator: [3.0896586e-7, 0.500000786, 0.249997814, 0.0532656137, 0.00580271941, 0.000275153182],
      denominator: [4.1032768e-6, 0.106527673, 1.25945565e-6, 0.000550148904],
    },
    tanh: {
      numerator: [0, 1.00001371, 0, 0.107323094, 0, 0.000856939568],
      denominator: [7.12249076e-5, 0.440568228, 3.39577319e-8, 0.0144568074],
    },
    sigmoid: {
      numerator: [0.500000001, 0.249999995, 0.0554422848, 0.00688782605, 0.000484838418, 1.56425356e-5],
      denominator: [1.14276795e-8, 0.110884557, 4.80103635e-9, 0.000969676216],
    },
    relu: {
      numerator: [0.0300021174, 0.616881067, 2.37269948, 3.05939096, 1.51985279, 0.251752312],
      denominator: [1.19016155, 4.39859513, 0.908149059, 0.347392085],
    },
    softplus: {
      numerator: [0.693148805, 0.499998616, 0.181158284, 0.0405209062, 0.0053934005, 0.000328300392],
      denominator: [3.52912637e-8, 0.0810356364, 4.31566378e-6, 0.000655801202],
    },
    sin: {
      numerator: [0, 1.0180905, 0, 0.144192197, 0, -0.0252977821],
      denominator: [0.0608113518, 0.263231653, 1.05547991e-8, 0.0278633166],
    },
  },
  absoluteOfSum: {
    identity,
    gelu: {
      numerator: [-0.000423985369, 0.499999993, 0.402693573, 0.0737608033, -0.0128837317, -0.00372796508],
      denominator: [-1.54331973e-7, -0.147521457, -5.11673836e-8, 0.00745593647],
    },
    silu: {
      numerator: [3.25382727e-7, 0.5, 0.24999453, 0.0532634381, 0.00580213473, 0.000275094321],
      denominator: [5.65140787e-6, -0.106529701, 5.52604412e-7, -0.000550231048],
    },
    tanh: {
      numerator: [4.74971332e-10, 0.999994207, -3.68843849e-7, 0.107702151, -1.66712877e-8, 0.000870828157],
      denominator: [-3.77404281e-7, 0.441007513, -1.31278287e-7, 0.0145787188],
    },
    sigmoid: {
      numerator: [0.500000001, 0.250008974, 0.0554470763, 0.00688885497, 0.000484935139, 1.56447821e-5],
      denominator: [-1.79598721e-5, -0.11088518, -1.75278088e-6, -0.000969736248],
    },
    relu: {
      numerator: [0.0339365588, 0.499999954, 1.66837893, 1.98597274, 0.938407567, 0.150297462],
      denominator: [7.64049738e-6, 3.97192554, 1.3890959e-5, 0.300592119],
    },
    softplus: {
      numerator: [0.693148682, 0.500568933, 0.181697604, 0.040746263, 0.00544123674, 0.000332484412],
      denominator: [-0.000820609265, -0.0812223572, -4.72905656e-5, -0.000661382184],
    },
    sin: {
      numerator: [0, 0.999988989, 0, -0.13140539, 0, 0.00304861771],
      denominator: [2.32056978e-9, 0.0352324158, -5.68614209e-10, 0.000608212397],
    },
  },
} as const satisfies Record<DenominatorForm, Record<string, RationalFit>>;
