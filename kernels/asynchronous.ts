import type { Backend } from './backend.js';
import type { ChainKernel } from './chain.js';
import type { NodeKernel } from './nodes.js';

/** T with every method answering by a promise, as a GPU must; errors are rejections. */
export type Asynchronous<T> = {
  readonly [Key in keyof T]: T[Key] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : T[Key];
};

/** A statevector backend that answers by promises. `dispose` gives back what it holds on a device. */
export type AsyncBackend = Asynchronous<Backend> & {
  /** Tells it, at run time, from one that answers at once. */
  readonly asynchronous: true;
  dispose?(): void;
};

/** A chain kernel that answers by promises. */
export type AsyncChainKernel = Asynchronous<ChainKernel> & { dispose?(): void };

/** A node kernel that answers by promises. */
export type AsyncNodeKernel = Asynchronous<NodeKernel> & { dispose?(): void };
