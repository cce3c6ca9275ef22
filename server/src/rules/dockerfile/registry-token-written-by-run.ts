import { defineRule } from "../../engine/rule";
import { maxFileFixes } from "../../ruleLimits";
import { registryWrites, registryWriteWords } from "../shared/credentialCommands";
import { covers } from "../shared/layerPaths";
import { storedFileFixes } from "../shared/mountedFile";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { deletionsIn } from "../shared/secretFiles";
import { shorten } from "../shared/shorten";
import { finalStages } from "../shared/stages";

export default defineRule({
  id: "registry-token-written-by-run",
  language: "dockerfile",
  title: "No build step stores the credential of a registry or of version control",
  why: `\`npm config set …:_authToken\`, \`docker login\`, a token in \`.netrc\` or \`git config url…insteadOf\`: the
tool writes the credential to a file in the home folder, and the file becomes part of the layer. Everyone who can pull
the image can publish packages or read your repositories with it.

Mount the file for the step that needs it, \`RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\`, or the
value: \`--mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN\` with an \`.npmrc\` that says \`\${NPM_TOKEN}\`. Then change the
credential: the old one is out.

Where the same step deletes the file or logs out, nothing stays and nothing is reported. A stage that is not part of
the final image is reported as medium: only the build cache has it. Where root writes the file in a plain chain of
commands, the fix mounts it as a secret for this step in place of the commands that write and delete it, together
with the argument that nothing else reads: the secret is then the whole file.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:522", "cwe:312"],
  references: [dockerBuildSecrets, cisDocker, cwe(522, "Insufficiently protected credentials")],
  local: true,
  needs: { keywords: ["RUN"], words: registryWriteWords },
  messages: {
    stored: (name: string) =>
      `${name} keeps the credential in this layer, for everyone who can pull the image`,
  },
  bad: [
    {
      title: "by a command",
      source:
        'FROM node:22\nARG T\nRUN «npm config set» //npm.example.com/:_authToken=$T && npm ci\nRUN «git config» --global url."https://$T@github.com/".insteadOf https://github.com/\nRUN echo $T | «docker login» -u ci --password-stdin registry.example.com\n',
      fixed:
        'FROM node:22\nARG T\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\nRUN git config --global url."https://$T@github.com/".insteadOf https://github.com/\nRUN echo $T | docker login -u ci --password-stdin registry.example.com\n',
    },
    {
      title: "as a file",
      source:
        'FROM node:22\nARG NPM_TOKEN\nRUN echo "//npm.example.com/:_authToken=${NPM_TOKEN}" > «.npmrc» && npm ci\nRUN printf "machine example.com login ci password %s" "$NPM_TOKEN" >> «~/.netrc»\nRUN cat <<EOF > «/root/.pypirc»\n[pypi]\npassword: $NPM_TOKEN\nEOF\n',
    },
    {
      title: "deleted in a later step, and in a stage that is thrown away",
      source:
        "FROM php:8.4 AS build\nARG T\nRUN «composer config» -g github-oauth.github.com $T\nRUN rm ~/.composer/auth.json\nFROM php:8.4\n",
    },
  ],
  good: [
    {
      title: "deleted by the same step",
      source:
        'FROM node:22\nARG T\nRUN echo "//r.example.com/:_authToken=$T" > ~/.npmrc && npm ci && rm ~/.npmrc\nRUN docker login -u ci -p $T r.example.com && docker pull r.example.com/a && docker logout r.example.com\n',
    },
    {
      title: "a reference that npm reads when it runs",
      source: "FROM node:22\nRUN echo '//npm.example.com/:_authToken=${NPM_TOKEN}' > .npmrc\n",
    },
    {
      title: "settings without a credential",
      source:
        'FROM node:22\nRUN npm config set registry https://r.example.com && echo "registry=https://r.example.com" > .npmrc\nRUN git config --global url."https://github.com/".insteadOf git@github.com:\nRUN git config --global url."ssh://git@github.com/".insteadOf https://github.com/\n',
    },
    {
      title: "a mounted file",
      source: "FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n",
    },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    for (const [index, stored] of registryWrites(document).entries()) {
      const { run, stage, position, span, name, path } = stored;
      const isGone =
        path !== undefined &&
        deletionsIn(run, stage, position).some((deletion) => covers(deletion.path, path));
      if (isGone) continue;
      const where = kept.has(stage.index) ? {} : { severity: "medium" as const };
      report("stored", [shorten(name, 32)], {
        at: span,
        fixes: index < maxFileFixes ? storedFileFixes(document, stored) : [],
        ...where,
      });
    }
  },
});
