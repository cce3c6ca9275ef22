import type { ComposeDocument, Text } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { parseImageReference } from "../../documents/imageReference";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { spanOf } from "../../text/span";
import { namedTexts } from "../shared/composeNamedTexts";
import { fillIn } from "../shared/fillIn";
import { gitPinOfAddress } from "../shared/gitReferences";
import { cwe } from "../shared/references";

export default defineRule({
  id: "compose-build-remote-unpinned",
  language: "compose",
  title: "Sources that come from elsewhere are pinned",
  why: `\`build: https://github.com/team/app.git\` builds whatever the default branch holds at that moment, and
\`include: oci://…\` starts whatever services somebody published last. Whoever gets hold of that account decides what runs on
your machine, with any mount and any privilege that a Compose file can ask for.

Write the whole commit: \`https://github.com/team/app.git#<40 digits>\`, with \`:folder\` behind it where it is needed, and
\`@sha256:…\` behind an \`oci://\` or \`docker-image://\` reference.

Branches, default branches and images without a version are medium. An archive that is fetched over HTTP, which has no
checksum, is low. A git tag or an image's tag says what is meant and is not reported, though it can be moved; nor is what
stands in a variable without a default. The fix leaves a place for a tag, which you had better make a commit.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cis:4.11", "cwe:829", "cwe:494"],
  references: [
    {
      title: "Compose build specification: context",
      url: "https://docs.docker.com/reference/compose-file/build/#context",
    },
    { title: "Docker: git URLs", url: "https://docs.docker.com/build/concepts/context/#git-repositories" },
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  local: true,
  messages: {
    none: () => "This takes the default branch as it is at that moment, so others' changes get in unseen",
    branch: () => "This takes the branch as it is at that moment, so others' changes get in unseen",
    image: () => "This takes whatever was pushed last, so others' changes get in unseen",
    archive: () => "This takes whatever the server gives at that moment, without a checksum",
  },
  bad: [
    {
      title: "contexts",
      source:
        'services:\n  a:\n    build: «https://github.com/team/app.git»\n  b:\n    build:\n      context: «"git@github.com:team/app.git#main:docker"»\n  c: { build: «github.com/team/app» }\n  d:\n    build: «https://example.com/app.tar.gz»\n',
      fixed:
        'services:\n  a:\n    build: https://github.com/team/app.git#v0.0.0\n  b:\n    build:\n      context: "git@github.com:team/app.git#v0.0.0:docker"\n  c: { build: github.com/team/app#v0.0.0 }\n  d:\n    build: https://example.com/app.tar.gz\n',
    },
    {
      title: "additional contexts, as a list and a map",
      source:
        "services:\n  a:\n    build:\n      context: .\n      additional_contexts:\n        - src=«https://github.com/team/lib.git»\n        - base=docker-image://alpine:3.22\n  b:\n    build:\n      context: .\n      additional_contexts:\n        base: «docker-image://alpine»\n",
      fixed:
        "services:\n  a:\n    build:\n      context: .\n      additional_contexts:\n        - src=https://github.com/team/lib.git#v0.0.0\n        - base=docker-image://alpine:3.22\n  b:\n    build:\n      context: .\n      additional_contexts:\n        base: docker-image://alpine:TAG\n",
    },
    {
      title: "included files",
      source:
        "include:\n  - «oci://docker.io/team/stack:latest»\n  - path: «https://github.com/team/stack.git#master»\nservices: {}\n",
      fixed:
        "include:\n  - oci://docker.io/team/stack:TAG\n  - path: https://github.com/team/stack.git#v0.0.0\nservices: {}\n",
    },
  ],
  good: [
    {
      title: "pinned",
      source: `services:\n  a:\n    build: https://github.com/team/app.git#${"0123456789abcdef".repeat(3).slice(0, 40)}:docker\n  b:\n    build: https://github.com/team/app.git#v1.2\ninclude:\n  - oci://docker.io/team/stack@sha256:${"0123456789abcdef".repeat(4)}\n`,
    },
    {
      title: "what is here",
      source:
        "services:\n  a:\n    build: .\n  b:\n    build: ./github.com/team\n  c:\n    build:\n      context: ../app.git\n      additional_contexts: { lib: ../lib, other: 'service:a' }\ninclude: [other.yaml]\n",
    },
    {
      title: "in a variable",
      source:
        "services:\n  a:\n    build: ${SOURCE}\n  b:\n    build: https://github.com/team/app.git#${REF}\n",
    },
  ],
  check(document, { report }) {
    for (const { value, raw, span } of remoteTexts(document)) {
      const fault = faultOf((value ?? raw).trim());
      if (fault !== undefined)
        report(fault, [], {
          at: span,
          severity: fault === "archive" ? "low" : "medium",
          fixes: fault === "archive" ? [] : pinFixes(document, span, fault),
        });
    }
  },
});

/** A tag to fill in, in the place of a branch and before a folder. */
function pinFixes(
  { text }: ComposeDocument,
  { start, end }: Span,
  fault: "none" | "branch" | "image",
): readonly Fix[] {
  const title = "Write a tag that you fill in";
  const written = text.slice(start, end).replace(/["']$/, "");
  if (/[?$\s]/.test(written)) return [];
  if (fault === "image") {
    const old = /:latest$/.exec(written)?.[0] ?? "";
    return fillIn(
      title,
      ["TAG"],
      replaceSpan(spanOf(start + written.length - old.length, start + written.length), ":TAG"),
    );
  }
  const hash = written.indexOf("#");
  const from = hash < 0 ? written.length : hash;
  const to = hash < 0 ? from : from + (/^#[^:]*/.exec(written.slice(hash))?.[0].length ?? 0);
  return fillIn(title, ["v0.0.0"], replaceSpan(spanOf(start + from, start + to), "#v0.0.0"));
}

type RemoteText = Pick<Text, "value" | "raw"> & { readonly span: Span };

function remoteTexts(document: ComposeDocument): readonly RemoteText[] {
  const contexts = distinct(
    document,
    ({ build }) => [build?.value.context],
    ({ span }) => span,
  );
  const additional = distinct(
    document,
    ({ build }) => [build?.value.fields.get("additional_contexts")?.node],
    ({ span }) => span,
  );
  return [
    ...contexts.map(({ part }) => part),
    ...additional.flatMap(({ part }) => namedTexts(document, part)),
    ...document.includes,
  ];
}

function faultOf(address: string): "none" | "branch" | "image" | "archive" | undefined {
  const image = /^(?:oci|docker-image):\/\/(.{1,500})$/.exec(address)?.[1];
  if (image !== undefined) {
    const reference = parseImageReference(image);
    const isMoving = reference?.tag === undefined || reference.tag === "latest";
    return reference !== undefined && reference.digest === undefined && isMoving ? "image" : undefined;
  }
  if (!isGit(address)) return /^https?:\/\/[^$]{4}/i.test(address) ? "archive" : undefined;
  const pin = gitPinOfAddress(address);
  return pin === "none" || pin === "branch" ? pin : undefined;
}

/** What BuildKit clones: other addresses it fetches as a file. */
function isGit(address: string): boolean {
  const path = address.split(/[#?]/, 1)[0] ?? "";
  return /^(?:git@|git:\/\/|ssh:\/\/|github\.com\/)/i.test(path) || /^https?:\/\/.{1,500}\.git$/i.test(path);
}
