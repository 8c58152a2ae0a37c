import type { AsyncChainKernel } from '../../kernels/asynchronous.js';
import type { ChainGradient, ChainKernel, Floats } from '../../kernels/chain.js';

type Answer = Floats | ChainGradient;

/**
 * What `work` returns with a kernel that answers by promises, though `work` wants each answer at once: it is run up to its
 * first question without an answer, which is then waited for, and run again, until it has all answers.
 *
 * @param work  asks the same questions each time, as pure functions do
 * @cost one run of `work` a question
 */
export async function onDevice<T>(device: AsyncChainKernel, work: (kernel: ChainKernel) => T): Promise<T> {
  const answers: Answer[] = [];
  for (;;) {
    let next = 0;
    let open: (() => Promise<Answer>) | undefined;
    const answer = <A extends Answer>(question: () => Promise<A>): A => {
      // a copy: whoever asked may write into it
      if (next < answers.length) return structuredClone(answers[next++]) as A;
      open = question;
      throw new Error('asked');
    };
    try {
      return work({
        name: device.name,
        precision: device.precision,
        forward: (...question) => answer(() => device.forward(...question)),
        backward: (...question) => answer(() => device.backward(...question)),
      });
    } catch (error) {
      if (!open) throw error;
      answers.push(await open());
    }
  }
}
