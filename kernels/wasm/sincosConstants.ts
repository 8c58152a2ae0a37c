/**
 * Constants of sine and cosine in the kernel (`assembly/sincos.ts`), in the order in which it reads them.
 *
 * π = head + rest, and k·head is exact for |k| < 2¹² (float32), 2²⁰ (float64) (Cody & Waite, Software Manual for the
 * Elementary Functions, 1980). 1.5·2²³ and 1.5·2⁵² round to an integer what is added to them. The polynomials
 * sin y = y + y³ S(y²), cos y = C(y²) are minimax in absolute error on |y| ≤ π/2 (Remez), highest power first, rounded one
 * after another from the lowest power on, each time refitting the rest: errors 5e-9 and 4e-10, 3e-19 and 1e-20.
 */
export const sincosConstants = {
  float32: [
    0.3183098861837907, // 1/π
    12582912, // 1.5·2²³
    3.1416015625,
    -8.908910206761538e-6,
    2.5988797460740898e-6,
    -0.0001980604138225317,
    0.008333008736371994,
    -0.16666656732559204,
    -2.620893155835802e-7,
    2.4770177333266474e-5,
    -0.001388858538120985,
    0.041666656732559204,
    -0.5,
    1,
  ],
  float64: [
    0.3183098861837907, // 1/π
    6755399441055744, // 1.5·2⁵²
    3.1415926534682512,
    1.2154201013012384e-10,
    2.7204162243567735e-15,
    -7.642920025627257e-13,
    1.60589370382389e-10,
    -2.505210682335168e-8,
    2.7557319210680707e-6,
    -0.00019841269841207584,
    0.008333333333333196,
    -0.16666666666666666,
    -1.5132975853893845e-16,
    4.777021837804803e-14,
    -1.1470677362273705e-11,
    2.0876755857017677e-9,
    -2.7557319212665923e-7,
    2.4801587301521467e-5,
    -0.001388888888888869,
    0.041666666666666664,
    -0.5,
    1,
  ],
} as const;
