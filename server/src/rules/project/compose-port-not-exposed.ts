import { distinct } from "../../documents/compose/select";
import type { FoundDockerfile } from "../../documents/project/model";
import { defineRule } from "../../engine/rule";
import { nameOfRange, usesOtherNetwork } from "../shared/composePublished";
import { composeKey } from "../shared/composeReferences";
import { type ExposedPort, exposedPorts } from "../shared/exposedPorts";
import { stagesBelow } from "../shared/projectArgs";
import { relatedIn } from "../shared/projectPlaces";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-port-not-exposed",
  language: "project",
  title: "Published ports are those that the Dockerfile exposes",
  why: `EXPOSE says on which ports the program of an image listens. A service that publishes another one either reaches
nothing, or a port that the image's author did not mean for others: a debugger, metrics, an administration page.

Publish the port that is exposed, or add the other one to EXPOSE. Nothing is reported where the Dockerfile exposes no port,
where a variable decides, or where the service has a command or an environment of its own that may move the port: EXPOSE is
a note, not a lock. There is no fix, since either end may be the wrong one.`,
  category: "network",
  severity: "info",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: [],
  references: [dockerfileReference("EXPOSE", "expose"), composeKey("ports")],
  local: true,
  messages: {
    other: (port: string, path: string) =>
      `Port ${port} of the container is published, but ${path} does not expose it`,
  },
  bad: [
    {
      title: "another port than the image's",
      source: "services:\n  web:\n    build: app\n    ports:\n      - «8080:8080»\n      - 3000:3000\n",
      context: { neighbours: { "app/Dockerfile": "FROM node:22\nEXPOSE 3000\n" } },
    },
  ],
  good: [
    {
      title: "exposed, in a range or in the stage below",
      source: "services:\n  web:\n    build: .\n    ports: ['80:3000', '8002:8002', '53:53/udp']\n",
      context: {
        neighbours: {
          Dockerfile: "FROM node:22 AS base\nEXPOSE 3000\nFROM base\nEXPOSE 8000-8010/tcp 53/udp\n",
        },
      },
    },
    {
      title: "nothing exposed, or what a variable says",
      source:
        "services:\n  a:\n    build: a\n    ports: ['80:80']\n  b:\n    build: b\n    ports: ['80:80']\n",
      context: {
        neighbours: {
          "a/Dockerfile": "FROM node:22\n",
          "b/Dockerfile": "FROM node:22\nARG PORT\nEXPOSE $PORT\n",
        },
      },
    },
    {
      title: "a command or an environment that may move it",
      source:
        "services:\n  a:\n    build: .\n    command: serve --port 80\n    ports: ['80:80']\n  b:\n    build: .\n    environment: [PORT=80]\n    ports: ['80:80']\n",
      context: { neighbours: { Dockerfile: "FROM node:22\nEXPOSE 3000\n" } },
    },
  ],
  check({ compose, builds }, { report }) {
    const ports = distinct(
      compose,
      (service) => (usesOtherNetwork(service) ? [] : service.ports),
      (port) => port.span,
    );
    for (const { service, part: port } of ports) {
      const found = builds.find((one) => one.service === service)?.found;
      if (found?.state !== "known" || port.target === "unknown") continue;
      const { command, entrypoint, environment, envFiles } = service;
      if ([command, entrypoint].some((one) => one !== undefined) || environment.length + envFiles.length > 0)
        continue;
      const exposed = exposedBy(found);
      const [first] = exposed;
      const { from, to } = port.target;
      if (
        first === undefined ||
        exposed.some((one) => one.protocol === port.protocol && one.from <= from && to <= one.to)
      )
        continue;
      report("other", [nameOfRange(port.target), shorten(found.path, 40)], {
        at: port.span,
        related: [relatedIn(found, first.value.span, "Exposed here")],
      });
    }
  },
});

/** None where a variable decides, or the stage is not known. */
function exposedBy(found: Extract<FoundDockerfile, { readonly state: "known" }>): readonly ExposedPort[] {
  if (found.stage.state !== "known") return [];
  const stages = stagesBelow(found.stage.stage);
  const isBuilt = ({ stageIndex }: { readonly stageIndex: number }): boolean => stages.has(stageIndex);
  const { document } = found;
  const isOpen = document.instructions.some(
    (one) =>
      one.keyword === "EXPOSE" &&
      isBuilt(one) &&
      one.values.some(({ expanded }) => expanded.state === "unknown"),
  );
  return isOpen ? [] : exposedPorts(document).filter(({ instruction }) => isBuilt(instruction));
}
