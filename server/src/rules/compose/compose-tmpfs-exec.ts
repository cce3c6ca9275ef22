import type { ComposeDocument, Item } from "../../documents/compose/model";
import { scalarOf, spanInScalar } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import type { Span } from "../../text/span";
import { itemsWith } from "../shared/composeFields";
import { unsafeFix } from "../shared/composeFix";
import { removeWord } from "../shared/composeMountOptions";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-tmpfs-exec",
  language: "compose",
  title: "Memory file systems hold data, not programs",
  why: `The engine mounts a \`tmpfs\` so that nothing in it can be run, and setuid bits and devices in it do not count. The
options \`exec\`, \`suid\` and \`dev\` take that away, and so give an intruder a place to put a program and run it, which is
what a read-only container is meant to prevent.

Some programs unpack libraries into \`/tmp\` and load them from there (JNI, bundled Python programs): they need \`exec\`.
Tell them another place if they let you. The fix drops the option.

A \`tmpfs\` without \`size\` can fill half of the host's memory; \`mem_limit\` bounds it together with the rest, so that this is
left to \`compose-memory-unlimited\`.`,
  category: "mounts",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["owasp:RULE#8", "cis:5.13", "cwe:732"],
  references: [
    composeKey("tmpfs"),
    {
      title: "Docker engine: the options that every tmpfs begins with",
      url: "https://github.com/moby/moby/blob/master/daemon/oci_linux.go",
    },
    owaspDocker,
    cisDocker,
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  local: true,
  messages: {
    exec: (service: string) => `An intruder in ${service} can put programs here and run them`,
    suid: (service: string) => `A setuid program that is put here makes its user root in ${service}`,
    dev: (service: string) => `Device files that are made here work in ${service}`,
  },
  bad: [
    {
      title: "programs",
      source: "services:\n  web:\n    image: app:1\n    tmpfs:\n      - /tmp:size=64m,«exec»\n      - /run\n",
      fixed: "services:\n  web:\n    image: app:1\n    tmpfs:\n      - /tmp:size=64m\n      - /run\n",
    },
    {
      title: "one entry, in quotes",
      source: 'services:\n  web:\n    image: app:1\n    tmpfs: "/tmp:«suid»,mode=1777"\n',
      fixed: 'services:\n  web:\n    image: app:1\n    tmpfs: "/tmp:mode=1777"\n',
    },
    {
      title: "nothing else",
      source: "services:\n  web:\n    image: app:1\n    tmpfs: ['/tmp:«dev»']\n",
      fixed: "services:\n  web:\n    image: app:1\n    tmpfs: ['/tmp']\n",
    },
  ],
  good: [
    { title: "the engine's default", source: "services:\n  web:\n    image: app:1\n    tmpfs: /tmp\n" },
    {
      title: "the default written out",
      source:
        "services:\n  web:\n    image: app:1\n    tmpfs: ['/tmp:noexec,nosuid,nodev,size=64m', '/exec']\n",
    },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    tmpfs: ['/tmp:${OPTIONS}']\n" },
  ],
  check(document, { report }) {
    for (const { service, part: item } of itemsWith(
      document,
      (one) => one.tmpfs,
      (value) => value.includes(":"),
    ))
      for (const { name, span } of looseOptions(document, item))
        report(name, [shorten(service.name, 40)], {
          at: span,
          severity: name === "exec" ? "info" : "low",
          fixes: unsafeFix(`Drop ${name}`, removeWord(document, span)),
        });
  },
});

interface LooseOption {
  readonly name: "exec" | "suid" | "dev";
  readonly span: Span;
}

function looseOptions(document: ComposeDocument, item: Item): readonly LooseOption[] {
  const scalar = scalarOf(item.node);
  if (scalar === undefined || item.variables.length > 0) return [];
  let at = item.raw.indexOf(":") + 1;
  const found: LooseOption[] = [];
  for (const name of item.raw.slice(at).split(",")) {
    if (name === "exec" || name === "suid" || name === "dev")
      found.push({ name, span: spanInScalar(document.text, scalar, at, at + name.length) });
    at += name.length + 1;
  }
  return found;
}
