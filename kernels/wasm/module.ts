/** What the compiled module exports: `assembly/index.ts`. */
export interface ChainExports {
  run(task: number, thread: number): void;
  columnsToRows32(from: number, to: number, batch: number, columns: number, repeatLast: number): void;
  columnsToRows64(from: number, to: number, batch: number, columns: number, repeatLast: number): void;
  rowsToColumns32(from: number, to: number, batch: number, columns: number): void;
  rowsToColumns64(from: number, to: number, batch: number, columns: number): void;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** Compiles a module that is held in base64: no file is read, so that it works in Node, in browsers and bundled. */
export const compileBase64 = (text: string): Promise<WebAssembly.Module> => WebAssembly.compile(bytesOf(text));

/** Compiles the first of several modules that the engine understands; the last one is plain. */
export function compileNewest(texts: readonly string[]): Promise<WebAssembly.Module> {
  const modules = texts.map(bytesOf);
  return WebAssembly.compile(modules.find((bytes) => WebAssembly.validate(bytes)) ?? modules[modules.length - 1]);
}

/** An instance of the compiled module on `memory`. */
export async function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<ChainExports> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as ChainExports;
}
