import { conjugateTranspose, type Matrix, product } from '../../circuits/matrix.js';
import { pauliMatrix } from '../../circuits/pauli.js';

/** A rotation of the Bloch sphere: 3×3, row-major, determinant 1. */
export type Rotation = Float64Array;

export const identityRotation: Rotation = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

/** Rotations that carry the named axis to z, by cyclic permutation. The transpose carries z back. */
export const axisToZ: Readonly<Record<string, Rotation>> = {
  X: Float64Array.of(0, 1, 0, 0, 0, 1, 1, 0, 0),
  Y: Float64Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0),
  Z: identityRotation,
};

/** A·B. */
export function multiplyRotations(a: Rotation, b: Rotation): Rotation {
  const result = new Float64Array(9);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) result[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
  }
  return result;
}

/** Aᵀ, the inverse. */
export const transposeRotation = (a: Rotation): Rotation =>
  Float64Array.of(a[0], a[3], a[6], a[1], a[4], a[7], a[2], a[5], a[8]);

/** The rotation of the Bloch sphere under a 2×2 unitary: R_jk = ½ tr(σ_j U σ_k U†). A global phase drops out. */
export function rotationOf(unitary: Matrix): Rotation {
  const paulis = ['X', 'Y', 'Z'].map(pauliMatrix);
  const result = new Float64Array(9);
  paulis.forEach((sigmaK, k) => {
    const image = product(product(unitary, sigmaK), conjugateTranspose(unitary));
    paulis.forEach((sigmaJ, j) => {
      const trace = product(sigmaJ, image);
      result[3 * j + k] = (trace[0] + trace[6]) / 2;
    });
  });
  return result;
}
