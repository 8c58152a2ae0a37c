/** A layer in float64 without tensors: what a network on the host is made of. Its trained numbers stand in one vector. */
export interface HostLayer {
  /** Length of the vector of trained numbers. */
  readonly length: number;
  /** y of shape [batch, out] from x of shape [batch, in]. */
  readonly forward: (values: Float64Array, x: Float64Array, batch: number) => Float64Array;
  /** ∂L/∂x, if it is wanted, and ∂L/∂(trained numbers) from `upstream` = ∂L/∂y, shape [batch, out]. */
  readonly backward: (
    values: Float64Array,
    x: Float64Array,
    batch: number,
    upstream: Float64Array,
    wantsX: boolean,
  ) => { readonly x: Float64Array; readonly values: Float64Array };
}
