import type { Service, Text } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-build-context-parent",
  language: "compose",
  title: "A build gets no more than its own sources",
  why: `Everything below the context may be sent to the builder, and a \`COPY . .\` puts it into the image: with \`context: ..\` that
is the whole repository, its \`.git\` with every secret that was ever committed, and \`.env\` files of other services. With
\`/\` or \`$HOME\` it is the machine, its SSH keys and clouds' credentials included.

Use the folder of the sources, or name single folders with \`additional_contexts\` and \`COPY --from\`. Where the context
must be the repository, a \`.dockerignore\` **there** that lets in only what is needed does the same; this rule cannot see it,
which is why it is in the strict profile. A folder beside this one (\`../app\`) is not reported.

Root and home directories are medium, parents low. There is no fix, since COPY's paths go with the context.`,
  category: "secrets",
  severity: "medium",
  marksNoSecret: true,
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:538"],
  references: [
    {
      title: "Docker: build context and .dockerignore files",
      url: "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    },
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  local: true,
  messages: {
    parent: (service: string) =>
      `The build of ${service} gets the folder above this one, with whatever else lies there`,
    machine: (service: string) =>
      `The build of ${service} gets a whole machine or home directory, keys and passwords included`,
  },
  bad: [
    {
      title: "parents",
      source:
        'services:\n  a:\n    build: «..»\n  b:\n    build:\n      context: «"../../"»\n  c: { build: { context: «./..», dockerfile: docker/Dockerfile } }\n  d:\n    build: «../app/..»\n',
    },
    {
      title: "machines and homes",
      source:
        "services:\n  a:\n    build: «/»\n  b:\n    build: { context: «~/» }\n  c:\n    build: «${HOME}»\n  d:\n    build:\n      context: «$HOME/»\n  e:\n    build: «/home/ana»\n",
    },
    {
      title: "by default, from an anchor, once",
      source: "x-b: &b\n  build: «${DIR:-..}»\nservices:\n  a:\n    <<: *b\n  b:\n    <<: *b\n",
    },
  ],
  good: [
    {
      title: "sources",
      source:
        "services:\n  a:\n    build: .\n  b:\n    build: ./b/../c\n  c:\n    build: ../app\n  d:\n    build: ~/src/app\n  e:\n    build: /srv/app\n",
    },
    {
      title: "in a variable",
      source: "services:\n  a:\n    build: ${DIR}\n  b:\n    build: ${HOME}/src/app\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: context } of distinct(document, contextOf, (text) => text.span)) {
      const extent = extentOf((context.value ?? context.raw).trim());
      if (extent !== undefined)
        report(extent, [shorten(service.name, 32)], {
          at: context.span,
          severity: extent === "machine" ? "medium" : "low",
        });
    }
  },
});

function contextOf({ build }: Service): readonly (Text | undefined)[] {
  return [build?.value.context];
}

function extentOf(context: string): "parent" | "machine" | undefined {
  if (
    /^(?:\/|[A-Za-z]:[\\/]?|(?:~|\$HOME|\$\{HOME\})[\\/]?|\/(?:root|home|home\/[^/]{1,64}|Users|Users\/[^/]{1,64})\/?)$/.test(
      context,
    )
  )
    return "machine";
  if (!context.startsWith(".")) return undefined;
  const kept: string[] = [];
  let above = 0;
  for (const part of context.split(/[\\/]/)) {
    if (part === "..") above += kept.pop() === undefined ? 1 : 0;
    else if (part !== "" && part !== ".") kept.push(part);
  }
  return above > 0 && kept.length === 0 ? "parent" : undefined;
}
