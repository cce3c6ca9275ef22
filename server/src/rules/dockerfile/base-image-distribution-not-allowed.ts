import type { ImageReference } from "../../documents/imageReference";
import { defineRule } from "../../engine/rule";
import { addedRepositories, distributionFamilies, distributionOf } from "../shared/distributions";
import { baseImages } from "../shared/imageUses";
import { cisDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "base-image-distribution-not-allowed",
  language: "dockerfile",
  title: "Images are made of the distributions that the team has chosen",
  why: `Each distribution has its own fixes, support dates, packages and scanners. A team that patches and scans Debian does
not notice what is open in a Fedora image, and a package repository that a RUN adds (EPEL, a PPA, a vendor's own)
brings packages that the distribution's security team does not look after.

Set the option \`allowed\` to what you have decided on: distributions (\`alpine\`, \`debian\`, \`ubuntu\`, \`fedora\`, \`rhel\`,
\`distroless\` …) or families (\`debian\`, \`redhat\`, \`suse\`). With \`extraRepositories\`, repositories that commands add are
reported too. Without either nothing is reported.

What an image is made of is judged by its name and tag; where they do not tell, nothing is reported. Which image takes
its place is for you to say, so there is no fix.`,
  category: "base-image",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["dockerfile_lint:not_from_fedora", "dockerfile_lint:no_epel", "cis:4.2"],
  references: [cisDocker],
  options: {
    allowed: {
      type: "strings",
      default: [],
      description: "The distributions or families that base images may be made of. Empty: any.",
    },
    extraRepositories: {
      type: "boolean",
      default: false,
      description: "Also report package repositories that a RUN adds, such as EPEL or a PPA.",
    },
  },
  messages: {
    notAllowed: (image: string, distribution: string) =>
      `${image} is made of ${distribution}, which is not among the allowed distributions`,
    repository: (name: string) => `${name} brings packages that the distribution itself does not look after`,
  },
  bad: [
    {
      title: "a system by its name",
      source: "FROM «fedora:43»\nFROM «registry.access.redhat.com/ubi9/ubi-minimal:9.6»\nFROM debian:12\n",
      context: { options: { allowed: ["debian", "alpine"] } },
    },
    {
      title: "by the tag of another image",
      source: "FROM «node:22-alpine3.21»\nFROM «python:3.13-slim-bookworm»\nFROM eclipse-temurin:21-jammy\n",
      context: { options: { allowed: ["ubuntu"] } },
    },
    {
      title: "extra repositories",
      source:
        "FROM almalinux:9\nRUN dnf install -y «epel-release» && dnf config-manager --add-repo «https://example.com/a.repo»\nRUN add-apt-repository -y «ppa:team/tool»\nRUN apk add -X «https://example.com/edge» tool\nRUN zypper ar «https://example.com/r» r\n",
      context: { options: { extraRepositories: true } },
    },
  ],
  good: [
    { title: "nothing has been decided", source: "FROM fedora:43\nRUN dnf install -y epel-release\n" },
    {
      title: "a family",
      source: "FROM fedora:43\nFROM almalinux:9\nFROM quay.io/centos/centos:stream9\n",
      context: { options: { allowed: ["redhat"] } },
    },
    {
      title: "allowed ones, and what cannot be told",
      source: "FROM alpine:3.21\nFROM node:22-alpine\nFROM team/base:1\nFROM scratch\n",
      context: { options: { allowed: ["Alpine"] } },
    },
    {
      title: "only text, and a repository that is taken out",
      source:
        'FROM debian:12\nRUN echo "epel-release"; add-apt-repository --remove ppa:team/tool; add-apt-repository universe; apk add tool\n',
      context: { options: { extraRepositories: true } },
    },
  ],
  local: true,
  check(document, { options, report }) {
    const allowed = new Set(options.allowed.map((name) => name.toLowerCase()));
    if (allowed.size > 0) {
      for (const { reference, use, related } of baseImages(document)) {
        const distribution = forbidden(reference, allowed);
        if (distribution === undefined) continue;
        report("notAllowed", [shorten(reference.source, 40), distribution], { at: use.span, related });
      }
    }
    if (!options.extraRepositories) return;
    for (const { span, name } of addedRepositories(document))
      report("repository", [shorten(name)], { at: span });
  },
});

/** What an image is made of, where that is known and not allowed. */
function forbidden(reference: ImageReference, allowed: ReadonlySet<string>): string | undefined {
  const { name, family } = distributionOf(reference);
  if (family === undefined || family === "scratch" || allowed.has(family)) return undefined;
  if (name !== undefined) return allowed.has(name) ? undefined : name;
  const mayBeAllowed = [...allowed].some((one) => distributionFamilies.get(one) === family);
  return mayBeAllowed ? undefined : family;
}
