import type { Assignment, DockerfileDocument } from "../../documents/dockerfile/model";
import { parseImageReference } from "../../documents/imageReference";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { spanOf } from "../../text/span";
import { globalArgNames } from "../shared/declareVariable";
import { changed, fillIn } from "../shared/fillIn";
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

The fix writes a default for you to fill in; for a registry without its name it is \`docker.io\`, where builders
look anyway.`,
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
    {
      title: "no default for the tag",
      source: "ARG TAG\nFROM «busybox:${TAG}»\n",
      fixed: "ARG TAG=TAG\nFROM busybox:${TAG}\n",
    },
    {
      title: "no default for the image",
      source: "ARG IMAGE\nFROM «$IMAGE» AS build\n",
      fixed: "ARG IMAGE=image:TAG\nFROM $IMAGE AS build\n",
    },
    { title: "a default that is no tag", source: 'ARG SUFFIX="box:"\nFROM «busy${SUFFIX}»\n' },
    {
      title: "a registry without its name",
      source: "ARG REGISTRY=\nFROM «${REGISTRY}/node:22»\n",
      fixed: "ARG REGISTRY=docker.io\nFROM ${REGISTRY}/node:22\n",
    },
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
      const declared = declarations(document, names);
      report("invalid", [shorten(image.text, 36)], {
        at: image.span,
        related: declared.map(({ span }) => ({ message: "It is declared here", span })),
        fixes: declared.length === 1 ? defaultFixes(image.text, declared[0]!) : [],
      });
    }
  },
});

function isUsable({ stages }: DockerfileDocument, value: string, before: number): boolean {
  if (parseImageReference(value) !== undefined) return true;
  const name = value.toLowerCase();
  return stages.some((stage) => stage.index < before && stage.name?.toLowerCase() === name);
}

function declarations({ globalArgs }: DockerfileDocument, names: ReadonlySet<string>): readonly Assignment[] {
  return globalArgs.flatMap(({ assignments }) => assignments).filter(({ name }) => names.has(name));
}

/** A default for an argument without one, by the part of the image that it stands for. */
function defaultFixes(image: string, { name, nameSpan, value, valueSpan }: Assignment): readonly Fix[] {
  if (value !== undefined && value !== "") return [];
  const [before = "", after = "", ...more] = image.split(new RegExp(`\\$(?:\\{${name}\\}|${name}(?!\\w))`));
  if (more.length > 0) return [];
  const at = spanOf(nameSpan.end, Math.max(nameSpan.end, valueSpan.end));
  if (before.endsWith(":") && after === "")
    return fillIn("Write a default that you fill in", ["TAG"], replaceSpan(at, "=TAG"));
  if (before !== "") return [];
  if (after.startsWith("/"))
    return changed("Take it from docker.io by default", [replaceSpan(at, "=docker.io")]);
  return after === ""
    ? fillIn("Write a default that you fill in", ["image", "TAG"], replaceSpan(at, "=image:TAG"))
    : [];
}
