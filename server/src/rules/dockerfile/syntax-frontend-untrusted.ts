import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { frontendKind, frontendOf, isMovingFrontend } from "../shared/frontends";
import { isApproved } from "../shared/publicImage";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "syntax-frontend-untrusted",
  language: "dockerfile",
  title: "The Dockerfile is read by Docker's own frontend, at a known version",
  why: `\`# syntax=\` names an image that the builder downloads and runs to read this file. It sees the whole build
context and decides what is really built, whatever the file says. An image of somebody else is thus in every build; if
its account is taken over, nothing in this file shows it.

\`docker/dockerfile:1\` is Docker's own, with all fixes of version 1. \`latest\`, \`labs\`, \`master\` and
\`experimental\` move without notice and are reported as low.

An image from a registry of your own, one that the policy in \`plimsoll.yaml\` approves, and one that is pinned by its
digest and approved by you through an ignore comment are fine. The fix writes \`docker/dockerfile:1\`; it is not
called safe, since a file may use what only the other has.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:829"],
  references: [
    { title: "Docker: custom Dockerfile syntax", url: "https://docs.docker.com/build/buildkit/frontend/" },
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  local: true,
  messages: {
    foreign: (image: string) =>
      `${image} reads this file and sees the whole build context, and is not Docker's own`,
    moving: (image: string) => `${image} moves without notice, so this file may be read differently one day`,
  },
  bad: [
    { title: "somebody else's", source: "# syntax=«example/dockerfile:1.0»\nFROM debian:12\n" },
    {
      title: "no version, or a channel",
      source: "# syntax = «docker/dockerfile»\nFROM debian:12\n",
      fixed: "# syntax = docker/dockerfile:1\nFROM debian:12\n",
    },
    {
      title: "a channel that moves",
      source: "#syntax=«docker/dockerfile-upstream:master»\nFROM debian:12\n",
      fixed: "#syntax=docker/dockerfile:1\nFROM debian:12\n",
    },
  ],
  good: [
    { title: "Docker's own", source: "# syntax=docker/dockerfile:1\nFROM debian:12\n" },
    {
      title: "a minor version, and the labs channel of one",
      source: "# syntax=docker.io/docker/dockerfile:1.7-labs\nFROM debian:12\n",
    },
    {
      title: "a registry of one's own",
      source: "# syntax=registry.example.com/mirror/dockerfile:1\nFROM debian:12\n",
    },
    {
      title: "approved",
      source: "# syntax=example/dockerfile:1.0\nFROM debian:12\n",
      context: { policy: { approved: ["docker.io/example/*"] } },
    },
    { title: "none, or a comment", source: "FROM debian:12\n# syntax=example/dockerfile:1\n" },
  ],
  check(document, { policy, report }) {
    for (const { name, value, valueSpan } of document.directives) {
      const reference = name === "syntax" ? frontendOf(value) : undefined;
      if (reference === undefined || isApproved(reference, policy)) continue;
      const kind = frontendKind(reference);
      const shown = shorten(reference.familiar + (reference.tag ? `:${reference.tag}` : ""), 40);
      if (kind === "foreign") report("foreign", [shown], { at: valueSpan });
      else if (kind === "docker" && isMovingFrontend(reference))
        report("moving", [shown], { at: valueSpan, severity: "low", fixes: fixesOf(valueSpan) });
    }
  },
});

function fixesOf(span: { readonly start: number; readonly end: number }): readonly Fix[] {
  return [
    { title: "Use docker/dockerfile:1", safety: "unsafe", edits: [replaceSpan(span, "docker/dockerfile:1")] },
  ];
}
