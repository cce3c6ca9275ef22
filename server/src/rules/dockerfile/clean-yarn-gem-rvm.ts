import { hasFlag, operandsOf } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { cleaningFixes, type PackageCache, subcommandTest, uncleanedRuns } from "../shared/packageCaches";
import { cwe, dockerBestPractices } from "../shared/references";

export default defineRule({
  id: "clean-yarn-gem-rvm",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["yarn", "gem", "rvm"] },
  title: "The step that installs with yarn, gem or rvm empties the cache",
  why: `\`yarn\`, \`gem\` and \`rvm\` keep a copy of every package that they download, for the next installation. In an
image there is no next one, and a later step cannot take the copies away: they stay in the layer of the step that
fetched them.

End the step with \`yarn cache clean\`, \`rm -rf "$(gem env gemdir)"/cache\` or \`rvm cleanup all\`; or keep the cache
out of the layer: \`RUN --mount=type=cache,target=/usr/local/share/.cache/yarn\`.

Stages that are thrown away are not reported, nor is \`yarn install --immutable\`: what yarn 2 and later keep in the
project may be what the program runs from. For the same reason the fix, which adds the command, is not called safe.`,
  category: "hygiene",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3060",
    "sonar:S6587",
    "dockerfile_lint:no_gem_clean_all",
    "dockerfile_lint:no_rvm_cleanup_all",
    "droast:DF055",
    "cis:4.3",
    "cwe:459",
  ],
  references: [
    { title: "Yarn: cache clean", url: "https://classic.yarnpkg.com/lang/en/docs/cli/cache/" },
    { title: "RubyGems: command reference", url: "https://guides.rubygems.org/command-reference/" },
    dockerBestPractices,
    cwe(459, "Incomplete cleanup"),
  ],
  messages: {
    cache: (program: string) =>
      `${program} keeps a copy of all that it installs here in this layer, where nothing uses it again`,
  },
  bad: [
    {
      title: "yarn",
      source: "FROM node:22\n«RUN» yarn install --frozen-lockfile && yarn build\n«RUN» yarn\n",
      fixed:
        "FROM node:22\nRUN yarn install --frozen-lockfile && yarn build && yarn cache clean\nRUN yarn && yarn cache clean\n",
    },
    {
      title: "gem and rvm",
      source: "FROM ruby:3.4\n«RUN» gem install bundler -v 2.6.2\n«RUN» bash -lc 'rvm install 3.4'\n",
      fixed:
        "FROM ruby:3.4\nRUN gem install bundler -v 2.6.2 && rm -rf \"$(gem env gemdir)\"/cache\nRUN bash -lc 'rvm install 3.4' && rvm cleanup all\n",
    },
    {
      title: "another folder is mounted, emptied before",
      source:
        "FROM node:22\n«RUN» --mount=type=cache,target=/var/lib/foo yarn add left-pad\n«RUN» yarn cache clean && \\\n  yarn global add serve\n",
      fixed:
        "FROM node:22\nRUN --mount=type=cache,target=/var/lib/foo yarn add left-pad && yarn cache clean\nRUN yarn cache clean && \\\n  yarn global add serve \\\n  && yarn cache clean\n",
    },
  ],
  good: [
    {
      title: "emptied",
      source:
        'FROM node:22\nRUN yarn install && yarn cache clean\nRUN yarn && rm -rf /usr/local/share/.cache\nRUN gem install x && rm -rf "$(gem env gemdir)/cache"\nRUN rvm install 3.4 && rvm cleanup all\n',
    },
    {
      title: "mounted, or kept in a folder that the step names",
      source:
        "FROM node:22\nRUN --mount=type=cache,target=/root/.cache/yarn yarn install\nRUN --mount=type=tmpfs,target=/usr/local/share/.cache yarn install\nRUN yarn install --cache-folder /tmp/yarn; rm -rf /tmp/yarn\n",
    },
    { title: "yarn 2 and later", source: "FROM node:22\nRUN yarn install --immutable\n" },
    {
      title: "in a stage that is thrown away, and other subcommands",
      source:
        "FROM node:22 AS build\nRUN yarn install\nFROM node:22\nRUN yarn build && yarn --version && gem list\n",
    },
  ],
  check(document, { report }) {
    for (const { cache, command } of caches) {
      for (const uncleaned of uncleanedRuns(document, cache)) {
        const fixes = cleaningFixes(document, uncleaned, command, "unsafe");
        report("cache", [cache.mention], { at: uncleaned.run.keywordSpan, fixes });
      }
    }
  },
});

const addsPackages = subcommandTest(new Set(["yarn"]), new Set(["install", "add", "global"]));

const caches: readonly { readonly cache: PackageCache; readonly command: string }[] = [
  {
    command: "yarn cache clean",
    cache: {
      mention: "yarn",
      fills: (command) => {
        const { unwrapped } = command;
        if (unwrapped.program !== "yarn") return false;
        const isKept = ["immutable", "cache-folder", "version", "help"].some((long) =>
          hasFlag(unwrapped, "", long),
        );
        return (
          !isKept &&
          !hasFlag(unwrapped, "v", "") &&
          (addsPackages(command) || operandsOf(unwrapped).length === 0)
        );
      },
      cleans: ({ unwrapped }) => {
        const [first, second] = operandsOf(unwrapped);
        return unwrapped.program === "yarn" && first?.value === "cache" && second?.value === "clean";
      },
      folder:
        /yarn[-_/]?(?:cache|v6|berry)|\.cache(?:\/(?:yarn|\*)|[/"']{0,2}$)|\.yarn|YARN_CACHE|yarn cache dir/i,
    },
  },
  {
    command: 'rm -rf "$(gem env gemdir)"/cache',
    cache: {
      mention: "gem",
      fills: subcommandTest(new Set(["gem"]), new Set(["install", "update"])),
      cleans: subcommandTest(new Set(["gem"]), new Set(["cleanup", "clean"])),
      folder: /\.gem|gem env|gems?\/.{0,60}cache|GEM_HOME|\/cache\/\*\.gem/,
    },
  },
  {
    command: "rvm cleanup all",
    cache: {
      mention: "rvm",
      fills: subcommandTest(new Set(["rvm"]), new Set(["install"])),
      cleans: subcommandTest(new Set(["rvm"]), new Set(["cleanup"])),
      folder: /rvm\/(?:archives|src)/,
    },
  },
];
