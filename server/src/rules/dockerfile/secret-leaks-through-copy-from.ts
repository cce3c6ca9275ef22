import type { CopyInstruction, DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { maxSecretStages } from "../../limits";
import { maxSecretFiles } from "../../ruleLimits";
import { covers, layerPath } from "../shared/layerPaths";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { bearsOnSecretFiles, deletionsIn, type SecretFile, secretFiles } from "../shared/secretFiles";
import { finalStages } from "../shared/stages";

export default defineRule({
  id: "secret-leaks-through-copy-from",
  language: "dockerfile",
  needs: { keywords: ["COPY"], words: ["from"] },
  title: "COPY --from takes no folder in which another stage keeps a secret",
  why: `A stage that is thrown away may hold what the image must not: an \`.npmrc\` with a token, a key for the
repositories. \`COPY --from=build /root /root\`, or of \`/\` or the folder that was worked in, brings it along.

Copy what the build made and nothing else (\`/app/dist\`, one binary). And mount the secret in the earlier stage
rather than copying it: then there is nothing that could come along.

Reported where the folder or file that is copied holds a file that is a secret by its name, or one that a step filled
with a secret, and no later step of that stage deletes it. In a stage that is not part of the final image itself it is
medium. There is no fix: what is needed of the folder is not known.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:538"],
  references: [
    dockerBuildSecrets,
    { title: "Docker: multi-stage builds", url: "https://docs.docker.com/build/building/multi-stage/" },
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  reads: bearsOnSecretFiles,
  messages: {
    folder: () => "This brings a file with a secret along from the other stage",
  },
  bad: [
    {
      title: "the folder that was worked in",
      source:
        "FROM node:22 AS build\nWORKDIR /app\nCOPY .npmrc package.json ./\nRUN npm ci\nFROM node:22\nCOPY --from=build «/app» /app\n",
    },
    {
      title: "the home folder, the whole stage, and the file",
      source:
        "FROM debian:12 AS build\nCOPY id_rsa /root/.ssh/\nFROM scratch\nCOPY --from=build «/root» /root\nCOPY --from=0 «/» /\nCOPY --from=build /etc/x «/root/.ssh/id_rsa» /y/\n",
    },
    {
      title: "a file that a step wrote, by inheritance",
      source:
        'FROM node:22 AS base\nARG T\nRUN echo "//r.example.com/:_authToken=$T" > /root/.npmrc\nFROM base AS build\nFROM node:22\nCOPY --from=build «/root/» /root/\n',
    },
  ],
  good: [
    {
      title: "what was made",
      source:
        "FROM node:22 AS build\nWORKDIR /app\nCOPY .npmrc ./\nRUN npm ci\nFROM node:22\nCOPY --from=build /app/dist /app/dist\n",
    },
    {
      title: "deleted before",
      source:
        "FROM node:22 AS build\nWORKDIR /app\nCOPY .npmrc ./\nRUN npm ci\nRUN rm .npmrc\nFROM node:22\nCOPY --from=build /app /app\n",
    },
    {
      title: "another stage, and another image",
      source:
        "FROM node:22 AS a\nCOPY .env /app/\nFROM node:22 AS b\nFROM node:22\nCOPY --from=b /app /app\nCOPY --from=nginx:1.29 / /x\n",
    },
  ],
  check(document, { report, notChecked }) {
    if (!document.text.includes("--from=")) return;
    const byStage = filesByStage(document);
    if (byStage.size === 0) return;
    if (secretFiles(document).length === maxSecretFiles)
      notChecked("there are too many secret files to follow all of them");
    const kept = finalStages(document);
    for (const stage of document.stages)
      for (const copy of stage.instructions) {
        const origin = copy.keyword === "COPY" ? originOf(document, copy) : undefined;
        if (copy.keyword !== "COPY" || origin === undefined) continue;
        const chain = chainOf(origin);
        if (chain.at(-1)?.parent !== undefined)
          notChecked(
            `files with secrets are followed through ${maxSecretStages} stages, not further`,
            copy.keywordSpan,
          );
        const held = chain.flatMap((one) => byStage.get(one) ?? []);
        for (const { expanded, span } of held.length > 0 ? copy.sources : []) {
          if (expanded.state !== "known") continue;
          const from = layerPath(`/${expanded.value}`, undefined);
          const found = held.find(
            (file) => file.paths.some((path) => covers(from, path)) && !isDeleted(document, file, origin),
          );
          if (found === undefined) continue;
          report("folder", [], {
            at: span,
            severity: kept.has(stage.index) ? found.severity : "medium",
            related: [{ message: "What brings the secret into that stage", span: found.span }],
          });
        }
      }
  },
});

function filesByStage(document: DockerfileDocument): ReadonlyMap<Stage, readonly SecretFile[]> {
  const byStage = new Map<Stage, SecretFile[]>();
  for (const file of secretFiles(document)) {
    const list = byStage.get(file.stage);
    if (list === undefined) byStage.set(file.stage, [file]);
    else list.push(file);
  }
  return byStage;
}

function originOf({ stages }: DockerfileDocument, { from }: CopyInstruction): Stage | undefined {
  return from?.target.kind === "stage" ? stages[from.target.index] : undefined;
}

function chainOf(stage: Stage): readonly Stage[] {
  const chain: Stage[] = [];
  for (let at: Stage | undefined = stage; at && chain.length < maxSecretStages; at = at.parent)
    chain.push(at);
  return chain;
}

/** Whether a later step, up to the end of the stage that is copied from, deletes a file. */
function isDeleted(document: DockerfileDocument, file: SecretFile, origin: Stage): boolean {
  return chainOf(origin).some(
    (stage) =>
      stage.index >= file.stage.index &&
      stage.instructions.some(
        (run, position) =>
          run.keyword === "RUN" &&
          (stage !== file.stage || position > file.position) &&
          /\brm\b/.test(document.text.slice(run.span.start, run.span.end)) &&
          deletionsIn(run, stage, position).some(({ path }) => file.paths.some((one) => covers(path, one))),
      ),
  );
}
