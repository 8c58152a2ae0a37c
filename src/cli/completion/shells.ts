import type { CommandDescription, OptionDescription, ProgramDescription } from './description.js';

/** A completion script for each shell: one row a shell. */
export const shells = { bash, zsh, fish } as const satisfies Record<string, (program: ProgramDescription) => string>;

/** Text between single quotes, for any of the shells. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const flagsOf = ({ options }: CommandDescription): string => options.map(({ flag }) => flag).join(' ');
const withValue = ({ options }: CommandDescription): OptionDescription[] =>
  options.filter(({ value }) => value !== 'none');

function bash({ name, commands }: ProgramDescription): string {
  const cases = commands.map((command) => {
    const values = withValue(command).map(({ flag, value }) => {
      const words = Array.isArray(value) ? `COMPREPLY=($(compgen -W ${quoted(value.join(' '))} -- "$word"))` : '';
      return `        ${flag}) ${value === 'file' ? 'COMPREPLY=($(compgen -f -- "$word"))' : words || ':'}; return ;;`;
    });
    const rest = command.words.length > 0 ? `compgen -W ${quoted(command.words.join(' '))}` : 'compgen -f';
    return [
      `    ${command.name})`,
      ...(values.length > 0 ? ['      case "$previous" in', ...values, '      esac'] : []),
      '      case "$word" in',
      `        -*) COMPREPLY=($(compgen -W ${quoted(flagsOf(command))} -- "$word")) ;;`,
      `        *) COMPREPLY=($(${rest} -- "$word")) ;;`,
      '      esac ;;',
    ].join('\n');
  });
  const top = [...commands.map((command) => command.name), '--help', '--version'].join(' ');
  return `_${name}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted(top)} -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o filenames -F _${name} ${name}
`;
}

function zsh({ name, commands }: ProgramDescription): string {
  // Within an _arguments specification a colon and brackets have a meaning.
  const plain = (text: string): string => text.replace(/[[\]:\\]/g, (character) => `\\${character}`);
  const action = (value: OptionDescription['value']): string => {
    if (value === 'none') return '';
    if (value === 'file') return ':file:_files';
    return Array.isArray(value) ? `:value:(${value.join(' ')})` : ':value: ';
  };
  const cases = commands.map(({ name: command, options, words }) => {
    const lines = options.map(({ flag, description, value }) =>
      quoted(`${flag}[${plain(description)}]${action(value)}`),
    );
    const rest = quoted(words.length > 0 ? `*:value:(${words.join(' ')})` : '*:file:_files');
    return `    ${command}) _arguments ${[...lines, rest].join(' \\\n      ')} ;;`;
  });
  const list = commands.map((command) => `    ${quoted(`${plain(command.name)}:${command.description}`)}`);
  return `#compdef ${name}
_${name}() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
_${name} "$@"
`;
}

function fish({ name, commands }: ProgramDescription): string {
  const quote = (text: string): string => `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
  const lines = commands.flatMap((command) => {
    const within = `complete -c ${name} -n ${quote(`__fish_seen_subcommand_from ${command.name}`)}`;
    return [
      `complete -c ${name} -n __fish_use_subcommand -f -a ${command.name} -d ${quote(command.description)}`,
      ...(command.words.length > 0 ? [`${within} -f -a ${quote(command.words.join(' '))}`] : []),
      ...command.options.map(({ flag, description, value }) => {
        const words = Array.isArray(value) ? ` -x -a ${quote(value.join(' '))}` : '';
        const takes = value === 'file' ? ' -r -F' : value === 'other' ? ' -x' : words;
        return `${within} -l ${flag.replace(/^--/, '')}${takes} -d ${quote(description)}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}
