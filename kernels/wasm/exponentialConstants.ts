/**
 * Constants of the exponential function (`assembly/exponential.ts`), in the order in which it reads them:
 * e^−x = 2^t with t = −x·log₂e = n + f, |f| ≤ 1/2. |t| is kept to 126, where 2ⁿ is a normal number. Then 2^f as a polynomial,
 * highest power first, minimax in relative error (Remez): 2e-9, and 2e-8 with rounded coefficients.
 */
export const exponentialConstants = [
  -Math.LOG2E,
  126,
  0.0001534581242594868,
  0.0013399930903688073,
  0.009618489071726799,
  0.05550328642129898,
  0.24022646248340607,
  0.6931471824645996,
  1,
] as const;
