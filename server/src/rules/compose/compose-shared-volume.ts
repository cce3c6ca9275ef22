import type { ComposeDocument, Service, VolumeMount } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { composeKey } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-shared-volume",
  language: "compose",
  title: "Each volume belongs to one service",
  why: `Where two services mount the same volume or directory and one of them may write to it, a hole in the one is a way into
the other: a script, a template or an upload with a name that the other one runs or serves.

Often it is meant so: uploads that a web server hands out, one image that runs as server and as worker. Then mount it
with \`:ro\` wherever it is only read. Else let them talk over the network.

Not reported where all mount it read-only, and for places of the host outside of the project (the engine's socket, the
time zone). It is info, and only in the profile that has every rule, since a mount alone does not tell what it is for.
There is no fix.`,
  category: "mounts",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["kics:shared_volumes_between_containers", "cwe:693"],
  references: [composeKey("volumes"), cwe(693, "Protection mechanism failure")],
  keys: ["volumes"],
  messages: {
    shared: (service: string, source: string, other: string) =>
      `${service} shares ${source} with ${other}, so a hole in one may lead to both`,
  },
  bad: [
    {
      title: "a directory",
      source:
        "services:\n  front:\n    build: front\n    volumes:\n      - «./logic:/app»\n  back:\n    build: back\n    volumes:\n      - «./logic/:/app:ro»\n",
    },
    {
      title: "a volume, short and long form",
      source:
        "services:\n  app:\n    build: app\n    volumes: [«'up:/uploads'»]\n  check:\n    build: check\n    volumes:\n      - «type: volume\n        source: up\n        target: /u»\nvolumes:\n  up:\n",
    },
    {
      title: "through an anchor, once",
      source:
        "x-v: &v\n  - «data:/data»\nservices:\n  a:\n    image: x:1\n    volumes: *v\n  b:\n    image: x:2\n    volumes: *v\n",
    },
  ],
  good: [
    {
      title: "each its own",
      source:
        "services:\n  a:\n    image: x:1\n    volumes: ['a:/data', /cache]\n  b:\n    image: x:1\n    volumes: ['b:/data', /cache]\n",
    },
    {
      title: "only read",
      source:
        "services:\n  a:\n    image: x:1\n    volumes: ['./conf:/c:ro']\n  b:\n    image: x:1\n    volumes: ['./conf:/c:ro']\n",
    },
    {
      title: "places of the host",
      source:
        "services:\n  a:\n    image: x:1\n    volumes: ['/etc/localtime:/etc/localtime']\n  b:\n    image: x:1\n    volumes: ['/etc/localtime:/etc/localtime']\n",
    },
    {
      title: "twice in one service",
      source: "services:\n  a:\n    image: x:1\n    volumes: ['d:/a', 'd:/b']\n",
    },
  ],
  check(document, { report }) {
    const bySource = usersBySource(document);
    for (const { service, part: mount } of distinct(
      document,
      (one) => one.volumes,
      (one) => one.span,
    )) {
      const users = bySource.get(sourceOf(mount) ?? "") ?? [];
      const other = users.find((user) => user.service !== service);
      if (other === undefined || users.every((user) => user.mount.readOnly)) continue;
      report(
        "shared",
        [shorten(service.name, 20), shorten(sourceOf(mount) ?? "", 24), shorten(other.service.name, 20)],
        {
          at: mount.span,
        },
      );
    }
  },
});

interface VolumeUser {
  readonly service: Service;
  readonly mount: VolumeMount;
}

function usersBySource(document: ComposeDocument): ReadonlyMap<string, readonly VolumeUser[]> {
  const users = new Map<string, VolumeUser[]>();
  for (const service of document.services)
    for (const mount of service.volumes) {
      const source = sourceOf(mount);
      if (source === undefined) continue;
      const known = users.get(source) ?? [];
      known.push({ service, mount });
      users.set(source, known);
    }
  return users;
}

/** A named volume, or a directory below the project's, in one spelling. */
function sourceOf({ type, source, target }: VolumeMount): string | undefined {
  if (source === undefined || source === "" || target === undefined) return undefined;
  if (type === "volume") return source;
  return type === "bind" && source.startsWith(".") ? source.replace(/(?<=[^/])\/$/, "") : undefined;
}
