import type { Stage } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { maxSecretFiles } from "../../ruleLimits";
import { covers } from "../shared/layerPaths";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { bearsOnSecretFiles, deletionsIn, type SecretFile, secretFiles } from "../shared/secretFiles";
import { finalChain } from "../shared/stages";

export default defineRule({
  id: "secret-removed-in-later-layer",
  language: "dockerfile",
  title: "A secret is not put into one layer and deleted in the next",
  why: `Every instruction makes a layer, and a layer is never changed again: deleting a file in a later one only hides
it. Whoever pulls the image unpacks the earlier layer (\`docker save\`, or any tool that shows layers) and has the file.

Let the file never get into a layer: \`RUN --mount=type=secret,id=key,target=/root/.ssh/id_ed25519 …\` for what a step
needs, \`RUN --mount=type=bind\` for other files of the context. Or do it in an earlier stage and copy only the result
with \`COPY --from\`. Then change the secret: the old one is out.

Reported are files that are secrets by their names, and files that a step fills with a secret, where they are
deleted in a later step of the final image's own stages. There is no fix: the steps have to be joined by hand.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:212", "cwe:538"],
  references: [
    dockerBuildSecrets,
    cisDocker,
    cwe(212, "Improper removal of sensitive information before storage or transfer"),
  ],
  needs: { keywords: ["RUN"], words: ["rm", "shred", "unlink"] },
  reads: bearsOnSecretFiles,
  messages: {
    hidden: () => "Deleting this here only hides it: the layer that brings the secret in still holds it",
  },
  bad: [
    {
      title: "a key that was copied",
      source:
        "FROM debian:12\nCOPY id_rsa /root/.ssh/\nRUN git clone git@example.com:a/b && rm -f «/root/.ssh/id_rsa»\n",
    },
    {
      title: "with its folder, by a pattern, relative, at home",
      source:
        "FROM node:22\nWORKDIR /app\nCOPY .npmrc .env ./\nCOPY a.p12 /root/x/\nRUN npm ci && rm «.npmrc» «../app/.e*»\nRUN rm -rf «$HOME/x»\n",
    },
    {
      title: "a file that a step wrote, deleted in a stage that is built on it",
      source:
        'FROM node:22 AS base\nARG NPM_TOKEN\nRUN echo "//r.example.com/:_authToken=$NPM_TOKEN" > ~/.npmrc\nFROM base\nRUN npm ci && rm «~/.npmrc»\n',
    },
  ],
  good: [
    {
      title: "in the same step",
      source:
        'FROM node:22\nARG NPM_TOKEN\nRUN echo "//r.example.com/:_authToken=$NPM_TOKEN" > ~/.npmrc && npm ci && rm ~/.npmrc\n',
    },
    {
      title: "another file",
      source: "FROM node:22\nCOPY .env /app/\nRUN rm -rf /var/lib/apt/lists/* /root/.cache /app/a\n",
    },
    {
      title: "in a stage that is thrown away",
      source: "FROM node:22 AS build\nCOPY .npmrc /root/\nRUN npm ci && rm /root/.npmrc\nFROM node:22\n",
    },
    {
      title: "before it is there",
      source: "FROM node:22\nWORKDIR /app\nRUN rm -f /app/.env\nCOPY .env /app/\n",
    },
  ],
  check(document, { report, notChecked }) {
    const files = secretFiles(document);
    if (files.length === 0) return;
    if (files.length === maxSecretFiles) notChecked("there are too many secret files to follow all of them");
    const chain = finalChain(document);
    const order = new Map<Stage, number>(chain.map((stage, index) => [stage, -index]));
    const hidden = new Set<SecretFile>();
    for (const stage of chain.toReversed()) {
      stage.instructions.forEach((run, position) => {
        if (run.keyword !== "RUN" || !deleting.test(document.text.slice(run.span.start, run.span.end)))
          return;
        for (const { path, span } of deletionsIn(run, stage, position)) {
          const isBefore = (file: SecretFile): boolean => {
            const depth = order.get(file.stage);
            if (depth === undefined) return false;
            return file.stage === stage ? file.position < position : depth < (order.get(stage) ?? 0);
          };
          const found = files.filter(
            (file) => !hidden.has(file) && isBefore(file) && file.paths.some((one) => covers(path, one)),
          );
          const first = found[0];
          if (first === undefined) continue;
          for (const file of found) hidden.add(file);
          report("hidden", [], {
            at: span,
            severity: first.severity,
            related: [{ message: "What brings the secret in", span: first.span }],
          });
        }
      });
    }
  },
});

const deleting = /\b(?:rm|shred|unlink|srm)\b/;
