import { distinct } from "../../documents/compose/select";
import type { JoinedBuild } from "../../documents/project/model";
import type { Related } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { composeSecrets } from "../shared/composeReferences";
import { declarationOf, mayTakeUndeclared, stagesBelow } from "../shared/projectArgs";
import { relatedIn } from "../shared/projectPlaces";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { judgeBuildArgument } from "../shared/secrets/variables";
import { shorten } from "../shared/shorten";
import { variableUsesOf } from "../shared/variableUses";

export default defineRule({
  id: "compose-build-arg-secret",
  language: "project",
  title: "No secret is given to a build as an argument",
  why: `Build arguments are not secret: \`docker history\` shows those that a RUN used, the provenance that BuildKit attaches to
an image lists them, and so do build logs and caches. Whoever may pull the image has them. Written out, the value is in the
repository as well.

Use \`secrets:\` below \`build:\`, and \`RUN --mount=type=secret,id=npm_token\` in the Dockerfile, which sees it as a file for
that one command. A value that was passed so before must be changed.

Critical or high where the value is written out, by how random it is, medium where it comes from outside or everybody knows
it, low for a placeholder. From outside it is high where the Dockerfile that is built writes the argument to ENV, since it then
is a variable of every container, and low where no ARG takes it, since nothing comes of it. There is no fix, since the Dockerfile must change with it.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["kics:passwords_and_secrets", "cis:4.10", "cwe:538"],
  references: [
    dockerBuildSecrets,
    composeSecrets,
    {
      title: "Compose build specification: secrets",
      url: "https://docs.docker.com/reference/compose-file/build/#secrets",
    },
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  local: true,
  messages: {
    written: (name: string) => `${name} is there for everyone who can read the repository or pull the image`,
    passed: (name: string) => `${name} stays in the history of the image, for everyone who can pull it`,
    kept: (name: string) =>
      `The Dockerfile writes ${name} to ENV: it is in the image, for everyone who can pull it`,
    unused: (name: string) => `${name} is passed to a build whose Dockerfile has no ARG for it`,
  },
  bad: [
    {
      title: "written out",
      source:
        "services:\n  web:\n    build:\n      context: .\n      args:\n        NPM_TOKEN: «Nv8qL2xR7tKe4Wz9»\n        VERSION: 1\n  b:\n    build:\n      context: .\n      args: ['DB_PASSWORD=«tide-and-time»']\n",
    },
    {
      title: "from outside",
      source:
        "services:\n  web:\n    build:\n      context: .\n      args:\n        - NPM_TOKEN=«${NPM_TOKEN}»\n        - «GITHUB_TOKEN»\n  b:\n    build: { context: ., args: { API_KEY: «$KEY» } }\n",
    },
    {
      title: "which the Dockerfile writes to ENV, or does not take",
      source:
        "services:\n  web:\n    build:\n      context: app\n      args:\n        - NPM_TOKEN=«${NPM_TOKEN}»\n        - «GITHUB_TOKEN»\n",
      context: {
        neighbours: { "app/Dockerfile": "FROM node:22\nARG NPM_TOKEN\nENV NPM_CONFIG_TOKEN=${NPM_TOKEN}\n" },
      },
    },
    {
      title: "by default, from an anchor, once",
      source:
        "x-a: &a\n  APP_SECRET: «${S:-tide-and-time}»\nservices:\n  a:\n    build: { context: ., args: *a }\n  b:\n    build: { context: ., args: *a }\n",
    },
  ],
  good: [
    {
      title: "a secret of the build",
      source:
        "services:\n  web:\n    build:\n      context: .\n      secrets: [npm_token]\nsecrets:\n  npm_token:\n    environment: NPM_TOKEN\n",
    },
    {
      title: "no secrets",
      source:
        'services:\n  web:\n    build:\n      context: .\n      args:\n        VERSION: 1.2\n        TOKEN_PATH: /run/token\n        SSL_KEY_FILE: ${KEY_FILE}\n        PUBLIC_KEY: ${K}\n        DB_PASSWORD: ""\n        USE_PASSWORD: "false"\n        API_KEY: "true"\n',
    },
  ],
  check({ compose, builds }, { report }) {
    const args = distinct(
      compose,
      ({ build }) => build?.value.args ?? [],
      (arg) => arg.span,
    );
    for (const { service, part: arg } of args) {
      const judged = judgeBuildArgument(arg.name, arg.value?.raw);
      if (judged === undefined) continue;
      const at = arg.value === undefined ? arg.nameSpan : arg.valueSpan;
      const use =
        judged.wording === "passed"
          ? useOf(
              builds.find((one) => one.service === service),
              arg.name,
            )
          : undefined;
      if (use === undefined)
        report(judged.wording, [shorten(arg.name, 40)], { at, severity: judged.severity });
      else report(use.wording, [shorten(arg.name, 40)], { at, severity: use.severity, related: use.related });
    }
  },
});

interface Use {
  readonly wording: "kept" | "unused" | "passed";
  readonly severity: Severity;
  readonly related: readonly Related[];
}

/** What the Dockerfile makes of an argument; `undefined` where it is not known. */
function useOf(build: JoinedBuild | undefined, name: string): Use | undefined {
  const found = build?.found;
  if (found?.state !== "known" || found.stage.state !== "known" || found.document.problems.length > 0)
    return undefined;
  const { document } = found;
  const declared = declarationOf(document, name);
  if (declared === undefined)
    return mayTakeUndeclared(document) ? undefined : { wording: "unused", severity: "low", related: [] };
  const stages = stagesBelow(found.stage.stage);
  const kept = document.instructions.find(
    (one) =>
      one.keyword === "ENV" &&
      stages.has(one.stageIndex) &&
      variableUsesOf(document, one).some((use) => use.name === name),
  );
  return kept === undefined
    ? { wording: "passed", severity: "medium", related: [relatedIn(found, declared.span, "Taken here")] }
    : { wording: "kept", severity: "high", related: [relatedIn(found, kept.span, "Written here")] };
}
