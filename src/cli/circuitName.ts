/** Name of the file with the circuit of edge (output, input), without suffix. */
export const circuitName = (layer: number, output: number, input: number): string =>
  `layer${layer}_edge_${output}_${input}`;
