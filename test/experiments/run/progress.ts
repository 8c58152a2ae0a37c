import cliProgress from 'cli-progress';

export interface Progress {
  readonly finished: (name: string) => void;
  readonly stop: () => void;
}

/** How many jobs are finished, on standard error: a bar on a terminal, else some twenty lines. */
export function showProgress(total: number, done: number): Progress {
  let finished = done;
  if (process.stderr.isTTY) {
    const bar = new cliProgress.SingleBar({
      stream: process.stderr,
      format: '{bar} {value} of {total} | {name} | {eta_formatted} left',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
    });
    bar.start(total, done, { name: '…' });
    return { finished: (name) => bar.increment({ name }), stop: () => bar.stop() };
  }
  if (done > 0) process.stderr.write(`${done} of ${total} were finished before\n`);
  const every = Math.max(1, Math.ceil(total / 20));
  const started = performance.now();
  return {
    finished(name) {
      finished++;
      if (finished % every !== 0 && finished !== total) return;
      const left = ((performance.now() - started) / 1000 / (finished - done)) * (total - finished);
      process.stderr.write(`${finished} of ${total}: ${name}; about ${left.toFixed(0)} s left\n`);
    },
    stop: () => {},
  };
}
