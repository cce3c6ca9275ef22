import { optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import { dockerCommand, severityHere } from "../shared/engineCommands";
import { namedArguments } from "../shared/engineSecrets";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { judgeBuildArgument } from "../shared/secrets/variables";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "build-arg-secret",
  language: "commands",
  title: "No secret is given to a build as an argument",
  why: `Build arguments are not secret: \`docker history\` shows those that a RUN used, the provenance that BuildKit attaches to an
image lists them, and so do build logs and caches. Whoever may pull the image has them. Written out, the value is in the
repository as well.

Use \`--secret id=npm_token,env=NPM_TOKEN\`, and \`RUN --mount=type=secret,id=npm_token\` in the Dockerfile, which sees it as
a file for that one command. A value that was passed so before must be changed.

A provider's token and what looks random is critical, another value high; one that comes from outside is medium in a
pipeline as elsewhere, since the image is what it leaks by. In documentation only tokens and random values are reported.
There is no fix, since the Dockerfile must change with it.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:538"],
  references: [
    dockerBuildSecrets,
    dockerCommand("docker buildx build", "docker/buildx/build", "secret"),
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  messages: {
    written: (name: string) => `${name} is there for everyone who can read this file or pull the image`,
    passed: (name: string) => `${name} stays in the history of the image, for everyone who can pull it`,
  },
  bad: [
    {
      title: "written out",
      source:
        "docker build --build-arg NPM_TOKEN=«Nv8qL2xR7tKe4Wz9» --build-arg VERSION=1 .\npodman image build --build-arg=DB_PASSWORD=«tide-and-time» .\n",
    },
    {
      title: "from outside",
      source: 'docker buildx build --build-arg NPM_TOKEN=«"$NPM_TOKEN"» --build-arg «GITHUB_TOKEN» .\n',
    },
    {
      title: "a pipeline",
      source:
        "jobs:\n  a:\n    steps:\n      - run: >-\n          docker build\n          --build-arg NPM_TOKEN=«${{ secrets.NPM_TOKEN }}»\n          .\n",
      context: { format: "workflow" },
    },
  ],
  good: [
    { title: "a secret of the build", source: "docker build --secret id=npm_token,env=NPM_TOKEN .\n" },
    {
      title: "no secrets",
      source:
        "docker build --build-arg VERSION=1.2 --build-arg TOKEN_PATH=/run/token --build-arg PUBLIC_KEY=$K --build-arg USE_PASSWORD=false .\n",
    },
    {
      title: "documentation",
      source: "```sh\ndocker build --build-arg NPM_TOKEN=$NPM_TOKEN --build-arg API_TOKEN=<token> .\n```\n",
      context: { format: "markdown" },
    },
  ],
  check(document, { report }) {
    const isDocumentation = document.format === "markdown";
    for (const command of document.commands) {
      if (command.action !== "build") continue;
      for (const { name, raw, span, token } of namedArguments(optionsNamed(command, "build-arg"))) {
        const judged =
          token === undefined
            ? judgeBuildArgument(name, raw)
            : ({ wording: "written", severity: "critical" } as const);
        if (judged === undefined || (isDocumentation && judged.severity !== "critical")) continue;
        report(judged.wording, [shorten(name, 40)], {
          at: span,
          severity:
            judged.wording === "passed" ? judged.severity : severityHere(document, command, judged.severity),
        });
      }
    }
  },
});
