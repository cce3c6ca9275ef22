import type { Assignment, DockerfileDocument } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import {
  assignedInStages,
  correctionFixes,
  declarationFixes,
  globalArgNames,
} from "../shared/declareVariable";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { undefinedUses } from "../shared/undefinedVariables";

export default defineRule({
  id: "undefined-variable",
  language: "dockerfile",
  title: "Every variable is set where the builder puts it in",
  why: `In COPY, ENV, USER, WORKDIR, LABEL and the like the builder itself puts variables in, and takes an empty text for one
that is not set: \`COPY app-$TARGETARCH /app\` looks for \`app-\`, \`USER $APP_USR\` breaks, \`WORKDIR $HOME/app\` is \`/app\`.
An ARG is seen in its own stage, from its line on: one above the first FROM has to be declared again
(\`ARG VERSION\`), and so have \`TARGETARCH\` and its kind.

Declare the variable with ARG or ENV above, or correct its name. \`\${NAME:-default}\` says what holds without a value and
is not reported. RUN, CMD and ENTRYPOINT are left out: there a shell puts the values in.

A base image may set variables of its own, which this file does not show. So in most stages only those are reported
that the file itself names elsewhere (before the first FROM, in another stage, further down), those of the build, and
likely typing errors; all of them on top of \`scratch\` and of images that are known to set nothing but \`PATH\`.

The fix declares the variable or writes the name that is nearest. It is not called safe, since it changes what is
built.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["buildkit:UndefinedVar", "sonar:S6579"],
  references: [
    {
      title: "Docker build check: UndefinedVar",
      url: "https://docs.docker.com/reference/build-checks/undefined-var/",
    },
    dockerfileReference("scope of ARG", "scope"),
    dockerfileReference("environment replacement", "environment-replacement"),
  ],
  messages: {
    undeclared: (name: string) =>
      `${name} is not declared in this stage, so the builder puts in nothing for it`,
    later: (name: string) => `${name} is set only further down, so the builder puts in nothing for it here`,
    misspelt: (name: string, near: string) =>
      `${name} is set nowhere, so nothing is put in: ${near} is nearest`,
    unset: (name: string) => `${name} is not set above, so the builder puts in nothing for it`,
  },
  bad: [
    {
      title: "an ARG from before the first FROM",
      source: "ARG VERSION=1\nFROM node:22\nLABEL version=$«VERSION»\n",
      fixed: "ARG VERSION=1\nFROM node:22\nARG VERSION\nLABEL version=$VERSION\n",
    },
    {
      title: "the platform of the build",
      source: "FROM node:22\nCOPY --chown=node app-${«TARGETARCH»} /app\n",
      fixed: "FROM node:22\nARG TARGETARCH\nCOPY --chown=node app-${TARGETARCH} /app\n",
    },
    {
      title: "declared in another stage",
      source: "FROM node:22 AS a\nARG DIR=/srv\nWORKDIR $DIR\nFROM node:22\nWORKDIR $«DIR»\n",
      fixed: "FROM node:22 AS a\nARG DIR=/srv\nWORKDIR $DIR\nFROM node:22\nARG DIR=/srv\nWORKDIR $DIR\n",
    },
    {
      title: "set too late",
      source: "FROM node:22\nUSER $«APP»\nARG APP=node\nFROM debian:12\nWORKDIR $«DIR»\nENV DIR=/srv\n",
      fixed:
        "FROM node:22\nARG APP=node\nUSER $APP\nARG APP=node\nFROM debian:12\nARG DIR=/srv\nWORKDIR $DIR\nENV DIR=/srv\n",
    },
    {
      title: "a typing error",
      source: "FROM node:22\nENV PATH=$«PAHT»:/app/bin\n",
      fixed: "FROM node:22\nENV PATH=$PATH:/app/bin\n",
    },
    {
      title: "anything, on top of an image that sets nothing",
      source: "FROM debian:12 AS a\nCOPY x $«HOME»/x\nFROM scratch\nEXPOSE ${«PORT»}/udp\n",
      fixed: "FROM debian:12 AS a\nARG HOME\nCOPY x $HOME/x\nFROM scratch\nARG PORT\nEXPOSE ${PORT}/udp\n",
    },
    {
      title: "adding to what is not there",
      source: "FROM debian:12\nENV LD_LIBRARY_PATH=/x:$«LD_LIBRARY_PATH» A=b\n",
    },
    {
      title: "in a text that COPY writes",
      source: "FROM debian:12\nCOPY <<END /run.sh\necho $«TIME»\nEND\n",
      fixed: "FROM debian:12\nARG TIME\nCOPY <<END /run.sh\necho $TIME\nEND\n",
    },
  ],
  good: [
    {
      title: "declared, with a value or without",
      source: "FROM debian:12\nARG A\nENV B=1\nCOPY $A $B /x/\n",
    },
    {
      title: "with a default in its place",
      source: "FROM debian:12\nUSER ${APP:-app}\nWORKDIR ${DIR-/srv}\n",
    },
    {
      title: "set by the base image, perhaps",
      source: "FROM node:22\nENV N=$NODE_VERSION J=$JAVA_HOME/bin\n",
    },
    {
      title: "set by the base image, which has it in its name",
      source: "ARG NODE_VERSION=22\nFROM node:${NODE_VERSION}\nENV N=$NODE_VERSION\n",
    },
    { title: "inherited", source: "FROM debian:12 AS a\nARG A=1\nENV B=2\nFROM a\nLABEL a=$A b=$B\n" },
    { title: "the shell's", source: "FROM debian:12\nRUN echo $X\nCMD echo $Y\n" },
    { title: "a template of another program", source: "FROM debian:12\nUSER ${options:user}\n" },
    { title: "no variable", source: "FROM debian:12\nLABEL a='$X' b=\\$Y\nCOPY <<'E' /x\n$Z\nE\n" },
    { title: "in the builds of other images", source: "FROM debian:12\nONBUILD COPY $X /x\n" },
    { title: "one after another in one ARG", source: "FROM debian:12\nARG A=1 B=$A\n" },
  ],
  local: true,
  needs: { words: ["$"] },
  check(document, { report }) {
    for (const { instruction, name, span, kind, nearest, addsToItself } of undefinedUses(document)) {
      if (nearest !== undefined) {
        const fixes = correctionFixes(span, nearest);
        report("misspelt", [shorten(name, 30), shorten(nearest, 30)], { at: span, fixes });
        continue;
      }
      const model = modelOf(document, name);
      const fixes = addsToItself ? [] : declarationFixes(document, name, instruction, model);
      report(kind, [shorten(name)], { at: span, fixes });
    }
  },
});

/** A global ARG hands its own default on. */
function modelOf({ globalArgs, stages }: DockerfileDocument, name: string): Assignment | undefined {
  return globalArgNames(globalArgs).has(name) ? undefined : assignedInStages(stages).get(name);
}
