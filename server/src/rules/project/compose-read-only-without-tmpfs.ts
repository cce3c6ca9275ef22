import { addServiceKeys, appendToList } from "../../documents/compose/edits";
import type { ComposeDocument, Service } from "../../documents/compose/model";
import type { JoinedBuild } from "../../documents/project/model";
import type { Fix, Related } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import type { TextEdit } from "../../text/edit";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { relatedIn } from "../shared/projectPlaces";
import { dockerfileReference } from "../shared/references";
import { declaredVolumes, runtimeWrites } from "../shared/runtimeWrites";
import { canWriteTo, needsOf } from "../shared/serviceNeeds";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-read-only-without-tmpfs",
  language: "project",
  title: "A read-only service can write where it has to",
  why: `\`read_only: true\` keeps an intruder from leaving anything behind, but a program that writes where nothing is mounted
fails: at the start, or much later, with the first upload. What follows is that somebody takes the hardening out again.

Give the service a \`tmpfs\` for what may be lost, a volume for what must stay. The places that some seventy images write to
are known, and those that CMD and ENTRYPOINT of a Dockerfile name themselves (\`> /var/log/app.log\`, \`mkdir /run/app\`). What
scripts and programs do beyond that is not known, so that nothing reported does not mean that it works. That \`/tmp\` alone
is missing is not reported: many programs write there on few occasions only. The fix adds a \`tmpfs\`, which is empty after
each start.`,
  category: "configuration",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: [],
  references: [composeKey("read_only"), composeKey("tmpfs"), dockerfileReference("VOLUME", "volume")],
  local: true,
  messages: {
    image: (program: string, places: string) =>
      `${program} writes to ${places}, which it cannot under this read-only root`,
    built: (path: string, place: string) =>
      `${path} has the container write to ${place}, which it cannot under this read-only root`,
  },
  bad: [
    {
      title: "an image that is known to write",
      source:
        "services:\n  db:\n    image: postgres:17\n    «read_only: true»\n    tmpfs: [/tmp]\n    volumes: ['db:/var/lib/postgresql/data']\n",
      fixed:
        "services:\n  db:\n    image: postgres:17\n    read_only: true\n    tmpfs: [/tmp, /var/run/postgresql]\n    volumes: ['db:/var/lib/postgresql/data']\n",
    },
    {
      title: "a Dockerfile that writes when the container starts",
      source: "services:\n  web:\n    build: app\n    «read_only: true»\n",
      fixed:
        "services:\n  web:\n    build: app\n    read_only: true\n    tmpfs:\n      - /run/app\n      - /var/log/app\n",
      context: {
        neighbours: {
          "app/Dockerfile": "FROM node:22\nCMD mkdir -p /run/app && node a.js >> /var/log/app/out.log\n",
        },
      },
    },
  ],
  good: [
    {
      title: "places to write to",
      source:
        "services:\n  db:\n    image: postgres:17\n    read_only: true\n    tmpfs: [/tmp, /run/postgresql]\n  web:\n    build: .\n    read_only: true\n    volumes: ['logs:/var/log']\n  other:\n    image: registry.example.org/app:1\n    read_only: true\n",
      context: {
        neighbours: {
          Dockerfile:
            "FROM node:22\nVOLUME /data\nCMD touch /data/here; node a.js > /var/log/out 2> /dev/null\n",
        },
      },
    },
    {
      title: "no place but /tmp is missing, which this program seldom needs",
      source:
        "services:\n  db:\n    image: postgres:17\n    read_only: true\n    tmpfs: [/run]\n  proxy:\n    image: traefik:3\n    read_only: true\n",
    },
    {
      title: "another command, or not read-only",
      source:
        "services:\n  a:\n    build: .\n    command: node b.js\n    read_only: true\n  b:\n    build: .\n    read_only: false\n",
      context: { neighbours: { Dockerfile: "FROM node:22\nCMD touch /here\n" } },
    },
  ],
  check({ compose, builds }, { report }) {
    for (const service of compose.services) {
      const { readOnly } = service;
      if (readOnly?.value !== true || !service.complete) continue;
      const at = spanOfField(readOnly);
      const scratch = needsOf(service).scratch ?? [];
      const certain = scratch.filter((place) => place !== "/tmp");
      if (certain.length > 0)
        report("image", [programName(service), placesIn(certain)], {
          at,
          fixes: fixFor(compose, service, scratch),
        });
      const build = builds.find((one) => one.service === service);
      const written = build === undefined ? undefined : unwritable(service, build);
      if (written === undefined) continue;
      report("built", [shorten(written.dockerfile, 30), placesIn(written.places)], {
        at,
        related: written.related,
        fixes: written.places.every(holdsScratch) ? fixFor(compose, service, written.places) : [],
      });
    }
  },
});

/** Elsewhere a tmpfs would hide what the image has there. */
function holdsScratch(folder: string): boolean {
  return /^\/(?:tmp|run|var\/(?:run|log|cache|tmp))(?:\/|$)/.test(folder);
}

function programName(service: Service): string {
  return shorten(needsOf(service).image?.title ?? service.name, 30);
}

function placesIn([first = "", ...more]: readonly string[]): string {
  return more.length === 0 ? shorten(first, 30) : `${shorten(first, 30)} and ${more.length} more`;
}

interface Unwritable {
  readonly dockerfile: string;
  /** Folders, each once. */
  readonly places: readonly string[];
  readonly related: readonly Related[];
}

function unwritable(service: Service, { found }: JoinedBuild): Unwritable | undefined {
  if (found.state !== "known" || found.stage.state !== "known") return undefined;
  if (service.command !== undefined || service.entrypoint !== undefined) return undefined;
  const { stage } = found.stage;
  const writes = runtimeWrites(stage).filter(
    ({ path }) => canWriteTo(service, path, declaredVolumes(stage)) === false,
  );
  const places = [...new Set(writes.map(({ folder }) => folder))];
  if (places.length === 0) return undefined;
  return {
    dockerfile: found.path,
    places,
    related: writes.map(({ span }) => relatedIn(found, span, "Written here")),
  };
}

function fixFor(document: ComposeDocument, service: Service, places: readonly string[]): readonly Fix[] {
  const field = service.tmpfs;
  const edit: TextEdit | undefined =
    field === undefined
      ? addServiceKeys(document, service, [{ key: "tmpfs", items: places }])
      : field.node.anchor === undefined
        ? appendToList(document, field, ...places)
        : undefined;
  return unsafeFix("Add a tmpfs", edit);
}
