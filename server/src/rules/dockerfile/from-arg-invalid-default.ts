import type { DockerfileDocument } from "../../documents/dockerfile/model";
import { parseImageReference } from "../../documents/imageReference";
import type { Related } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { globalArgNames } from "../shared/declareVariable";
import { fromDefaults } from "../shared/fromDefaults";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { variableUsesOf } from "../shared/variableUses";

export default defineRule({
  id: "from-arg-invalid-default",
  language: "dockerfile",
  title: "The defaults of ARGs make a valid base image",
  why: `\`ARG TAG\` without a default and \`FROM debian:\${TAG}\` give \`debian:\`, which is no image: the file can be built only
with the right \`--build-arg\`. Whoever forgets it gets an error that does not say so, and tools that read the file
(update bots, scanners, editors) cannot tell what it is built from.

Give the ARG a default, or write one in its place: \`FROM debian:\${TAG:-12}\`. Where the build must be told (an image of
your own), that is a decision: ignore the finding there.

Which default is right is for you to say, so there is no fix.`,
  category: "base-image",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["buildkit:InvalidDefaultArgInFrom"],
  references: [
    {
      title: "Docker build check: InvalidDefaultArgInFrom",
      url: "https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/",
    },
    dockerfileReference("how ARG and FROM interact", "understand-how-arg-and-from-interact"),
  ],
  messages: {
    invalid: (image: string) =>
      `Without build arguments ${image} is no image, so the file cannot be built as it is`,
  },
  bad: [
    { title: "no default for the tag", source: "ARG TAG\nFROM «busybox:${TAG}»\n" },
    { title: "no default for the image", source: "ARG IMAGE\nFROM «$IMAGE» AS build\n" },
    { title: "a default that is no tag", source: 'ARG SUFFIX="box:"\nFROM «busy${SUFFIX}»\n' },
    { title: "a registry without its name", source: "ARG REGISTRY=\nFROM «${REGISTRY}/node:22»\n" },
  ],
  good: [
    { title: "a default", source: "ARG TAG=latest\nFROM busybox:${TAG}\n" },
    { title: "a default in its place", source: "ARG TAG\nFROM busybox:${TAG:-1.37}\n" },
    { title: "empty fits too", source: "ARG V\nARG W=\nFROM busybox:stable${V}\nFROM busybox:1${W}\n" },
    { title: "set by every build", source: "FROM busybox-${TARGETARCH}:1\n" },
    { title: "a stage", source: "ARG S=build\nFROM busybox:1 AS build\nFROM $S\nFROM scratch\n" },
    { title: "one that is not declared is another rule's", source: "FROM busybox:${TAG}\n" },
  ],
  local: true,
  needs: { keywords: ["FROM"], words: ["$"] },
  check(document, { report }) {
    let byDefaults: ReturnType<typeof fromDefaults> | undefined;
    for (const { from } of document.stages) {
      const { image } = from;
      if (image === undefined || !image.text.includes("$") || image.target.kind !== "unknown") continue;
      const globals = globalArgNames(document.globalArgs);
      const uses = variableUsesOf(document, from);
      if (uses.some(({ name, guarded }) => !guarded && !globals.has(name))) continue;
      byDefaults ??= fromDefaults(document);
      const value = byDefaults(image);
      if (value === undefined || isUsable(document, value, from.stageIndex)) continue;
      const names = new Set(uses.map(({ name }) => name));
      report("invalid", [shorten(image.text, 36)], {
        at: image.span,
        related: declarations(document, names),
      });
    }
  },
});

function isUsable({ stages }: DockerfileDocument, value: string, before: number): boolean {
  if (parseImageReference(value) !== undefined) return true;
  const name = value.toLowerCase();
  return stages.some((stage) => stage.index < before && stage.name?.toLowerCase() === name);
}

function declarations({ globalArgs }: DockerfileDocument, names: ReadonlySet<string>): readonly Related[] {
  return globalArgs
    .flatMap(({ assignments }) => assignments)
    .filter(({ name }) => names.has(name))
    .map(({ span }) => ({ message: "It is declared here", span }));
}
