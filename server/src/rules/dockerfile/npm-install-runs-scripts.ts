import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOption, hasFlag, operandsOf } from "../../documents/shell/queries";
import { hasCommand } from "../../documents/shell/remember";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { insertFlagFixes } from "../shared/insertFlag";
import { commandsMentioning } from "../shared/mentions";
import { cwe } from "../shared/references";
import { environmentAt } from "../shared/runStates";

export default defineRule({
  id: "npm-install-runs-scripts",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["npm", "yarn"] },
  title: "Packages run no scripts of their own while they are installed",
  why: `\`npm install\`, \`npm ci\` and \`yarn install\` run the \`preinstall\`, \`install\` and \`postinstall\` scripts of
every package that is installed, those of packages that others need included. That is how most malicious packages work:
whoever takes over one of them runs code in the build, with its network, its secrets and, mostly, as root.

Write \`npm ci --ignore-scripts\` (yarn 2 and later: \`--mode=skip-build\`) and run the few scripts that are needed by name:
\`npm rebuild sharp\`. \`ENV npm_config_ignore_scripts=true\` or a line in \`.npmrc\` does as well; the latter is not seen
here. pnpm asks before it runs scripts since version 10, and is not reported.

The fix adds the flag; it is not called safe, since packages that compile something then lack it.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["sonar:S6505", "cis:4.11", "cwe:506", "cwe:829"],
  references: [
    { title: "npm: ignore-scripts", url: "https://docs.npmjs.com/cli/v11/using-npm/config#ignore-scripts" },
    {
      title: "OWASP: NPM security",
      url: "https://cheatsheetseries.owasp.org/cheatsheets/NPM_Security_Cheat_Sheet.html",
    },
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  messages: {
    scripts: (program: string) =>
      `Every package that ${program} installs here may run its own scripts, with all rights of this step`,
  },
  bad: [
    {
      title: "npm, in its many ways",
      source:
        "FROM node:22\nRUN «npm» ci --omit=dev && «npm» install -g serve\nRUN --mount=type=cache,target=/root/.npm \\\n    «npm» i\n",
      fixed:
        "FROM node:22\nRUN npm ci --ignore-scripts --omit=dev && npm install --ignore-scripts -g serve\nRUN --mount=type=cache,target=/root/.npm \\\n    npm i --ignore-scripts\n",
    },
    {
      title: "yarn, old and new",
      source: "FROM node:22\nRUN «yarn» --frozen-lockfile; «yarn» install --immutable; «yarn» add x\n",
      fixed:
        "FROM node:22\nRUN yarn --ignore-scripts --frozen-lockfile; yarn install --mode=skip-build --immutable; yarn add --ignore-scripts x\n",
    },
    {
      title: "in exec form, by a shell, and switched off by name only",
      source: 'FROM node:22\nRUN [«"npm"», "ci"]\nONBUILD RUN sh -c "«npm» install --ignore-scripts=false"\n',
      fixed: 'FROM node:22\nRUN ["npm", "ci"]\nONBUILD RUN sh -c "npm install --ignore-scripts"\n',
    },
  ],
  good: [
    {
      title: "with the flag",
      source:
        "FROM node:22\nRUN npm ci --ignore-scripts && npm rebuild sharp\nRUN yarn install --mode skip-build; yarn --ignore-scripts\n",
    },
    { title: "with the variable", source: "FROM node:22\nENV npm_config_ignore_scripts=true\nRUN npm ci\n" },
    {
      title: "with the variable or setting of a step",
      source:
        "FROM node:22\nRUN NPM_CONFIG_IGNORE_SCRIPTS=1 npm ci\nRUN npm config set ignore-scripts true && npm ci\n",
    },
    {
      title: "other subcommands",
      source:
        "FROM node:22\nRUN npm run install && npm init -y; npm ci --dry-run; yarn build; yarn --version; pnpm install\n",
    },
  ],
  check(document, { report }) {
    for (const found of commandsMentioning(document, ["npm", "yarn"], installs, ["RUN"])) {
      const { instruction, command } = found;
      const { unwrapped } = command;
      if (!("script" in instruction) || !unwrapped.name) continue;
      if (hasCommand(instruction.script, switchesOff)) continue;
      const environment = environmentAt(document, instruction);
      if (environment.has(lower) || environment.has(lower.toUpperCase())) continue;
      report("scripts", [unwrapped.program], { at: unwrapped.name.span, fixes: fixesOf(document, command) });
    }
  },
});

const lower = "npm_config_ignore_scripts";

function fixesOf(document: DockerfileDocument, command: ShellCommand): readonly Fix[] {
  const { unwrapped } = command;
  const title = "Run no scripts of packages";
  const switchedOff = findOption(unwrapped, "", "ignore-scripts")?.word;
  if (switchedOff)
    return switchedOff.exact
      ? [{ title, safety: "unsafe", edits: [replaceSpan(switchedOff.span, "--ignore-scripts")] }]
      : [];
  const flag = hasFlag(unwrapped, "", "immutable") ? "--mode=skip-build" : "--ignore-scripts";
  return insertFlagFixes(document, { name: installingWord(command) ?? unwrapped.name }, flag, title);
}

function installs(command: ShellCommand): boolean {
  const { unwrapped } = command;
  const { program, arguments: words } = unwrapped;
  if (program !== "npm" && program !== "yarn") return false;
  if (["dry-run", "package-lock-only", "version", "help"].some((long) => hasFlag(unwrapped, "", long)))
    return false;
  const ignored = findOption(unwrapped, "", "ignore-scripts");
  if (ignored && ignored.value !== "false") return false;
  if (words.some(({ text }) => /^(?:--mode=)?["']?skip-build["']?$/.test(text))) return false;
  if (installingWord(command)) return true;
  return program === "yarn" && words.every(({ literalPrefix }) => /^--[a-z]/.test(literalPrefix));
}

function installingWord({ unwrapped }: ShellCommand): ShellWord | undefined {
  const [first, second] = operandsOf(unwrapped);
  if (unwrapped.program === "yarn" && first?.value === "global")
    return second?.value === "add" ? second : undefined;
  const pattern = unwrapped.program === "yarn" ? yarnWords : npmWords;
  return first && pattern.test(first.value ?? "") ? first : undefined;
}

const npmWords =
  /^(?:install|i|in|ins|inst|add|ci|clean-install|install-clean|isntall|install-ci-test|cit|update|up)$/;
const yarnWords = /^(?:install|add|up|upgrade)$/;

function switchesOff({ assignments, arguments: words }: ShellCommand): boolean {
  return (
    assignments.some(({ name }) => name.toLowerCase() === lower) ||
    words.some(({ text }, index) => {
      const next = words[index + 1]?.value;
      return (
        /^(?:npm_config_)?ignore[-_]scripts(?:=true)?$/i.test(text) &&
        (next === "true" || text.endsWith("true"))
      );
    })
  );
}
