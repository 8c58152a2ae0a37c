/**
 * Constants of e^x in the kernel (`../assembly/features/exponential.ts`), in the order in which it reads them. ln 2 = head +
 * rest, and n·head is exact for |n| < 2⁷.
 */
export const exponentialConstants = [
  Math.LOG2E,
  12582912, // 1.5·2²³: rounds what is added to it
  0.693145751953125,
  1.428606765330187e-6,
  1 / 5040,
  1 / 720,
  1 / 120,
  1 / 24,
  1 / 6,
  1 / 2,
  1,
  87, // e^87 and its inverse are normal numbers of float32
  40, // 2x, beyond which tanh x is 1 to float32
] as const;
