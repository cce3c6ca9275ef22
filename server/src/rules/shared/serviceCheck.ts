import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { imageFamily } from "../../knowledge/imageFamily";
import { insertBeforeCommand } from "./beforeCommand";
import { exposedPorts } from "./exposedPorts";
import { finalChain, finalStages } from "./stages";

/**
 * Adds a HEALTHCHECK that asks the first port that the final image exposes, with a program that the image has. Never
 * safe: whether something speaks HTTP there, and under which path, has to be decided.
 *
 * @returns none where no port for HTTP is exposed, or no fitting program is known
 */
export function serviceCheckFixes(document: DockerfileDocument): readonly Fix[] {
  const stages = finalStages(document);
  const port = exposedPorts(document).find(
    ({ instruction, from, to, protocol }) =>
      !instruction.onbuild &&
      stages.has(instruction.stageIndex) &&
      from === to &&
      protocol === "tcp" &&
      !otherServices.has(from),
  );
  const command = port && commandFor(document, `http://localhost:${port.from}/`);
  if (port === undefined || command === undefined) return [];
  const edit = insertBeforeCommand(document, [`HEALTHCHECK CMD ${command}`]);
  return edit ? [{ title: `Ask port ${port.from} over HTTP`, safety: "unsafe", edits: [edit] }] : [];
}

/** Well-known ports of services that do not speak HTTP. */
const otherServices: ReadonlySet<number> = new Set([
  ...[
    0, 21, 22, 23, 25, 53, 67, 69, 110, 123, 143, 161, 389, 443, 465, 587, 636, 993, 995, 1433, 1521, 1883,
    2181,
  ],
  ...[3306, 3389, 5432, 5671, 5672, 5900, 6379, 8443, 8883, 9042, 9092, 9418, 11211, 26257, 27017, 50051],
]);

function commandFor(document: DockerfileDocument, url: string): string | undefined {
  const target = document.finalStage?.base?.target;
  if (target?.kind !== "image" || document.finalStage?.os === "windows") return undefined;
  const { reference } = target;
  const family = imageFamily(reference);
  if (family === "alpine" || family === "busybox") return `wget --quiet --spider ${url} || exit 1`;
  if (reference.name === "docker.io/library/node")
    return `["node", "-e", "http.get('${url}', (answer) => process.exit(answer.statusCode < 400 ? 0 : 1)).on('error', () => process.exit(1))"]`;
  if (reference.name === "docker.io/library/python")
    return `["python", "-c", "import urllib.request; urllib.request.urlopen('${url}')"]`;
  return installsCurl(document) ? `curl --fail --silent --output /dev/null ${url} || exit 1` : undefined;
}

function installsCurl(document: DockerfileDocument): boolean {
  return finalChain(document).some(({ instructions }) =>
    instructions.some(({ keyword, span }) => {
      if (keyword !== "RUN") return false;
      const text = document.text.slice(span.start, span.end);
      return text.includes("curl") && /\binstall\b[^|]{0,1000}\bcurl\b/.test(text);
    }),
  );
}
