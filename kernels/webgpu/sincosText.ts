import { sincosConstants } from '../wasm/sincosConstants.js';

const [perTurn, , head, rest, s0, s1, s2, s3, c0, c1, c2, c3, c4, c5] = sincosConstants.float32.map(
  (value) => `f32(${value})`,
);

/**
 * WGSL: `struct Turn { c, s }` and `fn turnBy(angle) -> Turn`, its cosine and sine, for f32 or for four at once.
 *
 * The language promises sines to 2⁻¹¹ only, within ±π; these are good to 5e-9 before rounding, for |angle| < 10⁴, on every device.
 * NaN and infinite angles give NaN.
 */
export const sincosText = (type: 'f32' | 'vec4<f32>'): string => `
struct Turn { c : ${type}, s : ${type} };
fn turnBy(angle : ${type}) -> Turn {
  let k = round(angle * ${perTurn});
  let y = (angle - k * ${head}) - k * ${rest};
  let z = y * y;
  let sign = 1.0 - 2.0 * (k - 2.0 * floor(0.5 * k));
  let s = y + y * z * (((${s0} * z + ${s1}) * z + ${s2}) * z + ${s3});
  let c = ((((${c0} * z + ${c1}) * z + ${c2}) * z + ${c3}) * z + ${c4}) * z + ${c5};
  return Turn(sign * c, sign * s);
}
`;
