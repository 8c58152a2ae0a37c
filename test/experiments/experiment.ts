/** What a comparison is made with. Plain data: it stands in every result, and another setting is another experiment. */
export interface Settings {
  readonly tasks: readonly string[];
  readonly models: readonly string[];
  /** At least five, so that a spread means something. */
  readonly seeds: readonly number[];
  /** Sizes, steps and rates, by name. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Files that the user gave. */
  readonly data?: readonly string[];
}

/** One training of one model on one task. Plain data: it may be run on another machine. */
export interface Job {
  readonly experiment: string;
  readonly task: string;
  readonly model: string;
  readonly seed: number;
  readonly settings: Pick<Settings, 'numbers' | 'data'>;
}

/** What a job found: numbers by name, and the trained parameters of the model. */
export interface Outcome {
  readonly metrics: Readonly<Record<string, number>>;
  readonly parameters: number;
}

/** What is kept of a finished job. */
export interface Result extends Outcome {
  readonly job: Job;
  /** Of processor time, all threads. */
  readonly seconds: number;
}

/** A metric as a column: lower is better in the first. */
export interface Measure {
  readonly metric: string;
  readonly title: string;
  /** How tasks are averaged. Default `geometric`; `arithmetic` for what may be 0. */
  readonly average?: 'geometric' | 'arithmetic';
}

/** A comparison of models over tasks and seeds. */
export interface Experiment {
  readonly name: string;
  readonly title: string;
  /** How it was done, in Markdown; said below the title of its table. */
  readonly about: (settings: Settings) => string;
  /** The first is the one by which models are compared. */
  readonly measures: readonly Measure[];
  /**
   * Where tasks are settings among which each model takes its best: the metric that chooses, which the test has no part in, and what a
   * task is called as a column.
   */
  readonly choice?: { readonly by: string; readonly title: string };
  /** Tasks that belong together, by name of the group. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly full: Settings;
  /** A few seconds of work, for continuous integration. */
  readonly quick: Settings;
  /** What the files of `--data` are, where the full comparison needs them. */
  readonly needs?: string;
  readonly run: (job: Job) => Promise<Outcome>;
}

/** All jobs of an experiment, seed by seed, so that an interrupted one has whole seeds. */
export const jobsOf = (experiment: Experiment, { tasks, models, seeds, numbers, data }: Settings): readonly Job[] =>
  seeds.flatMap((seed) =>
    tasks.flatMap((task) =>
      models.map((model) => ({
        experiment: experiment.name,
        task,
        model,
        seed,
        settings: { numbers, ...(data && { data }) },
      })),
    ),
  );

/** The name of a job among those of its experiment, fit for a file. */
export const jobName = ({ task, model, seed }: Job): string =>
  `${task}_${model}_${seed}`.replace(/[^A-Za-z0-9._-]+/g, '-');
