/** The functions that an angle may use, each with its derivative. One row a function; the names are mathjs's. */
export const functions = {
  sin: { value: Math.sin, derivative: Math.cos },
  cos: { value: Math.cos, derivative: (t: number) => -Math.sin(t) },
  tan: { value: Math.tan, derivative: (t: number) => 1 / Math.cos(t) ** 2 },
  asin: { value: Math.asin, derivative: (t: number) => 1 / Math.sqrt(1 - t * t) },
  acos: { value: Math.acos, derivative: (t: number) => -1 / Math.sqrt(1 - t * t) },
  atan: { value: Math.atan, derivative: (t: number) => 1 / (1 + t * t) },
  tanh: { value: Math.tanh, derivative: (t: number) => 1 - Math.tanh(t) ** 2 },
  exp: { value: Math.exp, derivative: Math.exp },
  log: { value: Math.log, derivative: (t: number) => 1 / t },
  sqrt: { value: Math.sqrt, derivative: (t: number) => 0.5 / Math.sqrt(t) },
} as const satisfies Record<string, { value: (t: number) => number; derivative: (t: number) => number }>;

export type AngleFunction = keyof typeof functions;
