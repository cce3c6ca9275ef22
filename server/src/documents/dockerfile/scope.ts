import { maxChain, maxExpansionWork } from "../../limits";
import type { Expansion } from "./model";
import type { Work } from "./pattern";
import { platformArgs, proxyArgs } from "./predefinedArgs";
import type { Variables } from "./variables";

/** The variables of one stage, or of the lines before the first FROM, as they grow from instruction to instruction. */
export interface Scope extends Variables {
  /** Sets an ENV variable from the instruction after `position` on. */
  setEnv(name: string, value: Expansion, position: number): void;
  /**
   * Declares an ARG. Without a value of its own it takes the one given before the first FROM.
   * @returns the value that it has, or undefined where it has none
   */
  declareArg(name: string, value: Expansion | undefined, position: number): Expansion | undefined;
  /** What an instruction at a position sees, by name. */
  at(position: number): ReadonlyMap<string, Expansion>;
  /** The scope of the stage that this one is built from. */
  readonly parent: Scope | undefined;
  /** Every name that the document sets or declares so far: others need not be looked for along the chain. */
  readonly names: Set<string>;
  /** What was found along the chain of parents, by layer and name. */
  readonly inherited: Map<string, { readonly value: Expansion | null | undefined }>;
  /** This scope's own value that a position sees; `null` where the variable is declared without a value. */
  find(layer: Layer, name: string, position: number): Expansion | null | undefined;
  /** Adds all of this scope's own values that a position sees. */
  collect(layer: Layer, position: number, into: Map<string, Expansion>): void;
}

type Layer = "env" | "arg";
const layersByRank: readonly Layer[] = ["env", "arg"];
const end = Number.POSITIVE_INFINITY;

/** Values of one variable in order of the positions that set it; `null` is "declared, without a value". */
interface Timeline {
  readonly positions: number[];
  readonly values: (Expansion | null)[];
}

/** The scope of the lines before the first FROM, which FROM itself sees too. */
export function globalScope(): Scope {
  return scopeOver(undefined, undefined, { left: maxExpansionWork }, new Set());
}

/** The scope of a stage. `parent` is the scope of the stage that it is built from. */
export function stageScope(global: Scope, parent: Scope | undefined): Scope {
  return scopeOver(global, parent, global.work, global.names);
}

function scopeOver(
  global: Scope | undefined,
  parent: Scope | undefined,
  work: Work,
  names: Set<string>,
): Scope {
  const layers = { env: new Map<string, Timeline>(), arg: new Map<string, Timeline>() };
  const record = (layer: Layer, name: string, value: Expansion | null, position: number): void => {
    names.add(name);
    const timeline = layers[layer].get(name);
    if (timeline === undefined) layers[layer].set(name, { positions: [position], values: [value] });
    else {
      timeline.positions.push(position);
      timeline.values.push(value);
    }
  };
  const scope: Scope = {
    work,
    parent,
    names,
    inherited: new Map(),
    lookup(name) {
      const value = lookupAt(scope, name, end);
      if (value !== undefined) return value ?? undefined;
      if (proxyArgs.has(name) || (global === undefined && platformArgs.has(name))) return unknownValue(name);
      return undefined;
    },
    setEnv(name, value, position) {
      record("env", name, value, position);
    },
    declareArg(name, value, position) {
      const given = value ?? global?.find("arg", name, end) ?? undefined;
      const predefined = platformArgs.has(name) || proxyArgs.has(name) ? unknownValue(name) : undefined;
      const effective = given ?? predefined;
      if (effective !== undefined || lookupAt(scope, name, position) === undefined) {
        record("arg", name, effective ?? null, position);
      }
      return effective;
    },
    at: (position) => new Environment(scope, position),
    find(layer, name, position) {
      const timeline = layers[layer].get(name);
      if (timeline === undefined) return undefined;
      const index = lastBefore(timeline.positions, position);
      return index < 0 ? undefined : timeline.values[index];
    },
    collect(layer, position, into) {
      for (const [name, timeline] of layers[layer]) {
        const index = lastBefore(timeline.positions, position);
        if (index >= 0) into.set(name, timeline.values[index] ?? unknownValue(name));
      }
    },
  };
  return scope;
}

/** ENV wins over ARG, whichever comes later; a stage wins over the stages it is built from. */
function lookupAt(scope: Scope, name: string, position: number): Expansion | null | undefined {
  if (!scope.names.has(name)) return undefined;
  for (const layer of layersByRank) {
    const own = scope.find(layer, name, position);
    const value = own === undefined ? inheritedValue(scope, layer, name) : own;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What the stages that a stage is built from leave of a variable. They are complete, so that it is looked up once. */
function inheritedValue(scope: Scope, layer: Layer, name: string): Expansion | null | undefined {
  const key = `${layer} ${name}`;
  let value: Expansion | null | undefined;
  let length = 0;
  for (let one = scope; one.parent !== undefined && length < maxChain; one = one.parent) {
    const known = one.inherited.get(key);
    value = known === undefined ? one.parent.find(layer, name, end) : known.value;
    if (known !== undefined || value !== undefined) break;
    length++;
  }
  if (scope.parent !== undefined) scope.inherited.set(key, { value });
  scope.work.left -= length;
  return value;
}

function unknownValue(name: string): Expansion {
  return { state: "unknown", variables: [name] };
}

/** The index of the last position below a limit, or -1. */
export function lastBefore(positions: readonly number[], limit: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positions[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A map that looks single names up where they are, and puts itself together only to be walked through. */
class Environment implements ReadonlyMap<string, Expansion> {
  readonly #scope: Scope;
  readonly #position: number;
  #all: Map<string, Expansion> | undefined;

  constructor(scope: Scope, position: number) {
    this.#scope = scope;
    this.#position = position;
  }

  get(name: string): Expansion | undefined {
    const value = lookupAt(this.#scope, name, this.#position);
    return value === null ? unknownValue(name) : value;
  }
  has(name: string): boolean {
    return lookupAt(this.#scope, name, this.#position) !== undefined;
  }
  get size(): number {
    return this.#whole().size;
  }
  forEach(callback: (value: Expansion, name: string, map: ReadonlyMap<string, Expansion>) => void): void {
    this.#whole().forEach(callback);
  }
  entries(): MapIterator<[string, Expansion]> {
    return this.#whole().entries();
  }
  keys(): MapIterator<string> {
    return this.#whole().keys();
  }
  values(): MapIterator<Expansion> {
    return this.#whole().values();
  }
  [Symbol.iterator](): MapIterator<[string, Expansion]> {
    return this.entries();
  }

  #whole(): Map<string, Expansion> {
    if (this.#all !== undefined) return this.#all;
    const all = new Map<string, Expansion>();
    const chain: Scope[] = [];
    for (
      let one: Scope | undefined = this.#scope;
      one !== undefined && chain.length < maxChain;
      one = one.parent
    )
      chain.push(one);
    for (const layer of [...layersByRank].reverse()) {
      for (const one of [...chain].reverse())
        one.collect(layer, one === this.#scope ? this.#position : end, all);
    }
    this.#all = all;
    return all;
  }
}
