import { secretFilesOf } from "../../documents/compose/builds";
import type { JoinedBuild } from "../../documents/project/model";
import { defineRule } from "../../engine/rule";
import { secretFileSeverity } from "../../knowledge/secretFileNames";
import { maxSecretStages } from "../../limits";
import { composeSecrets } from "../shared/composeReferences";
import { copyInto } from "../shared/contextCopies";
import { exclusionsIn } from "../shared/exclusions";
import { relatedIn } from "../shared/projectPlaces";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-secret-file-in-build-context",
  language: "project",
  title: "No file with secrets is copied into an image",
  why: `The file is given to a container when it starts, and so that nobody else has it. But it also lies in a build context, no
\`.dockerignore\` excludes it, and the Dockerfile copies it with the rest: everyone who can pull the image has it, and it stays
in a layer even if a later step deletes it.

Name the file in the \`.dockerignore\` of that context, or copy less. If an image was pushed so, change the secrets.

Followed are the services of this file that build a Dockerfile, with the stage that they build, what that is built on, and
stages that the file's folder is copied from (\`COPY --from=build /app /app\`).
Files of \`env_file:\` and \`secrets:\` count, and mounted ones with the name of a secret; they are never opened. There is no fix, since the ignore file is another file.`,
  category: "secrets",
  severity: "high",
  marksNoSecret: true,
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:538"],
  references: [
    composeSecrets,
    dockerBuildSecrets,
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  keys: ["env_file", "volumes", "build"],
  messages: {
    copied: (service: string) =>
      `This file is copied into the image of ${service}, for everyone who can pull it`,
  },
  bad: [
    {
      title: "copied with everything else",
      source: "services:\n  web:\n    build: .\n    env_file: «.env.production»\n",
      context: {
        neighbours: { Dockerfile: "FROM node:22\nCOPY . /app\n", ".dockerignore": "node_modules\n" },
        git: { ".env.production": "ignored" },
      },
    },
    {
      title: "a secret, in the context of another service's image",
      source:
        "services:\n  db:\n    image: postgres:17\n    secrets: [pw]\n  web:\n    build: { context: ./app }\nsecrets:\n  pw:\n    file: «app/config/pw.txt»\n",
      context: {
        neighbours: { "app/Dockerfile": "FROM node:22 AS base\nCOPY config /config\nFROM base\n" },
        git: { "app/config/pw.txt": "ignored" },
      },
    },
    {
      title: "through another stage, with its folder",
      source: "services:\n  web:\n    build: .\n    env_file: «.env.production»\n",
      context: {
        neighbours: {
          Dockerfile:
            "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:22-slim\nCOPY --from=build /app /srv\n",
        },
        git: { ".env.production": "ignored" },
      },
    },
  ],
  good: [
    {
      title: "deleted before its folder is copied on",
      source: "services:\n  web:\n    build: .\n    env_file: .env.production\n",
      context: {
        neighbours: {
          Dockerfile:
            "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && rm .env.production\nFROM node:22-slim\nCOPY --from=build /app /srv\n",
        },
        git: { ".env.production": "ignored" },
      },
    },
    {
      title: "excluded",
      source: "services:\n  web:\n    build: .\n    env_file: .env.production\n",
      context: {
        neighbours: { Dockerfile: "FROM node:22\nCOPY . /app\n", ".dockerignore": ".env*\n" },
        git: { ".env.production": "ignored" },
      },
    },
    {
      title: "not copied, or into a stage that is thrown away",
      source: "services:\n  web:\n    build: .\n    env_file: [.env, web.env]\n",
      context: {
        neighbours: {
          Dockerfile:
            "FROM node:22 AS build\nCOPY . /src\nFROM node:22\nCOPY src /app\nCOPY --from=build /src/out /app\n",
        },
        git: { ".env": "ignored", "web.env": "ignored" },
      },
    },
    {
      title: "no such file, or one that is not known to be there",
      source: "services:\n  web:\n    build: .\n    env_file: [gone.env]\n",
      context: { neighbours: { Dockerfile: "FROM node:22\nCOPY . /app\n" } },
    },
    {
      title: "a file of settings that git keeps",
      source: "services:\n  web:\n    build: .\n    env_file: web.env\n",
      context: {
        neighbours: { Dockerfile: "FROM node:22\nCOPY . /app\n", "web.env": "MODE=prod\n" },
        git: { "web.env": "tracked" },
      },
    },
  ],
  check({ compose, builds }, { facts, report, notChecked }) {
    const said = new Set<string>();
    for (const { path, span, kind } of secretFilesOf(compose)) {
      const git = facts.git.get(path);
      if (git?.state !== "known" || said.has(path)) continue;
      if (kind === "mounted" && secretFileSeverity(path) !== "high") continue;
      // A file that git keeps is public to the readers of the repository: what is in it is said elsewhere.
      if (kind === "env_file" && git.value === "tracked") continue;
      for (const build of builds) {
        const copy = copyOf(build, path);
        if (copy === "unknown")
          notChecked(`files with secrets are followed through ${maxSecretStages} stages, not further`, span);
        if (copy === undefined || copy === "unknown" || build.found.state !== "known") continue;
        said.add(path);
        report("copied", [shorten(build.service.name, 32)], {
          at: span,
          related: [relatedIn(build.found, copy.span, "Copied here")],
        });
        break;
      }
    }
  },
});

/** The COPY or ADD that takes a file into the image that is built. */
function copyOf({ found, context, ignoreFile }: JoinedBuild, path: string): ReturnType<typeof copyInto> {
  if (found.state !== "known" || found.stage.state !== "known" || ignoreFile.state === "unknown")
    return undefined;
  const inside =
    context === "" ? path : path.startsWith(`${context}/`) ? path.slice(context.length + 1) : undefined;
  if (inside === undefined || inside.startsWith("../")) return undefined;
  const parts = inside.split("/");
  if (ignoreFile.state === "known" && exclusionsIn(ignoreFile.text)(parts) !== undefined) return undefined;
  return copyInto(found.document, found.stage.stage, parts);
}
