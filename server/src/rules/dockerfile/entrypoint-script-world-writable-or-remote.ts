import type { ShellCommand } from "../../documents/shell/model";
import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { commandsOf } from "../shared/shellCommands";
import { shorten } from "../shared/shorten";
import { startFetch, startFetchWords } from "../shared/startFetches";

export default defineRule({
  id: "entrypoint-script-world-writable-or-remote",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["CMD", "ENTRYPOINT"], words: startFetchWords },
  title: "The container starts what the image holds",
  why: `Where CMD or ENTRYPOINT begins with \`npm install\`, \`pip install\`, \`npx\` or \`git pull\`, each start fetches
code. What was scanned and tested is then not what runs: a release that turned bad overnight is in production with the
next restart, two containers of one image differ, and none starts while the registry is away. The service also needs
the network and folders that it can write its own code to.

Install in a RUN, from a lock file, and let CMD start what is there (\`node server.js\`,
\`node_modules/.bin/serve\`).

\`npx\` fetches only what it does not find in \`node_modules\`; without \`-y\` or a version it is low, and with
\`--no-install\` it is not reported. A download that is piped into a shell has a rule of its own. Images for
development, which install at their start by design, are best left to an ignore comment. There is no fix: the step
has to move into the build.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cis:4.11", "cwe:494"],
  references: [
    { title: "npm: npx", url: "https://docs.npmjs.com/cli/commands/npx" },
    cisDocker,
    cwe(494, "Download of code without integrity check"),
  ],
  messages: {
    fetches: (name: string) =>
      `${name} fetches code at each start, so what runs is not what was built and scanned`,
    mayFetch: (name: string) => `${name} fetches at each start what the image does not have installed`,
  },
  bad: [
    {
      title: "installs",
      source:
        'FROM node:22\nCMD «npm install» && npm start\nFROM python:3.13\nENTRYPOINT ["sh", "-c", "«pip install -r requirements.txt» && exec python app.py"]\nFROM php:8.4\nCMD «composer install»; «git pull origin main»; «python3 -m pip install x»\n',
    },
    {
      title: "runners",
      source:
        'FROM node:22\nCMD [«"npx", "-y", "serve"»]\nFROM node:22\nENTRYPOINT [«"npx", "serve@14.2.1", "-l", "80"»]\nFROM node:22\nCMD «pnpm dlx serve»\nFROM python:3.13\nONBUILD CMD [«"uvx", "tool"»]\n',
    },
    {
      title: "a runner that may find it, low",
      source: 'FROM node:22\nCMD ["sh", "-c", "«npx prisma migrate deploy» && node main.js"]\n',
    },
    {
      title: "packages of the system",
      source: "FROM debian:12\nCMD apt-get update && «apt-get install -y nginx» && nginx\n",
    },
  ],
  good: [
    {
      title: "what is there",
      source:
        'FROM node:22\nRUN npm ci && npx tsc\nCMD ["npm", "run", "start"]\nFROM node:22\nCMD yarn start\nFROM node:22\nENTRYPOINT ["npx", "--no-install", "serve"]\n',
    },
    {
      title: "in the build",
      source: "FROM python:3.13\nRUN pip install -r requirements.txt\nCMD python app.py\n",
    },
    {
      title: "other subcommands",
      source: "FROM a\nCMD bundle exec puma\nFROM b\nCMD git daemon\nFROM c\nCMD go run . && npx ./tool\n",
    },
    { title: "nothing to run", source: 'FROM node:22\nENTRYPOINT ["npx"]\nCMD ["--help"]\n' },
  ],
  check(document, { report }) {
    for (const { command } of commandsOf(document, ["CMD", "ENTRYPOINT"], fetches)) {
      const fetched = startFetch(command);
      if (fetched === undefined) continue;
      if (fetched.always) report("fetches", [shorten(fetched.name, 24)], { at: command.span });
      else report("mayFetch", [shorten(fetched.name, 24)], { at: command.span, severity: "low" });
    }
  },
});

function fetches(command: ShellCommand): boolean {
  return startFetch(command) !== undefined;
}
