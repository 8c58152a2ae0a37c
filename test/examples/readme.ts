/** A program of the README. */
export interface Block {
  /** The heading above it. */
  readonly name: string;
  readonly code: string;
  /** Marked `no-run`: its types are checked, but it is not run. */
  readonly runs: boolean;
}

/** The ```ts blocks of a Markdown text. */
export function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  for (const [, title, mark, code] of markdown.matchAll(/^#+ (.*)$|^```ts( no-run)?\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title;
    else blocks.push({ name: heading, code, runs: mark === undefined });
  }
  return blocks;
}
