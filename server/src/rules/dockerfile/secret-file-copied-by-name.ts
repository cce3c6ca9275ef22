import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { secretSources } from "../shared/secretFiles";
import { finalStages, instructionsOf } from "../shared/stages";

export default defineRule({
  id: "secret-file-copied-by-name",
  language: "dockerfile",
  title: "No file with keys or credentials is copied into the image",
  why: `COPY puts the file into a layer, and everyone who can pull the image reads it there: an \`.env\` with the passwords
of the database, a private key, the configuration of a cloud account. A later \`RUN rm\` does not take it out.

What a step of the build needs is mounted: \`RUN --mount=type=secret,id=npmrc,target=/root/.npmrc\`. What the program
needs is given to the container: \`--env-file\`, a secret of Compose or of the cluster. Then name the file in
\`.dockerignore\`, so that \`COPY . .\` does not bring it back.

Names decide. Public halves, certificates, keys of package archives, examples and templates are not reported. Files
that need not hold a secret (\`.npmrc\`, \`.env.test\`, \`.tfvars\`, key stores) are medium, and so is everything in
a stage that is not part of the final image.

The fix, for an instruction that copies nothing else, deletes it: whatever reads the file must then get it at run
time or from a mount.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["trivy:DS-0031", "dockle:CIS-DI-0010", "cis:4.10", "cwe:312", "cwe:538"],
  references: [
    dockerBuildSecrets,
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  local: true,
  needs: { keywords: ["COPY", "ADD"] },
  messages: {
    image: () => "By its name this file holds secrets, which everyone who can pull the image then has",
    maybe: () => "Files of this name often hold credentials, which everyone who can pull the image then has",
    stage: () => "By its name this file holds secrets, which this stage keeps in the build cache",
  },
  bad: [
    {
      title: "the usual ones",
      source:
        "FROM node:22\nCOPY «.env» ./\nCOPY «config/id_rsa» /root/.ssh/id_rsa\nADD «.aws/» /root/.aws/\n",
      fixed: "FROM node:22\n",
    },
    {
      title: "among others, in JSON form, by a pattern",
      source:
        'FROM node:22\nCOPY package.json «.npmrc» ./\nCOPY [«"server.key"», "/etc/ssl/"]\nCOPY «certs/*.p12» /c/\n',
      fixed: "FROM node:22\nCOPY package.json .npmrc ./\n",
    },
    {
      title: "by where it goes",
      source: "FROM node:22\nCOPY «deploy» /root/.ssh/id_ed25519\nCOPY «keys/.» /home/app/.ssh/\n",
      fixed: "FROM node:22\n",
    },
    {
      title: "in a stage that is thrown away",
      source: "FROM node:22 AS build\nCOPY «credentials.json» .\nFROM node:22\n",
      fixed: "FROM node:22 AS build\nFROM node:22\n",
    },
  ],
  good: [
    {
      title: "examples, public halves and certificates",
      source:
        "FROM node:22\nCOPY .env.example id_rsa.pub ca.pem fullchain.pem server.crt .env.dist ./\nCOPY known_hosts ssh_config /root/.ssh/\nCOPY .ssh/config /root/.ssh/config\n",
    },
    {
      title: "keys of package archives",
      source: "FROM debian:12\nCOPY docker.gpg.key archive.key /x/\nCOPY vendor.key /etc/apt/keyrings/\n",
    },
    {
      title: "names that only look like it",
      source: "FROM node:22\nCOPY meta.env keyboard.ts environment.ts secrets/ ./\n",
    },
    {
      title: "from another stage",
      source: "FROM node:22 AS a\nFROM node:22\nCOPY --from=a /app/.env /app/\n",
    },
    { title: "a key store of authorities", source: "FROM eclipse-temurin:21\nCOPY truststore.jks /x/\n" },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    for (const copy of instructionsOf(document)) {
      if (copy.keyword !== "COPY" && copy.keyword !== "ADD") continue;
      for (const { source, severity } of secretSources(copy)) {
        const inImage = kept.has(copy.stageIndex) || copy.onbuild;
        const message = severity === "medium" ? "maybe" : inImage ? "image" : "stage";
        const isOnly = copy.sources.length === 1 && copy.heredocs.length === 0 && !copy.onbuild;
        const lines = {
          start: document.lines.startOf(copy.startLine),
          end: document.lines.startOf(copy.endLine + 1),
        };
        report(message, [], {
          at: source.span,
          severity: inImage ? severity : "medium",
          fixes: isOnly
            ? [{ title: "Delete this instruction", safety: "unsafe", edits: [deleteSpan(lines)] }]
            : [],
        });
      }
    }
  },
});
