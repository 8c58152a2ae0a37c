/** A request to stop that comes from outside. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Gives Ctrl-C its usual effect back. */
  readonly release: () => void;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Turns the first SIGINT or SIGTERM into a request to stop after the running step. From then on signals have their usual
 * effect, so that the second one ends the program at once, whatever it is doing.
 */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  const release = (): void => {
    for (const signal of signals) process.removeListener(signal, interrupt);
  };
  const interrupt = (): void => {
    release();
    controller.abort();
    process.stderr.write('\nInterrupted: the running step is finished first. Ctrl-C again quits at once.\n');
  };
  for (const signal of signals) process.on(signal, interrupt);
  return { signal: controller.signal, release };
}
