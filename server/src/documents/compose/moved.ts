import { movedSpan, type Span } from "../../text/span";
import { movedNode } from "../yaml/moved";
import type { YamlNode } from "../yaml/tree";
import type { Service, Text, TopLevelEntry } from "./model";

/**
 * The same service at another place: what an edit above it makes of it. Each part is moved when it is first asked for.
 * What it takes from above itself, through an alias or a merge key, must not have moved.
 * @param by UTF-16 units
 */
export function movedService(service: Service, by: number): Service {
  if (by === 0) return service;
  if (service instanceof MovedService) {
    const { origin, distance } = service.moves();
    return movedService(origin, distance + by);
  }
  return new MovedService(service, by) as unknown as Service;
}

/** A named volume, network, secret or config at another place. */
export function movedTopLevelEntry(entry: TopLevelEntry, by: number): TopLevelEntry {
  return movedPart("", entry, moverFrom(entry.nameSpan.start, by)) as TopLevelEntry;
}

/** A text that stands in the file at another place. */
export function movedText(text: Text, by: number): Text {
  return movedPart("", text, moverFrom(text.span.start, by)) as Text;
}

/** How far what stands from an offset on has moved. */
interface Mover {
  readonly from: number;
  readonly by: number;
  /** What is one object there is one object here. Of most that is moved nothing is ever asked for. */
  known: Map<object, unknown> | undefined;
}

function moverFrom(from: number, by: number): Mover {
  return { from, by, known: undefined };
}

class MovedService {
  declare readonly name: string;
  readonly #origin: Service;
  readonly #mover: Mover;
  #nameSpan: Span | undefined;

  constructor(origin: Service, by: number) {
    this.name = origin.name;
    this.#origin = origin;
    this.#mover = moverFrom(origin.nameSpan.start, by);
  }

  moves(): { readonly origin: Service; readonly distance: number } {
    return { origin: this.#origin, distance: this.#mover.by };
  }

  get nameSpan(): Span {
    this.#nameSpan ??= movedSpan(this.#origin.nameSpan, this.#mover.by);
    return this.#nameSpan;
  }

  part(name: keyof Service): unknown {
    return movedOnce(name, this.#origin[name], this.#mover);
  }
}

function movedOnce(name: string, value: unknown, mover: Mover): unknown {
  if (typeof value !== "object" || value === null) return value;
  mover.known ??= new Map();
  const known = mover.known.get(value);
  if (known !== undefined) return known;
  const moved = movedPart(name, value, mover);
  mover.known.set(value, moved);
  return moved;
}

function movedPart(name: string, value: object, mover: Mover): unknown {
  if (Array.isArray(value))
    return value.length === 0 ? value : value.map((item) => movedOnce("", item, mover));
  if (value instanceof Map)
    return new Map([...value].map(([key, item]) => [key, movedOnce("", item, mover)] as const));
  if (isSpan(name)) return movedIfBelow(value as Span, mover);
  if (isNode(value)) return value.span.start < mover.from ? value : movedNode(value, mover.by);
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) if (holdsPlaces(key)) copy[key] = movedOnce(key, copy[key], mover);
  return copy;
}

function isSpan(name: string): boolean {
  return name === "via" || name === "span" || name.endsWith("Span");
}

/** What stands above is taken over from there, and has not moved. */
function movedIfBelow(span: Span, { from, by }: Mover): Span {
  return span.start < from ? span : movedSpan(span, by);
}

function isNode(value: object): value is YamlNode {
  return "anchor" in value && "span" in value;
}

/** Places in variables and references are places in a value. */
function holdsPlaces(key: string): boolean {
  return key !== "variables" && key !== "reference";
}

const parts = {
  body: true,
  overlay: true,
  complete: true,
  fields: true,
  image: true,
  build: true,
  extends: true,
  command: true,
  entrypoint: true,
  privileged: true,
  readOnly: true,
  useApiSocket: true,
  user: true,
  networkMode: true,
  pid: true,
  ipc: true,
  uts: true,
  usernsMode: true,
  cgroup: true,
  cgroupParent: true,
  restart: true,
  containerName: true,
  capAdd: true,
  capDrop: true,
  securityOpt: true,
  devices: true,
  deviceCgroupRules: true,
  expose: true,
  profiles: true,
  tmpfs: true,
  groupAdd: true,
  environment: true,
  labels: true,
  sysctls: true,
  extraHosts: true,
  envFiles: true,
  ports: true,
  volumes: true,
  secrets: true,
  configs: true,
  limits: true,
  healthcheck: true,
  logging: true,
} as const satisfies Readonly<Record<Exclude<keyof Service, "name" | "nameSpan">, true>>;

for (const name of Object.keys(parts) as (keyof typeof parts)[]) {
  Object.defineProperty(MovedService.prototype, name, {
    enumerable: true,
    get(this: MovedService) {
      return this.part(name);
    },
  });
}
