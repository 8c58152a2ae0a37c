/** The compiled chain kernel, in base64. `npm run build` (`kernels/wasm/build.mjs`) writes the module itself. */
export const chainBinary: string;
/** The same for memory that threads share. */
export const sharedChainBinary: string;
