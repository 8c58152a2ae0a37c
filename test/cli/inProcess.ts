import { vi } from 'vitest';
import { report } from '../../src/cli/exit.js';
import { createProgram } from '../../src/cli/program.js';

/** Runs the program within this process: its exit status, and what it printed. */
export async function run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      printed[name] += chunk;
      return true;
    }),
  );
  let code = 0;
  const setExitCode = (status: number): void => {
    code = status;
  };
  try {
    await createProgram('0', setExitCode).parseAsync(args, { from: 'user' });
  } catch (error) {
    code = report(error);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { code, ...printed };
}
