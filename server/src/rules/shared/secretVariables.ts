import type {
  ArgInstruction,
  Assignment,
  DockerfileDocument,
  EnvInstruction,
  Stage,
} from "../../documents/dockerfile/model";
import { maxChain, maxReferences } from "../../limits";
import { rememberLast } from "../../text/rememberLast";
import { rememberMany } from "../../text/rememberMany";
import { secretName } from "./secrets/names";
import { isSecretValue, judgeValue } from "./secrets/values";

/** A variable of a stage whose value is a secret, or will be when the image is built. */
export interface SecretVariable {
  readonly name: string;
  readonly instruction: ArgInstruction | EnvInstruction;
  /** Of the assignment in its instruction. */
  readonly index: number;
  readonly assignment: Assignment;
  /** The argument where the value is given to the build; undefined where it is written in the file. */
  readonly given: SecretVariable | undefined;
}

/** What a name means to RUN and ENV at one place of a stage. */
export type SecretLookup = (name: string) => SecretVariable | undefined;

/**
 * Tells which variables hold secrets at a position of a stage: arguments with a secret's name and no harmless
 * default, variables with a secret written out, and what is made of either. A later assignment of something
 * harmless ends it, a stage inherits ENV from its parents, and ARG is its own.
 */
export function secretVariables(
  document: DockerfileDocument,
): (stage: Stage, position: number) => SecretLookup {
  if (!hasSecretName(document)) return () => () => undefined;
  const all = histories(document);
  return (stage, position) => (name) => {
    for (let at: Stage | undefined = stage, steps = 0; at && steps < maxChain; at = at.parent, steps++) {
      const entry = latest(all[at.index], name, at === stage ? position : Number.POSITIVE_INFINITY);
      if (entry !== undefined && (at === stage || entry.keyword === "ENV")) return entry.variable;
    }
    return undefined;
  };
}

/** The names that mean a secret somewhere in the document. */
export const namesOfSecrets: (document: DockerfileDocument) => readonly string[] = rememberLast(
  (document: DockerfileDocument) => {
    if (!hasSecretName(document)) return [];
    const names = histories(document).flatMap((history) =>
      [...history].flatMap(([name, entries]) => (entries.some(({ variable }) => variable) ? [name] : [])),
    );
    return [...new Set(names)];
  },
  ({ stages }) => stages,
);

/** Whether anything is named like a secret: without that there is nothing to be passed on under another name. */
const hasSecretName: (document: DockerfileDocument) => boolean = rememberLast(
  ({ stages }: DockerfileDocument) =>
    stages.some(({ instructions }) =>
      instructions.some(
        (one) =>
          (one.keyword === "ARG" || one.keyword === "ENV") &&
          one.assignments.some(({ name }) => isSecretArgument(name)),
      ),
    ),
  ({ stages }) => stages,
);

/**
 * The names of the variables whose value a text takes over, as `$X`, `${X}` or `${X:-y}`, each once; at most
 * {@link maxReferences}.
 */
export function referencesIn(text: string): ReadonlySet<string> {
  if (!text.includes("$")) return noNames;
  const names = new Set<string>();
  for (const match of text.matchAll(/(\\?)\$(?:\{([A-Za-z_]\w*)(:?\+)?|([A-Za-z_]\w*))/g)) {
    const name = match[2] ?? match[4];
    // `${X:+set}` tells whether there is a value and not which.
    if (match[1] === "" && match[3] === undefined && name !== undefined) names.add(name);
    if (names.size >= maxReferences) break;
  }
  return names;
}

const noNames: ReadonlySet<string> = new Set();

/** Whether a build argument of this name is meant to be given a secret. */
const isSecretArgument = rememberMany(
  (name: string) => name,
  (name) => {
    if (secretName(name)?.strength === "strong") return true;
    return sshKeyName.test(name.slice(0, 100)) && !aboutKeys.test(name.slice(0, 100));
  },
);

const sshKeyName = /(?:ssh|rsa|ed25519|git|deploy|private)_?(?:[a-z]{1,10}_?)?(?:key|rsa|ed25519)|^id_rsa$/i;
const aboutKeys = /pub|path|file|dir|type|name|host|finger|algo|known|url|scan|size|bits|server/i;

interface Entry {
  readonly start: number;
  readonly keyword: "ARG" | "ENV";
  readonly variable: SecretVariable | undefined;
}

/** By name, the assignments of a stage in order; `start` is the position of the instruction that follows. */
type History = ReadonlyMap<string, readonly Entry[]>;

/** By the stages, which all parts of a document have in common. */
const histories = rememberLast(historiesOf, ({ stages }) => stages);

function historiesOf(document: DockerfileDocument): readonly History[] {
  const globals = new Map(
    document.globalArgs.flatMap(({ assignments }) => assignments.map((one) => [one.name, one] as const)),
  );
  const done: Map<string, Entry[]>[] = [];
  for (const stage of document.stages) {
    const own = new Map<string, Entry[]>();
    done[stage.index] = own;
    const inherited: SecretLookup = (name) => {
      for (let at = stage.parent, steps = 0; at && steps < maxChain; at = at.parent, steps++) {
        const entry = latest(done[at.index], name, Number.POSITIVE_INFINITY);
        if (entry?.keyword === "ENV") return entry.variable;
      }
      return undefined;
    };
    stage.instructions.forEach((instruction, position) => {
      if (instruction.keyword !== "ARG" && instruction.keyword !== "ENV") return;
      const before: SecretLookup = (name) => {
        const entry = latest(own, name, position);
        return entry === undefined ? inherited(name) : entry.variable;
      };
      instruction.assignments.forEach((assignment, index) => {
        const variable = judge(instruction, assignment, index, before, globals);
        const list = own.get(assignment.name);
        const entry = { start: position + 1, keyword: instruction.keyword, variable };
        if (list) list.push(entry);
        else own.set(assignment.name, [entry]);
      });
    });
  }
  return done;
}

function judge(
  instruction: ArgInstruction | EnvInstruction,
  assignment: Assignment,
  index: number,
  before: SecretLookup,
  globals: ReadonlyMap<string, Assignment>,
): SecretVariable | undefined {
  const { name } = assignment;
  const variable = { name, instruction, index, assignment };
  // An argument without a default takes that of the argument before the first FROM.
  const value =
    instruction.keyword === "ARG" ? (assignment.value ?? globals.get(name)?.value) : assignment.value;
  if (value === undefined || value === "") {
    if (instruction.keyword === "ENV" || !isSecretArgument(name)) return undefined;
    const given: SecretVariable = { ...variable, given: undefined };
    return { ...variable, given };
  }
  for (const reference of referencesIn(value)) {
    const source = before(reference);
    if (source !== undefined) return { ...variable, given: source.given };
  }
  if (secretName(name)?.strength !== "strong" || !isSecretValue(judgeValue(value, name))) return undefined;
  return { ...variable, given: undefined };
}

function latest(history: History | undefined, name: string, position: number): Entry | undefined {
  const entries = history?.get(name);
  if (entries === undefined) return undefined;
  if (position === Number.POSITIVE_INFINITY) return entries.at(-1);
  return entries[lastAtOrBefore(entries, position)];
}

/** The index of the last entry whose instruction stands before a position, or -1. */
function lastAtOrBefore(entries: readonly Entry[], position: number): number {
  let low = -1;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (entries[middle]!.start <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
