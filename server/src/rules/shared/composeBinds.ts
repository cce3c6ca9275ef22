import type { ComposeDocument, Service, TopLevelEntry, VolumeMount } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { removeItem } from "../../documents/yaml/remove";
import { entriesOf, scalarOf } from "../../documents/yaml/tree";
import type { TextEdit } from "../../text/edit";
import type { Span } from "../../text/span";

/** A place of the host that containers see: a bind mount, or a volume that is one by its driver's options. */
export interface HostPath {
  /** Of the service, or of the volume. */
  readonly name: string;
  /** `undefined` for a volume, which any service may mount. */
  readonly service: Service | undefined;
  /** With `.` and `..` worked out, slashes forward and none at the end, but `/` for the root. */
  readonly path: string;
  readonly readOnly: boolean;
  readonly span: Span;
  /** Takes the mount away; undefined for a volume, and where it shares its line with something else. */
  readonly remove: TextEdit | undefined;
}

/** The absolute paths of the host that a file mounts, each place of the text once; none with a variable in it. */
export function hostPaths(document: ComposeDocument): readonly HostPath[] {
  const mounts = distinct(
    document,
    (service) => service.volumes,
    (mount) => mount.span,
  );
  return [
    ...mounts.flatMap(({ service, part }) => fromMount(document, service, part)),
    ...document.volumes.flatMap(fromVolume),
  ];
}

function fromMount(document: ComposeDocument, service: Service, mount: VolumeMount): readonly HostPath[] {
  const { source, type, readOnly, sourceSpan, node } = mount;
  const path = source === undefined || mount.target === undefined ? undefined : absolutePath(source);
  if (path === undefined || (type !== "bind" && type !== "npipe")) return [];
  return [
    { name: service.name, service, path, readOnly, span: sourceSpan, remove: removeItem(document, node) },
  ];
}

/** `driver_opts: { type: none, o: bind, device: /path }` (https://docs.docker.com/reference/cli/docker/volume/create/#opt). */
function fromVolume({ name, fields }: TopLevelEntry): readonly HostPath[] {
  const options = new Map(
    entriesOf(fields.get("driver_opts")?.node).map((entry) => [entry.key, scalarOf(entry.value)]),
  );
  const device = options.get("device");
  const words = options.get("o")?.value.split(",") ?? [];
  const path = device === undefined ? undefined : absolutePath(device.value);
  if (device === undefined || path === undefined || !words.some((word) => /^r?bind$/.test(word.trim())))
    return [];
  return [
    { name, service: undefined, path, readOnly: words.includes("ro"), span: device.span, remove: undefined },
  ];
}

/** An absolute path of the host, `.` and `..` worked out; `undefined` for a relative one and one in a variable. */
export function absolutePath(source: string): string | undefined {
  if (/^\\\\[.?]\\|^\/\/\.\//.test(source)) return source.replaceAll("\\", "/");
  if (!/^(?:\/|[A-Za-z]:[\\/])/.test(source) || source.includes("$")) return undefined;
  const drive = /^[A-Za-z]:/.exec(source)?.[0].toLowerCase() ?? "";
  const parts: string[] = [];
  for (const part of source.slice(drive.length).split(/[\\/]/)) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `${drive}/${parts.join("/")}`;
}
