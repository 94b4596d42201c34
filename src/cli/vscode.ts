import { gnuPattern } from "../report/text.ts";

/** VS Code's problem matcher for the text and compact reports: the first line of each diagnostic. */
export const problemMatcher: object = {
  name: "pfha-lint",
  owner: "pfha-lint",
  source: "pfha-lint",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of VS Code.
  fileLocation: ["autoDetect", "${workspaceFolder}"],
  pattern: {
    regexp: gnuPattern,
    file: 1,
    line: 2,
    column: 3,
    severity: 4,
    message: 5,
    code: 6,
  },
};

/** The same for a task that goes on running: `--watch` says when a run begins and ends. */
export const watchingMatcher: object = {
  ...problemMatcher,
  name: "pfha-lint-watch",
  background: {
    activeOnStart: true,
    beginsPattern: "^pfha-lint: checking ",
    endsPattern: "^pfha-lint: done, ",
  },
};

/** `.vscode/tasks.json`: one task that lints once, one that watches. */
export const tasks: object = {
  version: "2.0.0",
  tasks: [
    {
      label: "pfha-lint",
      detail: "Lint every cluster of the configuration file",
      type: "shell",
      command: "npx",
      args: ["pfha-lint", "check"],
      problemMatcher,
      presentation: { reveal: "silent", clear: true },
      group: "test",
    },
    {
      label: "pfha-lint: watch",
      detail: "Lint every cluster again whenever a file changes",
      type: "shell",
      command: "npx",
      args: ["pfha-lint", "check", "--watch"],
      isBackground: true,
      problemMatcher: watchingMatcher,
      presentation: { reveal: "silent" },
    },
  ],
};
