import type { ImageReference } from "../../documents/imageReference";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { imageFacts } from "../../knowledge/images";
import { replaceSpan } from "../../text/edit";
import { type TakenImage, takenImages } from "../shared/imageUses";
import { cisDocker, cwe } from "../shared/references";
import { movedRegistry } from "../shared/retiredRegistries";
import { shorten } from "../shared/shorten";
import { passedEnd } from "../shared/supportEnds";

export default defineRule({
  id: "base-image-deprecated-repository",
  language: "dockerfile",
  title: "The base image's repository is still maintained",
  why: `A repository that its publisher has given up or moved keeps serving what was pushed last. Nothing in it is rebuilt
when a hole in its system is closed, and no new version appears, so a build goes on with ever older software and
nobody is told.

Move to the successor that the message names, with a version of it that you have tried. \`onbuild\` variants, which run
instructions that this file does not show, are no longer built either.

Where the release itself is past its end of support, \`base-image-end-of-life\` says so, and this rule is silent. That the
policy approves an image does not silence this: an exception that names the image does. The fix, where the successor takes the same tags, changes the registry; it is
not called safe, since it is another source.`,
  category: "base-image",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:1104"],
  references: [
    {
      title: "Docker: official images",
      url: "https://docs.docker.com/docker-hub/image-library/trusted-content/",
    },
    {
      title: "Kubernetes: k8s.gcr.io is frozen",
      url: "https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/",
    },
    cisDocker,
    cwe(1104, "Use of unmaintained third party components"),
  ],
  local: true,
  needs: { words: ["from"] },
  messages: {
    moved: (image: string, successor: string) =>
      `${image} gets no updates any more; ${successor} takes its place`,
    over: (image: string, why: string) => `${image} should not be used any more: ${why}`,
    removed: (image: string, date: string) =>
      `${image} was dropped from the official library on ${date} and gets no updates any more`,
    onbuild: (image: string) =>
      `${image} is an onbuild variant, which is no longer built and runs hidden instructions`,
  },
  bad: [
    { title: "given up, with a successor", source: "FROM «openjdk:27-ea»\nFROM «java»\n" },
    { title: "given up", source: "FROM «mongo-express:1.0»\n" },
    {
      title: "a registry that has moved",
      source: "FROM «k8s.gcr.io/pause:3.9»\n",
      fixed: "FROM registry.k8s.io/pause:3.9\n",
    },
    { title: "a frozen archive", source: "FROM «bitnamilegacy/redis:7.4»\n" },
    { title: "onbuild variants", source: "FROM «python:3-onbuild»\n" },
    { title: "to copy from", source: "FROM scratch\nCOPY --from=«jenkins» /a /b\n" },
  ],
  good: [
    { title: "maintained", source: "FROM eclipse-temurin:21\nFROM registry.k8s.io/pause:3.9\n" },
    { title: "past its end, which another rule says", source: "FROM centos:7\n" },
    {
      title: "a registry of one's own",
      source: "FROM registry.example.com/java:8\nFROM registry.example.com/x:onbuild\n",
    },
    { title: "a stage of that name", source: "FROM debian:12 AS java\nFROM java\n" },
  ],
  check(document, { facts, report }) {
    for (const taken of takenImages(document)) {
      const { use, reference, related } = taken;
      if (passedEnd(reference, facts.today) !== undefined) continue;
      const at = use.span;
      const image = shorten(reference.familiar, 36);
      const registry = movedRegistry(reference);
      const { deprecated, removedOn, replacement, official } = imageFacts(reference) ?? {};
      if (registry !== undefined)
        report("moved", [image, registry], { at, related, fixes: fixesOf(taken, registry) });
      else if (replacement !== undefined && isRetired(reference))
        report("moved", [image, replacement], { at, related });
      else if (deprecated !== undefined) report("over", [image, deprecated], { at, related });
      else if (removedOn !== undefined) report("removed", [image, removedOn], { at, related });
      else if (official && /(?:^|-)onbuild$/.test(reference.tag ?? ""))
        report("onbuild", [image], { at, related });
    }
  },
});

/** Whether a successor is named because the image is given up, not because it is merely better. */
function isRetired(reference: ImageReference): boolean {
  const facts = imageFacts(reference);
  return facts?.deprecated !== undefined || facts?.removedOn !== undefined;
}

function fixesOf({ use, reference }: TakenImage, registry: string): readonly Fix[] {
  if (use.text !== reference.source) return [];
  const span = { start: use.span.start, end: use.span.start + reference.domain.length };
  return [{ title: `Use ${registry}`, safety: "unsafe", edits: [replaceSpan(span, registry)] }];
}
