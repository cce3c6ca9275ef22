import type { ShellCommand } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { commandsMentioning, runs } from "../shared/mentions";
import { mayHoldOptions } from "../shared/packageCaches";
import {
  isLooseInstall,
  type ProjectInstall,
  projectInstallOf,
  strictInstallFixes,
} from "../shared/projectInstall";
import { cwe } from "../shared/references";
import { environmentAt } from "../shared/runStates";

export default defineRule({
  id: "install-ignores-lockfile",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: ["npm", "yarn", "bundle", "pipenv", "uv", "composer"] },
  reads: (instruction) => runs(instruction, isLoose) || runs(instruction, setsBundler),
  title: "Packages are installed exactly as the lock file says",
  why: `A lock file names each package with its exact version and checksum. \`npm install\`, \`yarn install\`,
\`pnpm install\`, \`bundle install\`, \`pipenv install\` and \`uv sync\` only begin with it: where it does not fit the
project's file they choose versions anew, and \`composer update\` always does. The build then installs what nobody has
tested or looked at, such as the release that somebody else has pushed an hour ago.

Write \`npm ci\`, \`yarn install --frozen-lockfile\` (yarn 2 and later: \`--immutable\`), \`pnpm install
--frozen-lockfile\`, \`ENV BUNDLE_FROZEN=true\`, \`pipenv sync\`, \`uv sync --locked\`, \`composer install\`.

Packages that the command names are not reported here. The fix is not called safe: without a lock file that fits, the build
then fails.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["droast:DF031", "cis:4.11", "cwe:1357"],
  references: [
    { title: "npm: ci", url: "https://docs.npmjs.com/cli/v11/commands/npm-ci" },
    { title: "Yarn: install", url: "https://yarnpkg.com/cli/install" },
    { title: "Bundler: frozen", url: "https://bundler.io/man/bundle-config.1.html" },
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: {
    loose: (program: string) =>
      `${program} may choose other versions here than the lock file names, which nobody has tested`,
  },
  bad: [
    {
      title: "npm, yarn and pnpm",
      source:
        "FROM node:22\nRUN «npm install» --omit=dev && «npm i»\nRUN cd app && «yarn»\nRUN «yarn install» --production; «pnpm i»\n",
      fixed:
        "FROM node:22\nRUN npm ci --omit=dev && npm ci\nRUN cd app && yarn --frozen-lockfile\nRUN yarn install --frozen-lockfile --production; pnpm i --frozen-lockfile\n",
    },
    {
      title: "bundler, by a shell and over lines",
      source: "FROM ruby:3.4\nRUN bash -lc '«bundle install» -j4' \\\n  && «bundle»\n",
      fixed:
        "FROM ruby:3.4\nRUN bash -lc 'BUNDLE_FROZEN=true bundle install -j4' \\\n  && BUNDLE_FROZEN=true bundle\n",
    },
    {
      title: "Python and PHP",
      source:
        "FROM python:3.13\nRUN «pipenv install» --system; «uv sync» --no-dev; «composer update» --no-dev\n",
      fixed:
        "FROM python:3.13\nRUN pipenv sync --system; uv sync --locked --no-dev; composer install --no-dev\n",
    },
  ],
  good: [
    {
      title: "with the lock file",
      source:
        "FROM node:22\nRUN npm ci; yarn --immutable; yarn install --frozen-lockfile; pnpm i --frozen-lockfile --prod\nRUN pipenv install --deploy --system; uv sync --frozen; composer install\n",
    },
    {
      title: "packages by name",
      source:
        "FROM node:22\nRUN npm install -g pnpm@10 && npm i express && yarn add x && gem install bundler\n",
    },
    {
      title: "bundler's settings",
      source:
        "FROM ruby:3.4\nRUN bundle config set --local deployment true\nRUN bundle install\nFROM ruby:3.4\nENV BUNDLE_DEPLOYMENT=1\nRUN bundle install\n",
    },
    {
      title: "variables and other subcommands",
      source:
        "FROM node:22\nRUN npm install $NPM_FLAGS; yarn build; yarn --version; npm run install; uv pip sync x\nCMD npm install\n",
    },
  ],
  check(document, { report }) {
    const isBundlerSet = commandsMentioning(document, ["bundle config"], setsBundler, ["RUN"]).length > 0;
    for (const { instruction, command } of commandsMentioning(document, mentions, isLoose, ["RUN"])) {
      const install = projectInstallOf(command);
      const { name } = command.unwrapped;
      if (!install || !name) continue;
      const isSetHere = (setting: string) =>
        environmentAt(document, instruction).has(setting) ||
        command.assignments.some((set) => set.name === setting);
      if ((settings[install.program] ?? []).some(isSetHere)) continue;
      if (install.program === "bundle" && isBundlerSet) continue;
      const end = install.subcommand ?? name;
      report("loose", [install.program], {
        at: { start: name.span.start, end: Math.max(name.span.end, end.span.end) },
        fixes: strictInstallFixes(document, command, install),
      });
    }
  },
});

/** `bundle config set --local deployment true`, in the old form without `set` too. */
function setsBundler({ unwrapped }: ShellCommand): boolean {
  const operands = operandsOf(unwrapped).map(({ value }) => value);
  return (
    unwrapped.program === "bundle" &&
    operands[0] === "config" &&
    operands.some((word) => word === "frozen" || word === "deployment")
  );
}

const mentions: readonly string[] = ["npm", "yarn", "bundle", "pipenv", "uv", "composer"];

/** The variables with which a package manager holds to the lock file. */
const settings: Readonly<Partial<Record<ProjectInstall["program"], readonly string[]>>> = {
  bundle: ["BUNDLE_FROZEN", "BUNDLE_DEPLOYMENT"],
  uv: ["UV_FROZEN", "UV_LOCKED"],
  pnpm: ["CI", "npm_config_frozen_lockfile"],
  yarn: ["YARN_ENABLE_IMMUTABLE_INSTALLS", "CI"],
};

function isLoose(command: ShellCommand): boolean {
  return isLooseInstall(command) && !mayHoldOptions(command);
}
