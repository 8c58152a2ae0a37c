import type { Experiment, Result, Settings } from '../experiment.js';
import { bestModels, bestTask, modelSpread, spread, spreadText } from './statistics.js';

/** How the table came about. */
export interface Conditions {
  readonly command: string;
  readonly machine: string;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const TIMES = `Times are those of one training with its test: processor time, user and system, of all threads, which other work on
the machine changes little.`;

/** The report of an experiment as Markdown: its conditions, a table by model, and one by task where there are several. */
export function markdown(
  experiment: Experiment,
  settings: Settings,
  results: readonly Result[],
  { command, machine }: Conditions,
): string {
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  const time = `${results.length} trainings, ${seconds.toFixed(0)} s of processor time`;
  const parts = [
    `# ${experiment.title}`,
    `\`${command}\` — ${time}; ${machine}.`,
    experiment.about(settings),
    TIMES,
    byModel(experiment, settings, results),
    ...(settings.tasks.length > 1 ? [byTask(experiment, settings, results)] : []),
    `![${experiment.title}](${experiment.name}.svg)`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Groups of tasks that are in the settings; all tasks as one where there are none. */
export function groupsOf(
  { groups }: Experiment,
  { tasks }: Settings,
): readonly (readonly [string, readonly string[]])[] {
  const present = Object.entries(groups ?? {}).map(
    ([name, members]) => [name, members.filter((task) => tasks.includes(task))] as const,
  );
  const filled = present.filter(([, members]) => members.length > 0);
  return filled.length > 1 ? filled : [['', tasks]];
}

/** The tasks that count for a model: the one that it chooses, or all that are given. */
export const tasksOf = (
  { choice }: Experiment,
  results: readonly Result[],
  tasks: readonly string[],
  model: string,
): readonly string[] => (choice ? [bestTask(results, tasks, model, choice.by)] : tasks);

function byModel(experiment: Experiment, settings: Settings, results: readonly Result[]): string {
  const { tasks, models } = settings;
  const { measures, choice } = experiment;
  const groups = groupsOf(experiment, settings);
  const columns = measures.flatMap((measure) =>
    groups.map(([group, members]) => ({
      measure,
      members,
      title: group ? `${measure.title}, ${group}` : measure.title,
    })),
  );
  const best = tasks.map((task) => bestModels(results, models, task, measures[0]));
  const compared = tasks.length > 1 && !choice;
  const rows = models.map((model) => {
    const own = results.filter(({ job }) => job.model === model);
    const parameters = own.map((result) => result.parameters);
    const [low, high] = [Math.min(...parameters), Math.max(...parameters)];
    return [
      model,
      low === high ? String(low) : `${low} … ${high}`,
      ...(choice ? tasksOf(experiment, results, tasks, model) : []),
      ...columns.map(({ measure, members }) =>
        spreadText(modelSpread(results, model, tasksOf(experiment, results, members, model), measure)),
      ),
      ...(compared ? [`${best.filter((names) => names.includes(model)).length} of ${tasks.length}`] : []),
      spread(own.map((result) => result.seconds)).mean.toFixed(2),
    ];
  });
  const head = [
    'model',
    'parameters',
    ...(choice ? [choice.title] : []),
    ...columns.map(({ title }) => title),
    ...(compared ? ['best on'] : []),
    'processor time, s',
  ];
  const kind = measures[0].average === 'arithmetic' ? 'Means' : 'Geometric means';
  const note = compared ? `${kind} over the tasks; mean ± standard deviation over the seeds.\n\n` : '';
  return note + table(head, rows);
}

function byTask(experiment: Experiment, { tasks, models }: Settings, results: readonly Result[]): string {
  const [measure] = experiment.measures;
  const rows = tasks.map((task) => {
    const best = bestModels(results, models, task, measure);
    const cells = models.map((model) => {
      const text = spreadText(modelSpread(results, model, [task], measure));
      return best.includes(model) ? `**${text}**` : text;
    });
    return [task, ...cells];
  });
  const name = experiment.choice?.title ?? 'task';
  return `${measure.title}, ${name} by ${name}:\n\n${table([name, ...models], rows)}`;
}

/** All results as CSV, one a line. */
export function csv({ measures, choice }: Experiment, results: readonly Result[]): string {
  const metrics = [...(choice ? [choice.by] : []), ...measures.map(({ metric }) => metric)];
  const rows = results.map(({ job, parameters, seconds, metrics: values }) =>
    [
      `"${job.task}"`,
      `"${job.model}"`,
      job.seed,
      parameters,
      ...metrics.map((metric) => values[metric].toPrecision(6)),
      seconds.toFixed(2),
    ].join(','),
  );
  return `${['task', 'model', 'seed', 'parameters', ...metrics, 'seconds'].join(',')}\n${rows.join('\n')}\n`;
}
