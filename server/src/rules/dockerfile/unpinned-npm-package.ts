import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { unpinnedInstalls, unpinnedMessage } from "../shared/unpinnedPackages";

export default defineRule({
  id: "unpinned-npm-package",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["npm", "yarn", "bun"] },
  title: "JavaScript packages are installed at a version",
  why: `A package without a version is whatever the registry holds at that minute. Packages of stolen accounts are mostly found
and taken back within hours: builds that take the newest get them, and run their install scripts; builds with a version
do not. And two builds of one commit differ, so a failure cannot be repeated.

Write \`name@1.2.3\`, or let the package be a dependency of yours and install with \`npm ci\`, which goes by the lock
file. yarn, pnpm and bun are judged alike. \`name@latest\` is the same as no version.

A range such as \`name@^1\` is not reported, since somebody has thought about it, nor are folders, archives and words with a
variable; \`npm install\` without names goes by the project's own files. Repositories need a tag or commit
(\`#v1.2\`). The fix leaves
a place for the version, since only the registry knows the versions: \`npm view name version\`.`,
  category: "supply-chain",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3016",
    "kics:npm_install_without_pinned_version",
    "owasp:RULE#9",
    "cis:4.11",
    "cwe:1357",
  ],
  references: [
    { title: "npm: install", url: "https://docs.npmjs.com/cli/commands/npm-install" },
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: { unpinned: unpinnedMessage },
  bad: [
    {
      title: "one, several and some",
      source:
        "FROM node:24\nRUN «npm install» express\nRUN «npm i» -g @angular/cli && «npm install» -g typescript@5.9.3 eslint\n",
      fixed:
        "FROM node:24\nRUN npm install express@VERSION\nRUN npm i -g @angular/cli@VERSION && npm install -g typescript@5.9.3 eslint@VERSION\n",
    },
    {
      title: "the newest, by its name",
      source: "FROM node:24\nRUN «npm install» -g npm@latest\n",
      fixed: "FROM node:24\nRUN npm install -g npm@VERSION\n",
    },
    {
      title: "in exec form, a subshell and a trigger",
      source:
        'FROM node:24\nRUN [«"npm", "add"», "sax"]\nRUN (cd /app && «npm --prefix /app install» sax)\nONBUILD RUN «npm install» --save-dev sax\n',
      fixed:
        'FROM node:24\nRUN ["npm", "add", "sax"]\nRUN (cd /app && npm --prefix /app install sax@VERSION)\nONBUILD RUN npm install --save-dev sax@VERSION\n',
    },
    {
      title: "with other programs",
      source:
        "FROM node:24\nRUN «yarn global add» serve && «yarn add» --dev sax && «pnpm add» -g serve && «bun add» sax\n",
      fixed:
        "FROM node:24\nRUN yarn global add serve@VERSION && yarn add --dev sax@VERSION && pnpm add -g serve@VERSION && bun add sax@VERSION\n",
    },
    { title: "a repository", source: "FROM node:24\nRUN «npm install» git+https://example.com/a/b.git\n" },
  ],
  good: [
    {
      title: "versions",
      source:
        "FROM node:24\nRUN npm install -g express@4.1.1 @angular/cli@21 'sax@^1' typescript@$TS_VERSION \"@scope/a@>=0.1.0\"\n",
    },
    {
      title: "what the project says",
      source:
        "FROM node:24\nRUN npm install --production && npm i && yarn install && yarn && pnpm install --frozen-lockfile && npm ci\n",
    },
    {
      title: "folders, archives and addresses",
      source: "FROM node:24\nRUN npm install . ./a /b ../c ~/d file:e f.tgz https://example.com/g.tgz\n",
    },
    {
      title: "a repository, at a tag",
      source:
        "FROM node:24\nRUN npm install git+ssh://git@example.com:a/b.git#v1.0.27 github:a/b#semver:^5.0\n",
    },
    {
      title: "variables, options and text",
      source:
        "FROM node:24\nRUN npm install $PACKAGES --registry https://example.com --prefix /opt && npm run install sax; echo npm install sax\n",
    },
  ],
  check(document, { report }) {
    for (const { packages, span, fixes } of unpinnedInstalls(document, "npm"))
      report("unpinned", [packages], { at: span, fixes });
  },
});
