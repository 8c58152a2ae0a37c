import cliProgress from 'cli-progress';

/** Nothing is shown of what takes less than this. */
const PATIENCE_MS = 1000;

/** Shows on stderr how far a computation is, if it takes more than a second. */
export interface Patience {
  readonly done: (count: number) => void;
  readonly stop: () => void;
}

/** A bar on a terminal; in a file or a pipe one line that says what takes its time. */
export function patience(what: string, total: number): Patience {
  const start = Date.now();
  let bar: cliProgress.SingleBar | undefined;
  let told = false;
  return {
    done(count) {
      if (count >= total || Date.now() - start < PATIENCE_MS) return bar?.update(count);
      if (!process.stderr.isTTY) {
        if (!told) process.stderr.write(`${count} of ${total} ${what} after a second\n`);
        told = true;
        return;
      }
      if (!bar) {
        bar = new cliProgress.SingleBar({
          stream: process.stderr,
          format: `{bar} {value} of {total} ${what} | {eta_formatted} left`,
          barCompleteChar: '█',
          barIncompleteChar: '░',
          hideCursor: true,
        });
        bar.start(total, count);
      }
      bar.update(count);
    },
    stop: () => bar?.stop(),
  };
}
