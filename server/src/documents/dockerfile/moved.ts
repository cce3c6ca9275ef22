import { movedSpan, type Span } from "../../text/span";
import { movedScript } from "../shell/cache";
import type { ShellScript } from "../shell/model";
import type { Instruction } from "./model";

/** How far an instruction has moved: in UTF-16 units, and in lines. */
export interface Distance {
  readonly units: number;
  readonly lines: number;
}

/**
 * The same instruction at another place: what an edit above it makes of it. Each part is moved when it is first asked
 * for, since at a keystroke hardly any is.
 */
export function movedInstruction(instruction: Instruction, by: Distance): Instruction {
  const { origin, distance } =
    instruction instanceof MovedInstruction
      ? instruction.moves()
      : { origin: instruction, distance: { units: 0, lines: 0 } };
  const Moved = classes[origin.keyword];
  return new Moved(origin, sumOf(distance, by)) as unknown as Instruction;
}

/** Two distances, one after the other. */
export function sumOf(one: Distance, other: Distance): Distance {
  return { units: one.units + other.units, lines: one.lines + other.lines };
}

/** The part of an instruction as it was read: what is neither a place nor holds one is copied, the rest comes by class. */
class MovedInstruction {
  declare readonly keyword: Instruction["keyword"];
  declare readonly startLine: number;
  declare readonly endLine: number;
  declare readonly stageIndex: number;
  declare readonly onbuild: boolean;
  readonly #origin: Instruction;
  readonly #by: Distance;
  /** What has been moved, by the original: what is one object there is one object here. */
  #known: Map<object, unknown> | undefined;
  #script: ShellScript | undefined;
  #span: Span | undefined;

  constructor(origin: Instruction, by: Distance) {
    this.keyword = origin.keyword;
    this.startLine = origin.startLine + by.lines;
    this.endLine = origin.endLine + by.lines;
    this.stageIndex = origin.stageIndex;
    this.onbuild = origin.onbuild;
    this.#origin = origin;
    this.#by = by;
  }

  moves(): { readonly origin: Instruction; readonly distance: Distance } {
    return { origin: this.#origin, distance: this.#by };
  }

  /** By itself, since nearly every rule asks for it. */
  get span(): Span {
    this.#span ??= movedSpan(this.#origin.span, this.#by.units);
    return this.#span;
  }

  part(name: string): unknown {
    const value = (this.#origin as unknown as Readonly<Record<string, unknown>>)[name];
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value) && value.length === 0) return value;
    if (name === "script") {
      this.#script ??= movedScript(value as ShellScript, this.#by.units);
      return this.#script;
    }
    this.#known ??= new Map();
    let moved = this.#known.get(value);
    if (moved === undefined) {
      moved =
        name === "trigger"
          ? movedInstruction(value as Instruction, this.#by)
          : movedPart(name, value, this.#by.units, this.#known);
      this.#known.set(value, moved);
    }
    return moved;
  }
}

/** Moves a list, a span, or an object with spans. */
function movedPart(name: string, value: object, by: number, known: Map<object, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item: object) => movedOnce("", item, by, known));
  if (name === "span" || name.endsWith("Span")) return movedSpan(value as Span, by);
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) {
    const part = copy[key];
    if (typeof part === "object" && part !== null && holdsPlaces(key))
      copy[key] = movedOnce(key, part, by, known);
  }
  return copy;
}

function movedOnce(name: string, value: object, by: number, known: Map<object, unknown>): unknown {
  let moved = known.get(value);
  if (moved === undefined) {
    moved = movedPart(name, value, by, known);
    known.set(value, moved);
  }
  return moved;
}

/** Of the parts of words, flags, mounts and the like, the others are what values expand to and where names lead. */
function holdsPlaces(key: string): boolean {
  return key === "span" || key.endsWith("Span") || key === "flag" || key === "options" || key === "from";
}

const everyPart = ["keywordSpan", "argumentsSpan", "flags", "words", "heredocs"];
const command = ["form", "execArguments", "script"];
const plain = ["values"];

const partsOf: Readonly<Record<Instruction["keyword"], readonly string[]>> = {
  FROM: ["image", "alias", "platform"],
  RUN: [...command, "mounts", "network", "security"],
  CMD: command,
  ENTRYPOINT: command,
  SHELL: command,
  HEALTHCHECK: [...command, "disabled"],
  COPY: ["sources", "destination", "from", "exec"],
  ADD: ["sources", "destination", "from", "exec"],
  ENV: ["assignments", "legacy"],
  LABEL: ["assignments", "legacy"],
  ARG: ["assignments"],
  USER: ["user"],
  ONBUILD: ["trigger"],
  EXPOSE: plain,
  VOLUME: plain,
  WORKDIR: plain,
  STOPSIGNAL: plain,
  MAINTAINER: plain,
  UNKNOWN: plain,
};

const classes = Object.fromEntries(
  Object.entries(partsOf).map(([keyword, parts]) => [keyword, classWith([...everyPart, ...parts])]),
) as Readonly<Record<Instruction["keyword"], typeof MovedInstruction>>;

/** One class for each kind of instruction, so that `"script" in instruction` tells what it tells of others. */
function classWith(parts: readonly string[]): typeof MovedInstruction {
  const Moved = class extends MovedInstruction {};
  for (const name of parts) {
    Object.defineProperty(Moved.prototype, name, {
      enumerable: true,
      get(this: MovedInstruction) {
        return this.part(name);
      },
    });
  }
  return Moved;
}
