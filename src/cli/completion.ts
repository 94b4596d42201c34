import type { Options } from "yargs";
import { formats } from "../report/index.ts";
import { rules } from "../rules/index.ts";
import { type Command, commands } from "./commands/index.ts";

/** Scripts that complete the command line in a shell, written from the same table that understands it. */
export const completions: Readonly<Record<string, () => string>> = { bash, zsh, fish };

const names = commands.map(({ name }) => name);
const ids = rules.map(({ id }) => id);

interface Completed {
  /** `--format`, `-f`. */
  readonly words: readonly string[];
  readonly describe: string;
  /** What may follow; undefined for a switch, empty for a file or a text. */
  readonly values: readonly string[] | undefined;
}

const optionsOf = (command: Command): readonly Completed[] => [
  ...Object.entries(command.options).map(([name, option]) => ({
    words: [`--${name}`, ...[option.alias ?? []].flat().map((alias) => `-${alias}`)],
    describe: option.describe ?? "",
    values: valuesOf(name, option),
  })),
  { words: ["--help", "-h"], describe: "Say how it is used", values: undefined },
];

function valuesOf(name: string, option: Options): readonly string[] | undefined {
  if (option.type === "boolean") return undefined;
  if (option.choices) return option.choices.map(String);
  if (name === "format") return [...formats.keys()];
  if (name === "only") return ids;
  if (name === "rule") return ids;
  return [];
}

/** What may stand in the place of a command's first argument. */
function firstValues({ name }: Command): readonly string[] {
  if (name === "explain") return ids;
  if (name === "completion") return Object.keys(completions);
  if (name === "rules") return [...new Set(ids.map((id) => `${id.split("-")[0]}-`))];
  return [];
}

function bash(): string {
  const list = (values: readonly string[]): string => (values === ids ? "$rules" : values.join(" "));
  const byValues = commands.flatMap((command) =>
    optionsOf(command)
      .filter(({ values = [] }) => values.length > 0)
      .map(({ words, values = [] }) => {
        const cases = words.map((word) => `"${command.name} ${word}"`).join("|");
        return `    ${cases}) COMPREPLY=($(compgen -W "${list(values)}" -- "$cur")); return ;;\n`;
      }),
  );
  const byCommand = commands.map((command) => {
    const options = optionsOf(command).flatMap(({ words }) => words);
    return `    ${command.name}) options="${options.join(" ")}"; values="${list(firstValues(command))}" ;;\n`;
  });
  return `# Completion of pfha-lint for bash: source <(pfha-lint completion bash)
_pfha_lint() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=check named= word options values
  local rules="${ids.join(" ")}"
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${names.join("|")}) command=$word named=1; break ;; esac
  done
  case "$command $prev" in
${byValues.join("")}  esac
  case $command in
${byCommand.join("")}  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options --version" -- "$cur"))
  elif [[ -n $values ]]; then
    COMPREPLY=($(compgen -W "$values" -- "$cur"))
  else
    [[ -z $named ]] && COMPREPLY=($(compgen -W "${names.join(" ")}" -- "$cur"))
    COMPREPLY+=($(compgen -f -X '!*.@(xml|json|yaml|yml)' -- "$cur") $(compgen -d -- "$cur"))
  fi
}
shopt -s extglob
complete -o filenames -F _pfha_lint pfha-lint
`;
}

function zsh(): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const plain = (text: string): string => text.replace(/[[\]:\\]/g, "\\$&");
  const spec = ({ words, describe, values }: Completed): string => {
    const heads = words.length > 1 ? `'(${words.join(" ")})'{${words.join(",")}}` : words[0]!;
    const action = values === undefined ? "" : values.length > 0 ? `:value:(${values.join(" ")})` : ":value:_files";
    return `      ${heads}${quote(`[${plain(describe)}]${action}`)} \\\n`;
  };
  const byCommand = commands.map((command) => {
    const first = firstValues(command);
    const rest = first.length > 0 ? `*:value:(${first.join(" ")})` : "*:file:_files";
    return `    (${command.name}) _arguments -S \\\n${optionsOf(command).map(spec).join("")}      ${quote(rest)} ;;\n`;
  });
  const list = commands.map(({ name, summary }) => `      ${quote(`${name}:${summary}`)}\n`);
  return `#compdef pfha-lint
# Completion of pfha-lint for zsh: pfha-lint completion zsh > "\${fpath[1]}/_pfha-lint"
_pfha-lint() {
  local command=check word
  for word in \${words[2,CURRENT-1]}; do
    case $word in (${names.join("|")}) command=$word; break ;; esac
  done
  if (( CURRENT == 2 )) && [[ \${words[2]} != -* ]]; then
    local -a all=(
${list.join("")}    )
    _describe command all
  fi
  case $command in
${byCommand.join("")}  esac
}
if [[ $funcstack[1] == _pfha-lint ]]; then _pfha-lint "$@"; else compdef _pfha-lint pfha-lint; fi
`;
}

function fish(): string {
  const quote = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;
  const lines = commands.flatMap((command) => {
    const seen = `__fish_seen_subcommand_from ${command.name}`;
    const none = `not __fish_seen_subcommand_from ${names.join(" ")}`;
    const when = command === commands[0] ? `${seen}; or ${none}` : seen;
    const options = optionsOf(command).map(({ words, describe, values }) => {
      const flags = words.map((word) => (word.startsWith("--") ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`));
      const value = values === undefined ? "" : values.length > 0 ? ` -x -a ${quote(values.join(" "))}` : " -r -F";
      return `complete -c pfha-lint -n ${quote(when)} ${flags.join(" ")}${value} -d ${quote(describe)}`;
    });
    const first = firstValues(command);
    return [
      `complete -c pfha-lint -n __fish_use_subcommand -a ${command.name} -d ${quote(command.summary)}`,
      ...(first.length > 0 ? [`complete -c pfha-lint -n ${quote(seen)} -a ${quote(first.join(" "))}`] : []),
      ...options,
    ];
  });
  const files = "complete -c pfha-lint -k -a '(__fish_complete_suffix .xml)'";
  return `# Completion of pfha-lint for fish: pfha-lint completion fish > ~/.config/fish/completions/pfha-lint.fish\ncomplete -c pfha-lint -f\n${files}\n${lines.join("\n")}\n`;
}
