import cliProgress from 'cli-progress';

/** Shows how training goes on. */
export interface Progress {
  readonly step: (step: number, loss: number) => void;
  readonly stop: () => void;
}

/** A bar on a terminal; in a file or a pipe about ten plain lines. Both on stderr. */
export function showProgress(total: number, done: number): Progress {
  return process.stderr.isTTY ? bar(total, done) : lines(total, done);
}

function bar(total: number, done: number): Progress {
  const single = new cliProgress.SingleBar({
    stream: process.stderr,
    format: '{bar} step {value} of {total} | loss {loss} | {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    gracefulExit: false, // signals are the training's
  });
  single.start(total, done, { loss: '…' });
  return {
    step: (step, loss) => single.update(step, { loss: loss.toExponential(3) }),
    stop: () => single.stop(),
  };
}

function lines(total: number, done: number): Progress {
  const every = Math.max(1, Math.ceil(total / 10));
  return {
    step(step, loss) {
      if (step % every !== 0 && step !== total && step !== done + 1) return;
      process.stderr.write(`step ${step} of ${total}, loss ${loss.toExponential(3)}\n`);
    },
    stop: () => {},
  };
}
